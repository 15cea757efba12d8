import MerlonBase

/// Why a schema has no JSON form.
enum SchemaFailure: Error {
  /// It is left out on purpose (`SkipJsonSchema`).
  case omitted
  /// None exists: `Callable`, arbitrary classes.
  case invalid(String)
}

/// A definition in one mode.
struct DefinitionReference: Hashable {
  var key: String
  var mode: SchemaMode

  static let prefix = "#/components/schemas/"

  /// What stands for it in `$ref` until all names are known; can't be the name of a component.
  var placeholder: String { Self.prefix + "<" + key + ">-" + mode.suffix }
}

/// Writes core schemas as JSON Schema: `pydantic.json_schema.GenerateJsonSchema` with FastAPI's changes.
final class SchemaGenerator {
  let builder: CoreSchemaBuilder
  /// Written definitions, references still in the form of placeholders.
  private(set) var definitions: [DefinitionReference: JSONValue] = [:]
  /// In the order in which they were met.
  private(set) var order: [DefinitionReference] = []
  private var started: Set<DefinitionReference> = []
  private var failures: [DefinitionReference: SchemaFailure] = [:]
  private var placeholders: [String: DefinitionReference] = [:]
  private var mode = SchemaMode.validation
  private var configs: [ModelConfig] = [ModelConfig()]

  init(builder: CoreSchemaBuilder) {
    self.builder = builder
  }

  private var config: ModelConfig { configs.last ?? ModelConfig() }
  private var fastAPIVersion: FrameworkVersion { builder.interpreter.options.fastAPIVersion }

  /// The schema of a type in a mode; an empty one where none exists.
  func schema(_ core: CoreSchema, mode: SchemaMode, config: ModelConfig? = nil) -> JSONValue {
    self.mode = mode
    configs.append(config ?? ModelConfig())
    defer { configs.removeLast() }
    do {
      return try write(core)
    } catch {
      return .object([])
    }
  }

  private func write(_ schema: CoreSchema) throws(SchemaFailure) -> JSONValue {
    var json: JSONValue
    if mode == .serialization, let serializer = schema.serializer, let type = serializer.schema {
      json = try write(type)
      if serializer.keepsNone, isNullable(schema) { json = Self.union([Self.type("null"), json]) }
    } else {
      json = try body(schema)
    }
    if case .fixed = schema.kind {
      // What a type says itself hides title and description.
    } else {
      for member in schema.updates { json.set(member.key, member.value) }
      for member in schema.extra { json.set(member.key, member.value) }
    }
    for override in schema.overrides {
      switch override {
      case .omit(let only):
        if only == nil || only == mode { throw .omitted }
      case .replace(let value, let only):
        if only == nil || only == mode { json = value }
      case .examples(let examples, let only):
        if only == nil || only == mode { json.set("examples", .array((json["examples"]?.array ?? []) + examples)) }
      }
    }
    return json
  }

  // MARK: Kinds

  private func body(_ schema: CoreSchema) throws(SchemaFailure) -> JSONValue {
    switch schema.kind {
    case .any: return .object([])
    case .none: return Self.type("null")
    case .boolean: return Self.type("boolean")
    case .integer: return Self.type("integer", schema.constraints)
    case .float: return Self.type("number", schema.constraints)
    case .decimal: return decimal(schema)
    case .string: return string(schema)
    case .bytes: return bytes(schema)
    case .temporal(let format): return temporal(format)
    case .uuid: return CoreSchemaBuilder.text("uuid")
    case .literal(let values): return literal(values)
    case .enumeration(let title, let description, let values): return enumeration(title, description, values)
    case .array(let items, let isSet):
      var members: [JSONValue.Member] = isSet ? [.init(key: "uniqueItems", value: .bool(true))] : []
      members.append(
        .init(key: "items", value: try items.map { items throws(SchemaFailure) in try write(items) } ?? .object([])))
      return Self.type("array", members + schema.constraints)
    case .tuple(let items, let isVariadic): return try tuple(items, isVariadic, schema.constraints)
    case .dictionary(let keys, let values): return try dictionary(keys, values, schema.constraints)
    case .nullable(let inner):
      let json = try write(inner)
      return json == Self.type("null") ? json : Self.union([json, Self.type("null")])
    case .union(let choices): return union(of: choices)
    case .tagged(let choices, let discriminator): return tagged(choices, discriminator)
    case .object(let object): return try self.object(object)
    case .namedTuple(let fields): return try namedTuple(fields)
    case .root(let object): return try root(object)
    case .reference(let key): return try reference(key)
    case .withDefault(let inner, let value): return try withDefault(inner, value)
    case .function(let inner), .wrapped(let inner): return try write(inner)
    case .chain(let first, let last): return try write(mode == .validation ? first : last)
    case .json(let inner):
      let content = try write(inner)
      guard mode == .validation else { return content }
      return Self.type(
        "string",
        [
          .init(key: "contentMediaType", value: .string("application/json")),
          .init(key: "contentSchema", value: content),
        ])
    case .fixed(let json): return json
    case .patched(let inner, let members):
      var json = try write(inner)
      for member in members { json.set(member.key, member.value) }
      return json
    case .invalid(let what): throw .invalid(what)
    }
  }

