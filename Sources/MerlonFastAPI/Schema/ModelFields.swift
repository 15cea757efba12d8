import MerlonPython

/// A field of a Pydantic model, dataclass, `TypedDict` or `NamedTuple`, type parameters substituted.
struct ModelField {
  var name: String
  var info: FieldInfo
  /// The class whose body declares it.
  var owner: ClassObject
  /// The field is a `computed_field`: it leaves, and is never taken in.
  var isComputed: Bool = false
  /// A `field_serializer` for it: the type that it returns, where it says so.
  var serializer: FieldSerializer?

  var annotation: PythonValue { info.annotation }
  var isRequired: Bool { info.isRequired }
  var defaultValue: PythonValue? { info.defaultValue }
  /// Name on the wire when data comes in, alias generators applied.
  var validationAlias: String {
    if let path = ModelFields.firstAlias(info.attributes["validation_alias"]) { return path }
    return info.text("alias") ?? name
  }
  /// Name on the wire when data leaves.
  var serializationAlias: String { info.text("serialization_alias") ?? info.text("alias") ?? name }
  /// The field never leaves.
  var isExcluded: Bool { info.flag("exclude") == true }
}

/// What a `field_serializer`, `PlainSerializer` or `model_serializer` makes of a value.
struct FieldSerializer {
  /// Nil when it does not say what it returns.
  var returnType: PythonValue?
  /// `unless-none` and `json-unless-none` leave `None` alone.
  var keepsNone: Bool = false
}

/// What kind of class it is, as far as Pydantic tells them apart.
enum ModelKind { case model, root, dataclass, typedDict, namedTuple }

/// Reads what Pydantic makes of classes.
final class ModelFields {
  let interpreter: Interpreter
  private var known: [String: [ModelField]?] = [:]
  private var configs: [ObjectIdentifier: ModelConfig] = [:]
  let identity = TypeIdentity()

  init(interpreter: Interpreter) {
    self.interpreter = interpreter
  }

  /// Whether a value is a Pydantic model class, or a generic of one (`lenient_issubclass(type, BaseModel)`).
  func isModel(_ type: PythonValue) -> Bool {
    guard let (object, _) = resolved(type) else { return false }
    let kind = kind(of: object)
    return kind == .model || kind == .root
  }

  /// Fields in Pydantic's order, computed ones last; nil for what is no model class, dataclass, `TypedDict` or
  /// `NamedTuple`.
  func fields(of type: PythonValue) -> [ModelField]? {
    guard let (object, arguments) = resolved(type) else { return nil }
    let key = identity.key(type)
    if let found = known[key] { return found }
    // A class that is met again while it is read has no fields yet.
    known[key] = .some([])
    let found = read(object, arguments)
    known[key] = .some(found)
    return found
  }

  func kind(of object: ClassObject) -> ModelKind? {
    let type = PythonValue.classObject(object)
    if isBase(type, ["pydantic.main.BaseModel", "pydantic.BaseModel", "pydantic.v1.main.BaseModel"]) {
      return isBase(type, ["pydantic.root_model.RootModel", "pydantic.RootModel"]) ? .root : .model
    }
    if isBase(type, ["typing.TypedDict"]) { return .typedDict }
    if isBase(type, ["typing.NamedTuple"]) { return .namedTuple }
    return isDataclass(object) ? .dataclass : nil
  }

  private func isBase(_ type: PythonValue, _ names: [String]) -> Bool {
    let order = type.classValue?.order ?? []
    return names.contains { name in
      interpreter.isSubclass(type, of: name) || order.contains { $0.typeName == name }
    }
  }

  func isDataclass(_ object: ClassObject) -> Bool {
    object.order.contains { ancestor in
      guard let ancestor = ancestor.classValue else { return false }
      return ancestor.decorators.contains { TypeName.last($0.name) == "dataclass" }
        || ancestor.namespace["__dataclass_fields__"] != nil
    }
  }

  /// Whether the class itself was decorated by Pydantic's own `dataclass`.
  func isPydanticDataclass(_ object: ClassObject) -> Bool {
    object.decorators.contains { $0.name.hasPrefix("pydantic.") && TypeName.last($0.name) == "dataclass" }
  }

