import MerlonAPI
import MerlonBase

/// Works out what a callable takes, as `fastapi.dependencies.utils.get_dependant` and `analyze_param` do.
final class DependantBuilder {
  let interpreter: Interpreter
  let signatures: CallableSignatures
  let shape: TypeShape
  private let version: FrameworkVersion
  private let pydanticVersion: FrameworkVersion
  /// Aliases that FastAPI has stored on marker objects which several parameters share.
  private var storedAliases: [ObjectIdentifier: String] = [:]
  /// Kept alive as long as their identity is a key.
  private var sharedMarkers: [InstanceObject] = []

  /// Deepest chain of dependencies; FastAPI itself ends at Python's recursion limit.
  private static let depthLimit = 60

  init(interpreter: Interpreter, signatures: CallableSignatures) {
    self.interpreter = interpreter
    self.signatures = signatures
    shape = TypeShape(interpreter: interpreter)
    version = interpreter.options.fastAPIVersion
    pydanticVersion = interpreter.options.pydanticVersion
  }

  /// The dependant of an endpoint, with the dependencies that application, routers and route declare in front.
  func endpoint(
    _ callable: PythonValue, path: String, declared: [(dependency: PythonValue, level: DeclarationLevel)]
  ) -> Dependant {
    let names = PathTemplateNames.names(in: path)
    let result = dependant(
      of: callable, parameter: nil, usesCache: true, level: .parameter, pathNames: names, ownScopes: ScopeList([]),
      parentScopes: nil, depth: 0)
    let first = declared.compactMap { item -> Dependant? in
      guard let depends = DependsMarker(item.dependency, interpreter), let callable = depends.dependency else {
        return nil
      }
      return dependant(
        of: callable, parameter: nil, usesCache: depends.usesCache, level: item.level, pathNames: names,
        ownScopes: ScopeList(depends.scopes), parentScopes: nil, depth: 1)
    }
    result.dependencies = first + result.dependencies
    return result
  }

  private func dependant(
    of callable: PythonValue, parameter: String?, usesCache: Bool, level: DeclarationLevel, pathNames: Set<String>,
    ownScopes: ScopeList, parentScopes: ScopeList?, depth: Int
  ) -> Dependant {
    let callable = CallableReference.settled(callable)
    let result = Dependant(
      callable: callable, reference: CallableReference(callable, interpreter), parameter: parameter,
      usesCache: usesCache, level: level, ownScopes: ownScopes)
    guard depth < Self.depthLimit, let signature = signatures.signature(of: callable) else { return result }
    for parameter in signature.parameters {
      switch analyze(parameter, pathNames: pathNames) {
      case .dependency(let depends, let callable):
        let scopes = childScopes(of: ownScopes, asked: depends)
        result.dependencies.append(
          dependant(
            of: callable, parameter: parameter.name, usesCache: depends.usesCache, level: .parameter,
            pathNames: pathNames, ownScopes: scopes, parentScopes: ownScopes, depth: depth + 1))
      case .special(let special): result.specialParameters.insert(special)
      case .field(let field): result.fields.append(field)
      case .nothing: break
      }
    }
    return result
  }

  /// Before 0.122.1 the list of a parent that asks for scopes was extended in place, so that siblings share them.
  private func childScopes(of parent: ScopeList, asked depends: DependsMarker) -> ScopeList {
    guard version < FrameworkVersion(0, 122, 1), !parent.scopes.isEmpty else { return ScopeList(depends.scopes) }
    parent.scopes += depends.scopes
    return parent
  }

  // MARK: One parameter

  private enum Analysis {
    case dependency(DependsMarker, PythonValue)
    case special(SpecialParameter)
    case field(DependantField)
    case nothing
  }

  private func analyze(_ parameter: Signature.Parameter, pathNames: Set<String>) -> Analysis {
    let isPath = pathNames.contains(parameter.name)
    let annotation = parameter.annotation ?? .sentinel("inspect._empty")
    var type = annotation
    var metadata: [PythonValue] = []
    if case .annotated(let inner, let items) = TypeForm(annotation) { (type, metadata) = (inner, items) }

    var depends: DependsMarker?
    var marker: FieldMarker?
    for item in metadata.reversed() {
      depends = DependsMarker(item, interpreter)
      if depends != nil { break }
      if let found = FieldMarker(item, interpreter), found.isFramework {
        marker = found
        break
      }
    }
    let isAnnotatedMarker = marker != nil
    let value = parameter.defaultValue
    if let value, let found = DependsMarker(value, interpreter) {
      depends = found
    } else if let value, marker == nil, depends == nil {
      marker = FieldMarker(value, interpreter)
    }
    if let depends {
      // An empty `Depends()` takes the annotation.
      return .dependency(depends, depends.dependency ?? type)
    }
    if marker == nil {
      for special in SpecialParameter.allCases where shape.isSubclass(type, of: [special.className]) {
        return .special(special)
      }
    }
    var field: DependantField
    if let marker, isAnnotatedMarker {
      field = annotated(parameter, marker, type: type, metadata: metadata)
    } else if let marker {
      field = marked(parameter, marker, type: type)
    } else {
      field = inferred(parameter, type: type, metadata: metadata, isPath: isPath)
    }
    if field.place == .path, case .instance(let choices)? = field.info.attributes["validation_alias"],
      let name = Self.pathName(choices, among: pathNames, interpreter)
    {
      field.info.attributes["validation_alias"] = .string(name)
    }
    field.alias = alias(for: parameter.name, field, marker: isAnnotatedMarker ? nil : marker)
    return .field(field)
  }