  static func type(_ name: String, _ members: [JSONValue.Member] = []) -> JSONValue {
    .object([.init(key: "type", value: .string(name))] + members)
  }

  private func decimal(_ schema: CoreSchema) -> JSONValue {
    guard mode == .validation else { return Self.type("string") }
    return .object([
      .init(key: "anyOf", value: .array([Self.type("number", schema.constraints), Self.type("string")]))
    ])
  }

  private func string(_ schema: CoreSchema) -> JSONValue {
    var json = Self.type("string", schema.constraints)
    if json["minLength"] == nil, let length = config.stringMinLength, length > 0 {
      json.set("minLength", .number(Double(length)))
    }
    if json["maxLength"] == nil, let length = config.stringMaxLength { json.set("maxLength", .number(Double(length))) }
    return json
  }

  private func bytes(_ schema: CoreSchema) -> JSONValue {
    guard fastAPIVersion >= FrameworkVersion(0, 129, 1) else {
      let isBase64 = config.values["ser_json_bytes"]?.stringValue == "base64"
      return CoreSchemaBuilder.text(isBase64 ? "base64url" : "binary", schema.constraints)
    }
    var json = builder.binary
    let name = mode == .serialization ? "ser_json_bytes" : "val_json_bytes"
    if config.values[name]?.stringValue == "base64" { json.set("contentEncoding", .string("base64")) }
    for member in schema.constraints { json.set(member.key, member.value) }
    return json
  }

  private func temporal(_ format: String) -> JSONValue {
    if mode == .serialization {
      if let given = config.values["ser_json_temporal"]?.stringValue {
        if given != "iso8601" { return Self.type("number") }
      } else if format == "duration", config.values["ser_json_timedelta"]?.stringValue == "float" {
        return Self.type("number")
      }
    }
    return CoreSchemaBuilder.text(format)
  }

  private func literal(_ values: [JSONValue]) -> JSONValue {
    var members: [JSONValue.Member] = []
    if values.count == 1, let only = values.first {
      members.append(.init(key: "const", value: only))
    } else {
      members.append(.init(key: "enum", value: .array(values)))
    }
    if let type = Self.commonType(values) { members.append(.init(key: "type", value: .string(type))) }
    return .object(members)
  }

  private func enumeration(_ title: String, _ description: String?, _ values: [JSONValue]) -> JSONValue {
    var members: [JSONValue.Member] = [.init(key: "enum", value: .array(values))]
    if let type = Self.commonType(values), type != "null" { members.append(.init(key: "type", value: .string(type))) }
    members.append(.init(key: "title", value: .string(title)))
    if let description, !description.isEmpty {
      members.append(.init(key: "description", value: .string(description)))
    }
    return .object(members)
  }

  /// The JSON type that all values have; numbers are integers where they have no fraction.
  static func commonType(_ values: [JSONValue]) -> String? {
    let types = Set(
      values.map { value in
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number: value.integer == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
      })
    guard types.count == 1, let type = types.first, type != "object" else { return nil }
    return type
  }

  private func tuple(
    _ items: [CoreSchema], _ isVariadic: Bool, _ constraints: [JSONValue.Member]
  ) throws(SchemaFailure) -> JSONValue {
    var json = Self.type("array")
    if isVariadic, let item = items.first {
      json.set("items", try write(item))
    } else {
      var written: [JSONValue] = []
      for item in items { written.append(try write(item)) }
      if !written.isEmpty { json.set("prefixItems", .array(written)) }
      json.set("minItems", .number(Double(items.count)))
      json.set("maxItems", .number(Double(items.count)))
    }
    for member in constraints { json.set(member.key, member.value) }
    return json
  }

