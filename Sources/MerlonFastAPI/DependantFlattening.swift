import MerlonAPI
import MerlonBase

/// The dependencies, security schemes and parameters of one route, flat and in the order of the framework.
struct FlatDependant {
  var dependencies: [Dependency] = []
  /// The value behind each dependency.
  var callables: [PythonValue] = []
  var security: [SecurityUse] = []
  var parameters: [Parameter] = []
  /// The field behind each parameter.
  var fields: [DependantField] = []
  /// Scheme objects by the name that a document gives them.
  var schemes: [(name: String, scheme: PythonValue)] = []
  /// Body fields of every use, the same one more than once; decides whether the body is embedded.
  var bodyFields: [DependantField] = []

  private let interpreter: Interpreter
  private let variables: VariableNames
  private let typeText: TypeText
  private let shape: TypeShape
  private var seenParameters: Set<ParameterKey> = []
  private var seenUses: Set<SchemeUse> = []

  private struct SchemeUse: Hashable {
    let use: SecurityUse
    let owner: String
  }

  private struct ParameterKey: Hashable {
    let group: String
    let alias: String
    let owner: String
  }

  init(_ root: Dependant, interpreter: Interpreter, variables: VariableNames) {
    self.interpreter = interpreter
    self.variables = variables
    typeText = TypeText(interpreter: interpreter)
    shape = TypeShape(interpreter: interpreter)
    collect(root)
    for child in root.dependencies { visit(child, depth: 1, inherited: [], parent: nil) }
  }

  /// Parents in front of what they need.
  private mutating func visit(_ dependant: Dependant, depth: Int, inherited: [String], parent: Int?) {
    var scopes = inherited
    for scope in dependant.ownScopes.scopes where !scopes.contains(scope) { scopes.append(scope) }
    let reference = dependant.reference
    var dependency = Dependency(callable: reference.reference, kind: reference.kind, depth: depth)
    dependency.parameter = dependant.parameter
    dependency.scopes = scopes
    dependency.ownScopes = dependant.ownScopes.scopes
    dependency.usesCache = dependant.usesCache
    dependency.declaredBy = dependant.level
    dependency.variable = variables.name(of: reference.innermost)
    dependency.parent = parent
    dependency.readsScopes = readsScopes(dependant)
    dependency.isSecurityScheme = isSecurityScheme(reference.innermost)
    let index = dependencies.count
    dependencies.append(dependency)
    callables.append(reference.innermost)
    if dependency.isSecurityScheme {
      let owner = parent.map { dependencies[$0].callable.fullName } ?? ""
      addScheme(reference.innermost, scopes: scopes, variable: dependency.variable, owner: owner)
    }
    collect(dependant)
    for child in dependant.dependencies { visit(child, depth: depth + 1, inherited: scopes, parent: index) }
  }

  private func readsScopes(_ dependant: Dependant) -> Bool {
    dependant.specialParameters.contains(.securityScopes) || dependant.dependencies.contains { readsScopes($0) }
  }

  private func isSecurityScheme(_ value: PythonValue) -> Bool {
    guard case .instance(let instance) = value else { return false }
    return interpreter.isSubclass(instance.type, of: "fastapi.security.base.SecurityBase")
  }

  // MARK: Security

  private mutating func addScheme(_ value: PythonValue, scopes: [String], variable: String?, owner: String) {
    let scheme = ObjectReader(value, interpreter)
    let className = CallableReference(value, interpreter).fullName
    let name = scheme.text("scheme_name") ?? TypeName.last(className)
    var use = SecurityUse(schemeName: name, type: "", scopes: scopes, className: className)
    use.autoError = scheme.flag("auto_error")
    use.variable = variable
    if let model = scheme["model"].map({ ObjectReader($0, interpreter) }) {
      use.type = model.text("type_") ?? model.text("type") ?? ""
      use.place = model.text("in_")
      if use.place != nil { use.placeName = model.text("name") }
      use.httpScheme = model.text("scheme")
    }
    // The same scheme asked for by two callables is two uses.
    if seenUses.insert(SchemeUse(use: use, owner: owner)).inserted { security.append(use) }
    if !schemes.contains(where: { $0.name == name }) { schemes.append((name, value)) }
  }