  /// The class behind a type, and the arguments of a generic one.
  func resolved(_ type: PythonValue) -> (ClassObject, [PythonValue])? {
    switch type.settled {
    case .classObject(let object): return (object, [])
    case .generic(let generic):
      guard let object = generic.origin.settled.classValue else { return nil }
      return (object, generic.arguments)
    default: return nil
    }
  }

  // MARK: Configuration

  func config(of object: ClassObject) -> ModelConfig {
    if let found = configs[ObjectIdentifier(object)] { return found }
    var config = ModelConfig()
    for ancestor in object.order.reversed() {
      guard let ancestor = ancestor.classValue, !ancestor.moduleName.hasPrefix("pydantic") else { continue }
      if let value = ancestor.namespace["Config"], value.settled.classValue != nil { config.add(value) }
      for name in ["model_config", "__pydantic_config__"] {
        if let value = ancestor.namespace[name] { config.add(value) }
      }
      for (name, value) in ancestor.keywords where name != "metaclass" && name != "table" && name != "total" {
        config.add(name, value)
      }
      for decorator in ancestor.decorators where TypeName.last(decorator.name) == "dataclass" {
        if let value = decorator.arguments["config"] { config.add(value) }
      }
    }
    configs[ObjectIdentifier(object)] = config
    return config
  }

  // MARK: Fields

  private func read(_ object: ClassObject, _ arguments: [PythonValue]) -> [ModelField]? {
    guard let kind = kind(of: object) else { return nil }
    if kind == .namedTuple { return namedTuple(object, arguments) }
    var fields: [ModelField] = []
    let tables = substitutions(of: object, arguments)
    for ancestor in object.order.reversed() {
      guard let ancestor = ancestor.classValue, !isLibraryBase(ancestor) || isRootModel(ancestor) else { continue }
      if kind == .dataclass, !isDataclassItself(ancestor) { continue }
      let table = tables[ObjectIdentifier(ancestor)]
      for item in ancestor.annotations {
        guard let field = field(item, of: ancestor, kind: kind, table: table, in: object) else { continue }
        if let index = fields.firstIndex(where: { $0.name == item.name }) {
          fields[index] = field
        } else {
          fields.append(field)
        }
      }
      for (name, written, value) in madeFields(ancestor) {
        let annotation = table?.apply(to: written) ?? written
        var info = FieldInfo.from(annotation: annotation)
        if let value { info = FieldInfo.from(annotation: annotation, assigned: value) }
        fields.removeAll { $0.name == name }
        fields.append(ModelField(name: name, info: info, owner: ancestor))
      }
    }
    if kind == .dataclass { fields = fields.filter { isPositional($0) } + fields.filter { !isPositional($0) } }
    let config = config(of: object)
    for index in fields.indices { apply(config, to: &fields[index]) }
    let decorations = ClassDecorations(object, interpreter: interpreter)
    for index in fields.indices { fields[index].serializer = decorations.serializer(of: fields[index].name) }
    if kind != .root {
      for computed in decorations.computed {
        var field = computed
        if let table = tables[ObjectIdentifier(computed.owner)] {
          field.info.annotation = table.apply(to: field.info.annotation)
        }
        if let generator = config.values["alias_generator"], field.info.text("alias") == nil {
          applyAlias(generator, to: &field)
        }
        fields.append(field)
      }
    }
    return fields
  }

  private func isPositional(_ field: ModelField) -> Bool { field.info.flag("kw_only") != true }

  private func isLibraryBase(_ object: ClassObject) -> Bool {
    let name = object.moduleName
    return ["pydantic", "builtins", "typing", "abc", "enum", "sqlmodel", "pydantic_settings"].contains {
      name == $0 || name.hasPrefix($0 + ".")
    }
  }

  private func isRootModel(_ object: ClassObject) -> Bool {
    object.name == "RootModel" && object.moduleName.hasPrefix("pydantic")
  }

  private func isDataclassItself(_ object: ClassObject) -> Bool {
    object.decorators.contains { TypeName.last($0.name) == "dataclass" }
      || object.namespace["__dataclass_fields__"] != nil
  }

  /// Fields of a class that a call made (`create_model`, `type(…)`): its namespace holds the annotations as values.
  private func madeFields(_ object: ClassObject) -> [(String, PythonValue, PythonValue?)] {
    guard object.node.isNone, let made = object.namespace["__annotations__"]?.settled.dictionaryValue else { return [] }
    return made.entries.compactMap { entry in
      guard let name = entry.key.stringValue, !name.hasPrefix("_") else { return nil }
      return (name, entry.value, object.namespace[name]?.settled)
    }
  }

