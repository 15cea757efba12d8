import MerlonBase

/// Makes core schemas of type values: `pydantic._internal._generate_schema.GenerateSchema`.
final class CoreSchemaBuilder {
  let interpreter: Interpreter
  let fields: ModelFields
  let encoder: ValueEncoder
  /// Schemas of models, enumerations and other named types by key.
  private(set) var definitions: [String: CoreSchema] = [:]
  private(set) var names: [String: DefinitionName] = [:]
  private(set) var limits: [Limit] = []
  /// Types behind keys, known before their schemas are.
  private var types: [String: PythonValue] = [:]
  private var owners: [ClassObject] = []
  private var depth = 0

  /// Deepest nesting of types that are written out without a name.
  private static let maximumDepth = 60

  init(interpreter: Interpreter, fields: ModelFields) {
    self.interpreter = interpreter
    self.fields = fields
    encoder = ValueEncoder(interpreter: interpreter, fields: fields)
  }

  /// The schema of a type (`generate_schema`).
  func schema(_ type: PythonValue) -> CoreSchema {
    guard depth < Self.maximumDepth else { return CoreSchema(.any) }
    depth += 1
    defer { depth -= 1 }
    let type = type.settled
    if case .typeParameter(let parameter) = type, parameter.kind == .alias { return alias(parameter, []) }
    if let generic = type.genericValue, case .typeParameter(let parameter) = generic.origin, parameter.kind == .alias {
      return alias(parameter, generic.arguments)
    }
    if let known = pydanticType(type) { return known }
    switch TypeForm(type) {
    case .none: return CoreSchema(.none)
    case .any: return CoreSchema(.any)
    case .union(let members): return union(members)
    case .literal(let values): return CoreSchema(.literal(values.compactMap { encoder.json($0) }))
    case .annotated: return adapter(FieldInfo.from(annotation: spelledOut(type)))
    case .parametrized(let origin, let name, let arguments):
      return parametrized(type, origin: origin, name: name, arguments: arguments)
    case .named(let name): return named(type, name)
    case .forward(let text): return forward(text)
    case .variable(let parameter):
      guard let bound = parameter.value() else { return CoreSchema(.any) }
      return schema(bound)
    case .other(let value): return other(value)
    }
  }

  /// `PositiveInt` and the like as the `Annotated` that they stand for.
  private func spelledOut(_ type: PythonValue) -> PythonValue {
    guard case .annotated(let inner, let metadata) = TypeForm(type) else { return type }
    if type.genericValue?.origin.typeName == "typing.Annotated" { return type }
    return .generic(GenericObject(origin: .library("typing.Annotated"), arguments: [inner] + metadata))
  }

  /// A type with the metadata, attributes and default of a field around it, as `TypeAdapter` makes of it.
  func adapter(_ info: FieldInfo) -> CoreSchema {
    var result = annotated(info)
    result.updates = merged(result.updates, updates(of: info))
    result.extra = merged(result.extra, extra(of: info))
    if !info.isRequired { result = CoreSchema(.withDefault(result, info.defaultValue)) }
    return result
  }

  /// A field of a model (`_common_field_schema`).
  func field(_ field: ModelField, kind: ModelKind) -> SchemaField {
    var result = annotated(field.info)
    if !field.info.isRequired { result = CoreSchema(.withDefault(result, field.info.defaultValue)) }
    if let serializer = field.serializer {
      result = CoreSchema(.function(result))
      if case .function(let inner) = result.kind, case .withDefault(let value, let fallback) = inner.kind {
        let made = CoreSchema(.function(value))
        made.serializer = core(serializer)
        result = CoreSchema(.withDefault(made, fallback))
        result.serializer = nil
      } else {
        result.serializer = core(serializer)
      }
    }
    var updates = updates(of: field.info)
    if field.isComputed { updates = merged([.init(key: "readOnly", value: .bool(true))], updates) }
    let isRequired =
      kind == .typedDict ? !field.info.qualifiers.contains("NotRequired") : field.info.isRequired
    return SchemaField(
      name: field.name, validationAlias: field.validationAlias, serializationAlias: field.serializationAlias,
      schema: result, updates: updates, extra: extra(of: field.info), extraFunction: extraFunction(of: field.info),
      isRequired: field.isComputed || isRequired, isExcluded: field.isExcluded, isComputed: field.isComputed)
  }