  // MARK: Parameters

  private mutating func collect(_ dependant: Dependant) {
    let owner = dependant.reference.fullName
    let groups: [[Parameter.Place]] = [[.path], [.query], [.header], [.cookie], [.body, .form, .file]]
    for group in groups {
      for field in dependant.fields where group.contains(field.place) {
        if group.count > 1 { bodyFields.append(field) }
        let key = ParameterKey(group: group[0].rawValue, alias: field.wireName, owner: owner)
        // A dependency that is met twice gives its parameters once.
        guard seenParameters.insert(key).inserted else { continue }
        parameters.append(parameter(field, owner: owner))
        fields.append(field)
      }
    }
  }

  private func parameter(_ field: DependantField, owner: String) -> Parameter {
    var parameter = Parameter(
      name: field.name, alias: field.wireName, place: field.place, type: typeText.text(of: field.annotation),
      isRequired: field.isRequired)
    if let value = field.info.attributes["default"] { parameter.defaultValue = PlainValue.json(value) }
    parameter.constraints = field.constraints
    parameter.isInSchema = field.isInSchema
    parameter.declaredBy = owner
    parameter.isUnmarked = field.isUnmarked
    parameter.location = field.site?.location
    parameter.content = ParameterContent(shape: shape).content(of: field.annotation)
    return parameter
  }
}

/// How free a caller is in choosing a value of a type.
struct ParameterContent {
  let shape: TypeShape

  func content(of value: PythonValue, depth: Int = 0) -> Parameter.Content {
    guard depth < 20 else { return .anything }
    switch TypeForm(value) {
    case .any, .none: return .anything
    case .annotated(let inner, _): return content(of: inner, depth: depth + 1)
    case .literal: return .closedSet
    case .union(let members): return union(members, depth)
    case .variable, .forward, .other: return .anything
    case .parametrized(let origin, let name, _):
      if shape.isSequence(value) || Self.isCollection(name) { return .collection }
      return shape.isSubclass(origin, of: [TypeShape.model]) ? .model : .anything
    case .named(let name): return named(value, name)
    }
  }

  /// The freest of the members; `None` frees nothing.
  private func union(_ members: [PythonValue], _ depth: Int) -> Parameter.Content {
    let order: [Parameter.Content] = [
      .anything, .text, .file, .model, .collection, .identifier, .date, .number, .closedSet, .boolean,
    ]
    let contents = members.compactMap { member -> Parameter.Content? in
      if case .none = TypeForm(member) { return nil }
      return content(of: member, depth: depth + 1)
    }
    return order.first { contents.contains($0) } ?? .anything
  }

  private func named(_ value: PythonValue, _ name: String) -> Parameter.Content {
    if let known = Self.known[name] { return known }
    if shape.interpreter.isSubclass(value, of: "enum.Enum") { return .closedSet }
    if shape.isUploadFile(value) { return .file }
    if shape.isSequence(value) || Self.isCollection(name) { return .collection }
    for (base, content) in [
      ("bool", Parameter.Content.boolean), ("int", .number), ("float", .number), ("uuid.UUID", .identifier),
      ("datetime.date", .date), ("str", .text), ("bytes", .text),
    ] where shape.interpreter.isSubclass(value, of: base) {
      return content
    }
    return shape.isComplex(value) ? .model : .anything
  }

  private static func isCollection(_ name: String) -> Bool {
    ["dict", "collections.abc.Mapping", "collections.abc.Iterable", "collections.abc.Set"].contains(name)
  }

  private static let known: [String: Parameter.Content] = [
    "str": .text, "bytes": .text, "int": .number, "float": .number, "bool": .boolean, "complex": .number,
    "decimal.Decimal": .number, "fractions.Fraction": .number, "uuid.UUID": .identifier, "datetime.datetime": .date,
    "datetime.date": .date, "datetime.time": .date, "datetime.timedelta": .date, "object": .anything,
    "pathlib.Path": .text, "pydantic.networks.EmailStr": .text, "pydantic.types.SecretStr": .text,
    "ipaddress.IPv4Address": .identifier, "ipaddress.IPv6Address": .identifier,
  ]
}