  private func field(
    _ item: ClassAnnotation, of owner: ClassObject, kind: ModelKind, table: Substitution?, in object: ClassObject
  ) -> ModelField? {
    let name = item.name
    guard name != "model_config", !name.hasPrefix("__") else { return nil }
    if kind == .model || kind == .root, name.hasPrefix("_") { return nil }
    let assigned = owner.namespace[name]?.settled ?? inheritedDefault(name, of: owner, kind: kind)
    if let assigned, isPrivate(assigned) { return nil }
    var annotation = interpreter.evaluate(item, of: owner)
    if let table { annotation = table.apply(to: annotation) }
    var info = FieldInfo.from(annotation: annotation)
    if info.qualifiers.contains("ClassVar") { return nil }
    if let assigned, !isProperty(assigned) { info = FieldInfo.from(annotation: annotation, assigned: assigned) }
    if kind == .typedDict {
      info.attributes["default"] = nil
      let isTotal = owner.keywords["total"]?.boolValue ?? true
      let isRequired = info.qualifiers.contains("Required") || (isTotal && !info.qualifiers.contains("NotRequired"))
      // `PydanticUndefined` as a factory: not required, and without a default.
      if !isRequired { info.qualifiers.insert("NotRequired") }
    }
    if info.qualifiers.contains("Final"), !info.isRequired, kind == .model { return nil }
    if kind == .dataclass {
      if info.flag("init") == false, info.isRequired { return nil }
      if info.flag("kw_only") == nil, owner.decorators.contains(where: { $0.arguments["kw_only"]?.boolValue == true }) {
        info.attributes["kw_only"] = .bool(true)
      }
      if annotation.typeName == "dataclasses.KW_ONLY" { return nil }
    }
    return ModelField(name: name, info: info, owner: owner)
  }

  /// Defaults of a dataclass stay attributes of its class, so that one below it finds them.
  private func inheritedDefault(_ name: String, of owner: ClassObject, kind: ModelKind) -> PythonValue? {
    guard kind == .dataclass else { return nil }
    for ancestor in owner.order.dropFirst() {
      if let value = ancestor.classValue?.namespace[name] { return value.settled }
    }
    return nil
  }

  /// Private attributes, relationships of tables and the like: annotated and no fields.
  private func isPrivate(_ value: PythonValue) -> Bool {
    let name = value.instanceValue?.type.typeName ?? value.typeName ?? ""
    return ["ModelPrivateAttr", "PrivateAttribute", "PrivateAttr", "RelationshipInfo", "Relationship"].contains(
      TypeName.last(name))
  }

  private func isProperty(_ value: PythonValue) -> Bool {
    switch value {
    case .function, .method: true
    case .instance(let instance): instance.type.typeName == "property"
    default: false
    }
  }

  private func namedTuple(_ object: ClassObject, _ arguments: [PythonValue]) -> [ModelField] {
    let tables = substitutions(of: object, arguments)
    for ancestor in object.order {
      guard let ancestor = ancestor.classValue, !ancestor.annotations.isEmpty, !isLibraryBase(ancestor) else {
        continue
      }
      return ancestor.annotations.map { item in
        var annotation = interpreter.evaluate(item, of: ancestor)
        if let table = tables[ObjectIdentifier(ancestor)] { annotation = table.apply(to: annotation) }
        var info = FieldInfo.from(annotation: annotation)
        if let value = ancestor.namespace[item.name]?.settled, !isProperty(value) {
          info = FieldInfo.from(annotation: annotation, assigned: value)
        }
        return ModelField(name: item.name, info: info, owner: ancestor)
      }
    }
    return []
  }

  // MARK: Aliases

  private func apply(_ config: ModelConfig, to field: inout ModelField) {
    if field.info.text("title") == nil,
      let generator = field.info.attributes["field_title_generator"] ?? config.values["field_title_generator"],
      !generator.isNull
    {
      let arguments = CallArguments(positional: [.string(field.name), .none])
      let title = interpreter.call(generator, arguments).settled
      if title.stringValue != nil { field.info.attributes["title"] = title }
    }
    guard let generator = config.values["alias_generator"], !generator.isNull else { return }
    applyAlias(generator, to: &field)
  }