  /// Of `AliasChoices("id", "item_id")` the one that the path names.
  private static func pathName(_ choices: InstanceObject, among names: Set<String>, _ interpreter: Interpreter)
    -> String?
  {
    let given = choices.attributes["choices"].map { PythonSequence.elements(of: $0, interpreter) }
    return (given ?? choices.arguments.positional).compactMap { PlainValue.text(of: $0) }.first { names.contains($0) }
  }

  /// A marker in `Annotated`: the default is the parameter's own.
  private func annotated(
    _ parameter: Signature.Parameter, _ marker: FieldMarker, type: PythonValue, metadata: [PythonValue]
  ) -> DependantField {
    var info = merged(metadata, type: type, marker: marker)
    info.attributes["default"] = given(parameter.defaultValue)
    return DependantField(
      name: parameter.name, alias: parameter.name, place: place(of: marker), info: info, isUnmarked: false,
      site: parameter.site)
  }

  /// A marker as the default value: what `Annotated` says beside it is lost.
  private func marked(_ parameter: Signature.Parameter, _ marker: FieldMarker, type: PythonValue) -> DependantField {
    var info = FieldInfo(annotation: type)
    info.attributes = attributes(of: marker)
    info.metadata = marker.constraints.map { .constraint($0.name, $0.value) }
    info.instance = marker.instance
    info.attributes["default"] = marker.defaultValue
    var place = place(of: marker)
    if !marker.isFramework { place = inferredPlace(type) }
    return DependantField(
      name: parameter.name, alias: parameter.name, place: place, info: info, isUnmarked: false, site: parameter.site)
  }

  /// No marker: the path, else the type decides.
  private func inferred(
    _ parameter: Signature.Parameter, type: PythonValue, metadata: [PythonValue], isPath: Bool
  ) -> DependantField {
    var info = FieldInfo(annotation: type)
    if !metadata.isEmpty {
      // Unmarked parameters have kept what `Annotated` says since 0.156.2 (or as long as Pydantic 2.11 did it itself).
      if version >= FrameworkVersion(0, 156, 2) {
        info = merged(metadata, type: type, marker: nil)
      } else if pydanticVersion < FrameworkVersion(2, 12) {
        info.metadata = metadata.map { .other($0) }
      } else {
        info.kept = metadata
      }
    }
    if isPath {
      info.attributes["default"] = nil
      info.attributes["default_factory"] = nil
    } else {
      info.attributes["default"] = given(parameter.defaultValue)
    }
    return DependantField(
      name: parameter.name, alias: parameter.name, place: isPath ? .path : inferredPlace(type), info: info,
      isUnmarked: true, site: parameter.site)
  }

  private func inferredPlace(_ type: PythonValue) -> Parameter.Place {
    if shape.isUploadFile(type) || shape.isUploadFileSequence(type) { return .file }
    return shape.isScalar(type) ? .query : .body
  }

  private func place(of marker: FieldMarker) -> Parameter.Place {
    switch marker.kind {
    case .path: .path
    case .query, .field: .query
    case .header: .header
    case .cookie: .cookie
    case .body: .body
    case .form: .form
    case .file: .file
    }
  }

  /// A default as `FieldInfo` keeps it: nil where the value is required.
  private func given(_ value: PythonValue?) -> PythonValue? {
    guard let value, !FieldMarker.isRequiredMark(value) else { return nil }
    return value
  }

  // MARK: Merging

  /// Attributes of all `Field()`s in `Annotated` are merged since FastAPI 0.156.0; before, only their limits.
  private var mergesAnnotatedFields: Bool { version >= FrameworkVersion(0, 156) }