  private func dictionary(
    _ keys: CoreSchema?, _ values: CoreSchema?, _ constraints: [JSONValue.Member]
  ) throws(SchemaFailure) -> JSONValue {
    var json = Self.type("object")
    var keySchema: JSONValue = .object([])
    if let keys { keySchema = try write(keys) }
    var pattern: String?
    if keySchema["$ref"] == nil {
      pattern = keySchema.remove("pattern")?.string
      keySchema.remove("title")
    }
    var valueSchema: JSONValue = .object([])
    if let values { valueSchema = try write(values) }
    valueSchema.remove("title")
    if valueSchema != .object([]) || pattern != nil {
      if let pattern {
        json.set("patternProperties", .object([.init(key: pattern, value: valueSchema)]))
      } else {
        json.set("additionalProperties", valueSchema)
      }
    } else {
      json.set("additionalProperties", .bool(true))
    }
    let isLimited = keySchema["type"]?.string == "string" && (keySchema.members?.count ?? 0) > 1
    if isLimited || keySchema["$ref"] != nil {
      keySchema.remove("type")
      json.set("propertyNames", keySchema)
    }
    for member in constraints { json.set(member.key, member.value) }
    return json
  }

  // MARK: Unions

  /// `get_flattened_anyof`.
  static func union(_ schemas: [JSONValue]) -> JSONValue {
    var members: [JSONValue] = []
    func add(_ schema: JSONValue) {
      if !members.contains(where: { $0.isEquivalent(to: schema) }) { members.append(schema) }
    }
    for schema in schemas {
      if schema.members?.count == 1, let inner = schema["anyOf"]?.array {
        inner.forEach(add)
      } else {
        add(schema)
      }
    }
    if members.count == 1, let only = members.first { return only }
    return .object([.init(key: "anyOf", value: .array(members))])
  }

  private func union(of choices: [CoreSchema]) -> JSONValue {
    var written: [JSONValue] = []
    for choice in choices {
      if let json = try? write(choice) { written.append(json) }
    }
    if written.count == 1, let only = written.first { return only }
    return Self.union(written)
  }

  private func tagged(_ choices: [(tag: String, schema: CoreSchema)], _ discriminator: String?) -> JSONValue {
    var mapping: [JSONValue.Member] = []
    var schemas: [JSONValue] = []
    for choice in choices {
      guard let json = try? write(choice.schema) else { continue }
      if !schemas.contains(where: { $0.isEquivalent(to: json) }) { schemas.append(json) }
      mapping.append(.init(key: choice.tag, value: json["$ref"] ?? json))
    }
    var result = JSONValue.object([.init(key: "oneOf", value: .array(schemas))])
    if let discriminator {
      result.set(
        "discriminator",
        .object([
          .init(key: "propertyName", value: .string(discriminator)), .init(key: "mapping", value: .object(mapping)),
        ]))
    }
    return result
  }

  // MARK: Definitions

  private func reference(_ key: String) throws(SchemaFailure) -> JSONValue {
    let reference = DefinitionReference(key: key, mode: mode)
    if started.insert(reference).inserted, let definition = builder.definitions[key] {
      order.append(reference)
      placeholders[reference.placeholder] = reference
      do {
        definitions[reference] = try write(definition)
      } catch {
        failures[reference] = error
        order.removeAll { $0 == reference }
      }
    }
    if let failure = failures[reference] { throw failure }
    return .object([.init(key: "$ref", value: .string(reference.placeholder))])
  }

  private func withDefault(_ inner: CoreSchema, _ value: PythonValue?) throws(SchemaFailure) -> JSONValue {
    var json = try write(inner)
    guard let value, let encoded = builder.encoder.json(value) else { return json }
    json.set("default", encoded)
    return json
  }

  private func object(_ object: ObjectSchema) throws(SchemaFailure) -> JSONValue {
    if mode == .serialization, let serializer = object.serializer, let type = serializer.schema {
      return try write(type)
    }
    if object.hasOwnConfig { configs.append(object.config) }
    defer { if object.hasOwnConfig { configs.removeLast() } }
    var json = try properties(object.fields)
    describe(&json, object)
    return json
  }

  private func root(_ object: ObjectSchema) throws(SchemaFailure) -> JSONValue {
    guard let field = object.fields.first(where: { $0.name == "root" }) ?? object.fields.first else {
      return .object([])
    }
    configs.append(object.config)
    defer { configs.removeLast() }
    var json = try write(field.schema)
    describe(&json, object)
    for member in field.updates {
      // The docstring of the class goes before the description of its field.
      if member.key == "description", object.description != nil { continue }
      json.set(member.key, member.value)
    }
    for member in field.extra { json.set(member.key, member.value) }
    return json
  }