  /// `_apply_alias_generator_to_field_info`.
  private func applyAlias(_ generator: PythonValue, to field: inout ModelField) {
    let attributes = field.info.attributes
    let hasAlias =
      attributes["alias"] != nil || attributes["validation_alias"] != nil || attributes["serialization_alias"] != nil
    let priority = attributes["alias_priority"]?.intValue ?? (hasAlias ? 2 : nil)
    var names: [String: String] = [:]
    if let instance = generator.settled.instanceValue, TypeName.last(instance.type.typeName ?? "") == "AliasGenerator" {
      for (index, name) in ["alias", "validation_alias", "serialization_alias"].enumerated() {
        let positional = index < instance.arguments.positional.count ? instance.arguments.positional[index] : nil
        guard let part = instance.attributes[name] ?? instance.arguments[name] ?? positional, !part.isNull else {
          continue
        }
        names[name] = AliasGenerators.alias(part, for: field.name, interpreter)
      }
    } else {
      names["alias"] = AliasGenerators.alias(generator, for: field.name, interpreter)
    }
    for name in ["alias", "validation_alias", "serialization_alias"] {
      guard let made = names[name] ?? names["alias"] else { continue }
      if priority == nil || priority == 1 || attributes[name] == nil {
        // `alias` alone sets the other two when it was given by hand.
        if name != "alias", attributes["alias"] != nil, priority != nil, priority != 1 { continue }
        field.info.attributes[name] = .string(made)
      }
    }
  }

  /// The name that an alias, the first choice of `AliasChoices` or a path of one step stands for.
  static func firstAlias(_ value: PythonValue?) -> String? {
    guard let value = value?.settled else { return nil }
    if let text = value.stringValue { return text }
    guard let instance = value.instanceValue else { return nil }
    let parts =
      instance.attributes["choices"]?.sequenceValue ?? instance.attributes["path"]?.sequenceValue
      ?? instance.attributes["args"]?.sequenceValue ?? instance.arguments.positional
    if TypeName.last(instance.type.typeName ?? "") == "AliasPath" {
      return parts.count == 1 ? parts.first?.stringValue : nil
    }
    return parts.lazy.compactMap { firstAlias($0) }.first
  }

  // MARK: Type parameters

  /// For each class of the order what its type parameters stand for.
  func substitutions(of object: ClassObject, _ arguments: [PythonValue]) -> [ObjectIdentifier: Substitution] {
    var tables: [ObjectIdentifier: Substitution] = [:]
    visit(object, arguments, depth: 0, into: &tables)
    return tables
  }

  private func visit(
    _ object: ClassObject, _ arguments: [PythonValue], depth: Int, into tables: inout [ObjectIdentifier: Substitution]
  ) {
    guard depth < 30 else { return }
    var table: Substitution?
    if !arguments.isEmpty {
      let made = Substitution(parameters: parameters(of: object), arguments: arguments)
      tables[ObjectIdentifier(object)] = made
      table = made
    }
    for base in object.bases {
      guard let (origin, inner) = resolved(base) else { continue }
      guard tables[ObjectIdentifier(origin)] == nil else { continue }
      visit(origin, inner.map { table?.apply(to: $0) ?? $0 }, depth: depth + 1, into: &tables)
    }
  }

  /// The type parameters of a class: those of its statement, of `Generic[…]`, or of its bases in order.
  func parameters(of object: ClassObject) -> [PythonValue] {
    if !object.typeParameters.isEmpty { return object.typeParameters }
    var found: [PythonValue] = []
    for base in object.bases {
      guard let generic = base.settled.genericValue else { continue }
      if ["typing.Generic", "typing.Protocol"].contains(generic.origin.typeName ?? "") { return generic.arguments }
      for variable in Substitution.variables(in: base) where !found.contains(where: { TypeName.isSame($0, variable) }) {
        found.append(variable)
      }
    }
    if !found.isEmpty { return found }
    for base in object.bases {
      if let origin = base.settled.classValue, origin !== object {
        let inherited = parameters(of: origin)
        if !inherited.isEmpty { return inherited }
      }
    }
    return []
  }
}