  private func merged(_ metadata: [PythonValue], type: PythonValue, marker: FieldMarker?) -> FieldInfo {
    var info = FieldInfo(annotation: type)
    info.instance = marker?.instance
    if !mergesAnnotatedFields, let marker { info.attributes = attributes(of: marker) }
    for item in metadata {
      guard let field = FieldMarker(item, interpreter) else {
        info.metadata.append(.other(item))
        continue
      }
      info.metadata += field.constraints.map { .constraint($0.name, $0.value) }
      guard mergesAnnotatedFields else { continue }
      info.attributes.merge(attributes(of: field)) { _, new in new }
      // An attribute that is given as `None` takes back what stands before.
      for name in Self.optionalAttributes {
        guard case .none? = field.instance.attributes[name] else { continue }
        info.attributes[name] = nil
        if name == "alias" { info.attributes["validation_alias"] = nil }
      }
    }
    if let marker {
      // What `FieldInfo` does not merge stays that of the marker.
      for name in Self.frameworkAttributes {
        info.attributes[name] = marker.value(name)
      }
    }
    return info
  }

  private func attributes(of marker: FieldMarker) -> [String: PythonValue] {
    var found: [String: PythonValue] = [:]
    let given = marker.instance.arguments.keywords.map(\.name) + marker.instance.attributes.keys
    for name in given where !Constraints.names.contains(name) || name == "discriminator" {
      guard let value = marker.value(name) else { continue }
      if case .none = value, Self.optionalAttributes.contains(name) { continue }
      found[name] = value
    }
    found["default"] = marker.defaultValue
    // An alias is the alias of validation too, unless another one is given.
    if found["validation_alias"] == nil, case .string? = found["alias"] { found["validation_alias"] = found["alias"] }
    return found
  }

  private static let frameworkAttributes = [
    "embed", "include_in_schema", "convert_underscores", "media_type", "example", "openapi_examples",
  ]
  private static let optionalAttributes: Set<String> = [
    "alias", "validation_alias", "serialization_alias", "default_factory", "title", "description", "annotation",
  ]

  // MARK: Aliases

  private func alias(for name: String, _ field: DependantField, marker: FieldMarker?) -> String {
    if let marker, let stored = storedAliases[ObjectIdentifier(marker.instance)] { return stored }
    var alias = name
    if case .string(let given)? = field.info.attributes["alias"], !given.isEmpty {
      alias = given
    } else if field.place == .header, convertsUnderscores(field) {
      alias = String(name.map { $0 == "_" ? "-" : $0 })
    }
    if let marker, version >= FrameworkVersion(0, 95) {
      storedAliases[ObjectIdentifier(marker.instance)] = alias
      sharedMarkers.append(marker.instance)
    }
    return alias
  }

  private func convertsUnderscores(_ field: DependantField) -> Bool {
    if case .bool(false)? = field.info.attributes["convert_underscores"] { return false }
    return true
  }
}

/// A `Depends()` or `Security()` object.
struct DependsMarker {
  let instance: InstanceObject
  private let interpreter: Interpreter

  /// Nil for other values.
  init?(_ value: PythonValue, _ interpreter: Interpreter) {
    guard case .instance(let instance) = CallableReference.settled(value),
      interpreter.isSubclass(instance.type, of: "fastapi.params.Depends")
    else { return nil }
    self.instance = instance
    self.interpreter = interpreter
  }

  /// Nil where it is empty and the annotation counts.
  var dependency: PythonValue? {
    guard
      let value = instance.attributes["dependency"] ?? instance.arguments["dependency"]
        ?? instance.arguments.positional.first
    else { return nil }
    if case .none = value { return nil }
    return value
  }

  var usesCache: Bool {
    if case .bool(false)? = instance.attributes["use_cache"] ?? instance.arguments["use_cache"] { return false }
    return true
  }

  var scopes: [String] {
    guard let value = instance.attributes["scopes"] ?? instance.arguments["scopes"] else { return [] }
    return PythonSequence.elements(of: value, interpreter).map { item in
      if case .string(let text) = item { return text }
      return PlainValue.text(of: item) ?? PythonText.representation(of: item)
    }
  }
}

/// Names in the braces of a path: `{name}`; one with a convertor (`{name:path}`) is the name alone.
enum PathTemplateNames {
  static func names(in path: String) -> Set<String> {
    var names: Set<String> = []
    var rest = path[...]
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}") else { break }
      names.insert(String(rest[..<close].prefix { $0 != ":" }))
      rest = rest[rest.index(after: close)...]
    }
    return names
  }
}

/// Elements of what Python iterates over.
enum PythonSequence {
  static func elements(of value: PythonValue, _ interpreter: Interpreter) -> [PythonValue] {
    switch value {
    case .list(let list), .set(let list): list.elements
    case .tuple(let elements): elements
    case .dictionary(let dictionary): dictionary.entries.map(\.key)
    case .either(let choices): choices.first.map { elements(of: $0, interpreter) } ?? []
    default: []
    }
  }
}