  /// `_named_required_fields_schema`.
  private func properties(_ fields: [SchemaField]) throws(SchemaFailure) -> JSONValue {
    var properties: [JSONValue.Member] = []
    var required: [JSONValue] = []
    let needsDefaults = mode == .serialization && config.flag("json_schema_serialization_defaults_required")
    for field in fields {
      if field.isComputed, mode == .validation { continue }
      if field.isExcluded, mode == .serialization { continue }
      let name = alias(of: field)
      var json: JSONValue
      do {
        json = try write(field.schema)
      } catch .omitted {
        continue
      }
      for member in field.updates + field.extra { json.set(member.key, member.value) }
      if let function = field.extraFunction { change(&json, by: function, type: nil) }
      if json["title"] == nil, hasTitle(field.schema) { json.set("title", .string(Self.title(of: name))) }
      json = withoutRedundancy(json)
      if let index = properties.firstIndex(where: { $0.key == name }) {
        properties[index].value = json
      } else {
        properties.append(.init(key: name, value: json))
      }
      if field.isRequired || needsDefaults { required.append(.string(name)) }
    }
    var json = Self.type("object", [.init(key: "properties", value: .object(properties))])
    if !required.isEmpty { json.set("required", .array(required)) }
    return json
  }

  private func alias(of field: SchemaField) -> String {
    if mode == .serialization { return field.serializationAlias }
    return config.values["validate_by_alias"]?.boolValue == false ? field.name : field.validationAlias
  }

  /// `get_title_from_name`.
  static func title(of name: String) -> String {
    var text = Substring(String(DocumentText.title(name).map { $0 == "_" ? " " : $0 }))
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// `field_title_should_be_set`: named types have titles of their own.
  private func hasTitle(_ schema: CoreSchema) -> Bool {
    switch schema.kind {
    case .reference: false
    case .withDefault(let inner, _), .nullable(let inner), .function(let inner): hasTitle(inner)
    default: true
    }
  }

  /// `handle_ref_overrides`.
  private func withoutRedundancy(_ json: JSONValue) -> JSONValue {
    guard let placeholder = json["$ref"]?.string, let members = json.members, members.count > 1,
      let reference = placeholders[placeholder], let target = definitions[reference]
    else { return json }
    return .object(
      members.filter { member in
        member.key == "$ref" || !(target[member.key].map { $0.isEquivalent(to: member.value) } ?? false)
      })
  }

  private func namedTuple(_ fields: [SchemaField]) throws(SchemaFailure) -> JSONValue {
    var items: [JSONValue] = []
    var minimum = 0
    for field in fields {
      var json = try write(field.schema)
      for member in field.updates + field.extra { json.set(member.key, member.value) }
      if json["title"] == nil, hasTitle(field.schema) {
        json.set("title", .string(Self.title(of: field.validationAlias)))
      }
      items.append(json)
      if field.isRequired { minimum += 1 }
    }
    var json = Self.type("array")
    if !items.isEmpty { json.set("prefixItems", .array(items)) }
    if minimum > 0 { json.set("minItems", .number(Double(minimum))) }
    json.set("maxItems", .number(Double(items.count)))
    return json
  }

  /// `_update_class_schema`.
  private func describe(_ json: inout JSONValue, _ object: ObjectSchema) {
    let config = object.hasOwnConfig ? object.config : self.config
    if json["title"] == nil {
      json.set("title", .string(object.hasOwnConfig ? config.title ?? object.title : object.title))
    }
    if let description = object.description, !description.isEmpty, json["description"] == nil {
      json.set("description", .string(description))
    }
    if json["additionalProperties"] == nil, json["properties"] != nil {
      switch config.extra {
      case "allow": json.set("additionalProperties", .bool(true))
      case "forbid": json.set("additionalProperties", .bool(false))
      default: break
      }
    }
    for member in object.extra { json.set(member.key, member.value) }
    if let rewrite = object.rewrite { json = rewrite(json) }
    if let function = object.extraFunction { change(&json, by: function, type: object.type) }
    if object.isDeprecated, json["deprecated"] == nil { json.set("deprecated", .bool(true)) }
  }

  /// Runs a callable `json_schema_extra`, which changes the dictionary that it gets; one of two parameters gets the
  /// class as well.
  private func change(_ json: inout JSONValue, by function: PythonValue, type: PythonValue?) {
    guard case .dictionary(let dictionary) = ValueEncoder.python(json) else { return }
    var arguments = CallArguments(positional: [.dictionary(dictionary)])
    let count = builder.interpreter.signature(of: function)?.parameters.count ?? 1
    if count > 1, let type { arguments.positional.append(type) }
    _ = builder.interpreter.call(function, arguments)
    if let changed = builder.encoder.json(.dictionary(dictionary)) {
      json = changed
    } else {
      builder.note("a callable changes a schema in a way that can't be told")
    }
  }

  /// `_is_nullable_schema`.
  private func isNullable(_ schema: CoreSchema) -> Bool {
    switch schema.kind {
    case .nullable: true
    case .withDefault(let inner, _), .function(let inner), .wrapped(let inner), .chain(_, let inner): isNullable(inner)
    default: false
    }
  }
}