  func core(_ serializer: FieldSerializer) -> CoreSerializer {
    CoreSerializer(schema: serializer.returnType.map { schema($0) }, keepsNone: serializer.keepsNone)
  }

  func note(_ message: String, at object: ClassObject? = nil) {
    guard limits.count < 500, !limits.contains(where: { $0.message == message }) else { return }
    limits.append(Limit(kind: "schema", message: message))
  }

  // MARK: Annotations

  /// The type with discriminator and metadata applied (`_apply_annotations`).
  private func annotated(_ info: FieldInfo) -> CoreSchema {
    var result = schema(
      info.kept.isEmpty
        ? info.annotation
        : .generic(GenericObject(origin: .library("typing.Annotated"), arguments: [info.annotation] + info.kept)))
    if let discriminator = info.attributes["discriminator"], !discriminator.isNull {
      result = tagged(result, by: discriminator)
    }
    for item in info.metadata {
      switch item {
      case .constraint(let name, let value): result = CoreConstraints.apply(name, value, to: result, encoder)
      case .other(let value):
        guard let known = FieldInfo.constraints(fromMetadata: value) else {
          result = apply(value, to: result)
          continue
        }
        for case .constraint(let name, let limit) in known {
          result = CoreConstraints.apply(name, limit, to: result, encoder)
        }
      }
    }
    return result
  }

  private func apply(_ value: PythonValue, to schema: CoreSchema) -> CoreSchema {
    let value = value.settled
    let name = TypeName.last(value.instanceValue?.type.typeName ?? value.typeName ?? "")
    func argument(_ key: String, _ position: Int) -> PythonValue? {
      guard let instance = value.instanceValue else { return nil }
      let positional = instance.arguments.positional
      return instance.attributes[key] ?? instance.arguments[key]
        ?? (position < positional.count ? positional[position] : nil)
    }
    let mode = argument("mode", 1)?.stringValue.flatMap(SchemaMode.init(rawValue:))
    switch name {
    case "WithJsonSchema":
      guard let given = argument("json_schema", 0) else { return schema }
      if given.isNull {
        schema.overrides.append(.omit(mode: mode))
      } else if let json = encoder.json(given) {
        schema.overrides.append(.replace(json, mode: mode))
      }
      return schema
    case "SkipJsonSchema":
      schema.overrides.append(.omit(mode: nil))
      return schema
    case "Examples":
      if case .array(let examples)? = argument("examples", 0).flatMap({ encoder.json($0) }) {
        schema.overrides.append(.examples(examples, mode: mode))
      }
      return schema
    case "Discriminator": return tagged(schema, by: value)
    case "PlainSerializer", "WrapSerializer":
      let type = argument("return_type", 1) ?? argument("func", 0).flatMap { returnType(of: $0) }
      let used = argument("when_used", 2)?.stringValue ?? ""
      let result = CoreSchema(.function(schema))
      result.serializer = CoreSerializer(
        schema: type.flatMap { $0.isUnset ? nil : self.schema($0) }, keepsNone: used.hasSuffix("unless-none"))
      return result
    case "BeforeValidator", "PlainValidator", "WrapValidator":
      if let input = argument("json_schema_input_type", 1), !input.isUnset, !input.isNull {
        return CoreSchema(.chain(self.schema(input), schema))
      }
      return CoreSchema(.function(schema))
    case "UuidVersion":
      guard let version = argument("uuid_version", 0)?.intValue else { return schema }
      return CoreSchema(.fixed(Self.text("uuid\(version)")))
    case "PathType":
      let formats = ["file": "file-path", "dir": "directory-path"]
      let format = argument("path_type", 0)?.stringValue.flatMap { formats[$0] } ?? "path"
      return CoreSchema(.patched(schema, [.init(key: "format", value: .string(format))]))
    case "EncodedBytes", "EncodedStr":
      let encoder = TypeName.last(argument("encoder", 0)?.typeName ?? "")
      let formats = ["Base64Encoder": "base64", "Base64UrlEncoder": "base64url"]
      guard let format = formats[encoder] else { return CoreSchema(.function(schema)) }
      return CoreSchema(.patched(schema, [.init(key: "format", value: .string(format))]))
    case "AfterValidator", "Predicate", "Not", "SkipValidation", "InstanceOf": return CoreSchema(.function(schema))
    default: break
    }
    if let instance = value.instanceValue, let own = customSchema(of: .instance(instance), over: schema) { return own }
    return schema
  }

  private func returnType(of function: PythonValue) -> PythonValue? {
    interpreter.signature(of: function)?.returnAnnotation
  }

