import MerlonBase

/// Limits of values, put into core schemas: `pydantic._internal._known_annotated_metadata.apply_known_metadata`.
enum CoreConstraints {
  static func apply(
    _ name: String, _ value: PythonValue, to schema: CoreSchema, _ encoder: ValueEncoder
  ) -> CoreSchema {
    guard let json = limit(value, encoder) else { return schema }
    switch schema.kind {
    case .nullable(let inner):
      schema.kind = .nullable(apply(name, value, to: inner, encoder))
      return schema
    case .integer, .float, .decimal:
      guard let keyword = numeric[name] else { return schema }
      add(keyword, json, to: schema)
      return schema
    case .string:
      guard let keyword = text[name] else { return schema }
      add(keyword, json, to: schema)
      return schema
    case .bytes where lengths.contains(name):
      add(name == "min_length" ? "minLength" : "maxLength", json, to: schema)
      return schema
    case .array where lengths.contains(name), .tuple where lengths.contains(name):
      add(name == "min_length" ? "minItems" : "maxItems", json, to: schema)
      return schema
    case .dictionary where lengths.contains(name):
      add(name == "min_length" ? "minProperties" : "maxProperties", json, to: schema)
      return schema
    case .temporal where numeric[name] != nil: return schema
    default: return around(schema, name, json)
    }
  }

  /// A constraint that the type does not know itself is checked by a function around it, and shown under its own name.
  private static func around(_ schema: CoreSchema, _ name: String, _ value: JSONValue) -> CoreSchema {
    if name == "pattern" {
      let text = CoreSchema(.string)
      add("pattern", value, to: text)
      return CoreSchema(.chain(schema, text))
    }
    guard lengths.contains(name) || numeric[name] != nil else { return schema }
    var keyword = name
    if lengths.contains(name) {
      keyword =
        isList(schema)
        ? (name == "min_length" ? "minItems" : "maxItems") : (name == "min_length" ? "minLength" : "maxLength")
    }
    let result = CoreSchema(.function(schema))
    result.updates = [.init(key: keyword, value: value)]
    return result
  }

  private static func isList(_ schema: CoreSchema) -> Bool {
    switch schema.kind {
    case .function(let inner): isList(inner)
    case .wrapped(let inner):
      if case .array(_, isSet: false) = inner.kind { true } else { false }
    case .array(_, let isSet): !isSet
    default: false
    }
  }

  private static func add(_ keyword: String, _ value: JSONValue, to schema: CoreSchema) {
    schema.constraints.removeAll { $0.key == keyword }
    schema.constraints.append(.init(key: keyword, value: value))
  }

  private static func limit(_ value: PythonValue, _ encoder: ValueEncoder) -> JSONValue? {
    let value = value.settled
    if value.isNull || value.isUnset { return nil }
    // `re.compile(…)` as a pattern.
    if let instance = value.instanceValue,
      instance.type.typeName == "re.Pattern" || instance.type.typeName == "re.compile"
    {
      let text = instance.attributes["pattern"] ?? instance.arguments.positional.first
      return text?.stringValue.map { .string($0) }
    }
    if case .double(let number) = value, !number.isFinite { return nil }
    // `Decimal("0.01")` and dates are numbers and nothing in the schema.
    if let instance = value.instanceValue, instance.type.typeName == "decimal.Decimal" {
      switch instance.arguments.positional.first?.settled {
      case .string(let text)?: return Double(text).map { .number($0) }
      case .integer(let number)?: return .number(Double(number))
      case .double(let number)?: return .number(number)
      default: return nil
      }
    }
    return encoder.json(value)
  }

  private static let lengths: Set<String> = ["min_length", "max_length"]
  private static let numeric = [
    "multiple_of": "multipleOf", "le": "maximum", "ge": "minimum", "lt": "exclusiveMaximum", "gt": "exclusiveMinimum",
  ]
  private static let text = ["min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"]
}