  func updates(of info: FieldInfo) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let title = info.text("title") { members.append(.init(key: "title", value: .string(title))) }
    if let text = info.text("description") { members.append(.init(key: "description", value: .string(text))) }
    if let deprecated = info.attributes["deprecated"]?.settled, deprecated.boolValue != false, !deprecated.isNull {
      members.append(.init(key: "deprecated", value: .bool(true)))
    }
    if let examples = info.attributes["examples"], !examples.isNull, let json = encoder.json(examples) {
      members.append(.init(key: "examples", value: json))
    }
    return members
  }

  func extra(of info: FieldInfo) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    for name in ["schema_extra", "json_schema_extra"] {
      guard let value = info.attributes[name]?.settled, !value.isNull else { continue }
      if let json = encoder.json(value)?.members {
        members = merged(members, json)
      } else if Self.function(value) == nil {
        note("`json_schema_extra` of a field is only known at run time")
      }
    }
    return members
  }

  /// A callable `json_schema_extra`.
  func extraFunction(of info: FieldInfo) -> PythonValue? { info.attributes["json_schema_extra"].flatMap(Self.function) }

  static func function(_ value: PythonValue) -> PythonValue? {
    switch value.settled {
    case .function, .method, .native: value.settled
    default: nil
    }
  }

  /// Later members win, in the place of the earlier ones.
  func merged(_ first: [JSONValue.Member], _ second: [JSONValue.Member]) -> [JSONValue.Member] {
    var object = JSONValue.object(first)
    for member in second { object.set(member.key, member.value) }
    return object.members ?? []
  }

  // MARK: Unions

  private func union(_ nested: [PythonValue]) -> CoreSchema {
    // `typing` flattens unions in unions; aliases of `type` statements stay whole.
    let members = nested.flatMap { member -> [PythonValue] in
      guard let name = member.genericValue?.origin.typeName,
        ["typing.Optional", "typing.Union", "types.UnionType"].contains(name),
        case .union(let inner) = TypeForm(member)
      else { return [member] }
      return inner
    }
    let choices = members.filter { !$0.isNoneType }
    let hasNone = choices.count < members.count
    let built = choices.map { schema($0) }
    var result: CoreSchema
    if built.isEmpty { return CoreSchema(.none) }
    if built.count == 1, let only = built.first {
      result = only
    } else {
      result = CoreSchema(.union(built))
      unionMembers[ObjectIdentifier(result)] = choices
      kept.append(result)
    }
    if hasNone { result = CoreSchema(.nullable(result)) }
    return result
  }

  /// The types behind the choices of a union, for its tags.
  private var unionMembers: [ObjectIdentifier: [PythonValue]] = [:]
  private var kept: [CoreSchema] = []

  /// `apply_discriminator`.
  private func tagged(_ schema: CoreSchema, by discriminator: PythonValue) -> CoreSchema {
    switch schema.kind {
    case .nullable(let inner):
      schema.kind = .nullable(tagged(inner, by: discriminator))
      return schema
    case .withDefault(let inner, let value):
      schema.kind = .withDefault(tagged(inner, by: discriminator), value)
      return schema
    case .function(let inner):
      schema.kind = .function(tagged(inner, by: discriminator))
      return schema
    case .union(let choices):
      let types = unionMembers[ObjectIdentifier(schema)] ?? []
      guard types.count == choices.count else { return schema }
      let name = discriminatorName(discriminator)
      var tags: [(tag: String, schema: CoreSchema)] = []
      for (type, choice) in zip(types, choices) {
        for tag in self.tags(of: type, discriminator: name) where !tags.contains(where: { $0.tag == tag }) {
          tags.append((tag, choice))
        }
        if case .tagged(let inner, _) = choice.kind { tags += inner }
      }
      guard !tags.isEmpty else { return schema }
      let result = CoreSchema(.tagged(tags, discriminator: name.flatMap { alias(of: $0, in: types) }))
      result.updates = schema.updates
      return result
    default: return schema
    }
  }

  /// Nil when a function decides.
  private func discriminatorName(_ value: PythonValue) -> String? {
    if let text = value.settled.stringValue { return text }
    guard let instance = value.settled.instanceValue else { return nil }
    return
      (instance.attributes["discriminator"] ?? instance.arguments["discriminator"]
      ?? instance.arguments.positional.first)?.stringValue
  }

  private func alias(of name: String, in types: [PythonValue]) -> String? {
    for type in types {
      if let field = fields.fields(of: unwrapped(type))?.first(where: { $0.name == name }) {
        return field.validationAlias
      }
    }
    return name
  }

  private func unwrapped(_ type: PythonValue) -> PythonValue {
    if case .annotated(let inner, _) = TypeForm(type) { return unwrapped(inner) }
    return type
  }

  /// The values of the discriminator that choose a type.
  private func tags(of type: PythonValue, discriminator: String?, depth: Int = 0) -> [String] {
    guard depth < 12 else { return [] }
    if case .annotated(let inner, let metadata) = TypeForm(type) {
      for item in metadata {
        guard let instance = item.instanceValue, TypeName.last(instance.type.typeName ?? "") == "Tag" else { continue }
        if let tag = instance.attributes["tag"] ?? instance.arguments["tag"] ?? instance.arguments.positional.first {
          return tag.stringValue.map { [$0] } ?? []
        }
      }
      return tags(of: inner, discriminator: discriminator, depth: depth + 1)
    }
    if case .union(let members) = TypeForm(type) {
      return members.flatMap { tags(of: $0, discriminator: discriminator, depth: depth + 1) }
    }
    guard let discriminator, let field = fields.fields(of: type)?.first(where: { $0.name == discriminator }) else {
      return []
    }
    return literals(field.annotation)
  }

  private func literals(_ type: PythonValue, depth: Int = 0) -> [String] {
    guard depth < 12 else { return [] }
    switch TypeForm(type) {
    case .literal(let values): return values.compactMap { encoder.key($0) }
    case .annotated(let inner, _): return literals(inner, depth: depth + 1)
    case .union(let members): return members.flatMap { literals($0, depth: depth + 1) }
    case .named:
      guard let object = type.settled.classValue, interpreter.isSubclass(type, of: "enum.Enum") else { return [] }
      return EnumMembers.values(of: object, interpreter).compactMap { encoder.key($0) }
    default: return []
    }
  }

  // MARK: Definitions

  func isDefined(_ key: String) -> Bool { names[key] != nil }

  /// A reference to a named type, whose schema `make` gives when it is met first.
  func define(_ name: DefinitionName, type: PythonValue, _ make: () -> CoreSchema) -> CoreSchema {
    if names[name.key] == nil {
      names[name.key] = name
      types[name.key] = type
      let outer = depth
      depth = outer / 2
      definitions[name.key] = make()
      depth = outer
    }
    return CoreSchema(.reference(name.key))
  }

  private func alias(_ parameter: TypeParameterObject, _ arguments: [PythonValue]) -> CoreSchema {
    guard var value = parameter.value() else { return CoreSchema(.any) }
    var qualified = parameter.name
    var key = "alias " + parameter.name + "#" + fields.identity.number(parameter)
    if !arguments.isEmpty {
      value = Substitution(parameters: parameter.parameters, arguments: arguments).apply(to: value)
      qualified += "[" + arguments.map { TypeDisplay.text($0) }.joined(separator: ",") + "]"
      key += "[" + arguments.map { fields.identity.key($0) }.joined(separator: ",") + "]"
    }
    return define(DefinitionName(key: key, qualified: qualified), type: value) { schema(value) }
  }

  private func forward(_ text: String) -> CoreSchema {
    for owner in owners.reversed() {
      if owner.name == text { return schema(.classObject(owner)) }
      if let value = owner.module?.frame.names[text] {
        if case .string = value { continue }
        return schema(value)
      }
    }
    note("the type `\(text)` can't be resolved")
    return CoreSchema(.any)
  }

  private func other(_ value: PythonValue) -> CoreSchema {
    switch value {
    case .instance(let instance):
      let name = TypeName.last(instance.type.typeName ?? "")
      if name == "NewType",
        let base = instance.attributes["__supertype__"] ?? instance.arguments["tp"]
          ?? instance.arguments.positional.last
      {
        return schema(base)
      }
      return customSchema(of: value, over: CoreSchema(.any)) ?? CoreSchema(.any)
    case .unknown(let unknown):
      note("the type `\(unknown.text)` is only known at run time")
      return CoreSchema(.any)
    case .function: return CoreSchema(.invalid("function"))
    default: return CoreSchema(.any)
    }
  }

  func inside<Result>(_ owner: ClassObject, _ body: () -> Result) -> Result {
    owners.append(owner)
    defer { owners.removeLast() }
    return body()
  }
}
