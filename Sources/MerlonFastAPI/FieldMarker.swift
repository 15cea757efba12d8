import MerlonBase

/// A `Query()`, `Header()`, `Body()`, … or plain `Field()` object of the application.
struct FieldMarker {
  enum Kind: String {
    case path, query, header, cookie, body, form, file
    /// `pydantic.Field()` and `params.Param`, which name no place.
    case field
  }

  let kind: Kind
  let instance: InstanceObject

  /// Nil for values that are no field objects.
  init?(_ value: PythonValue, _ interpreter: Interpreter) {
    guard case .instance(let instance) = value, let kind = Self.kind(of: instance, interpreter) else { return nil }
    self.kind = kind
    self.instance = instance
  }

  private static func kind(of instance: InstanceObject, _ interpreter: Interpreter) -> Kind? {
    let kinds: [(String, Kind)] = [
      ("Path", .path), ("Query", .query), ("Header", .header), ("Cookie", .cookie), ("File", .file), ("Form", .form),
      ("Body", .body), ("Param", .field),
    ]
    for (name, kind) in kinds where interpreter.isSubclass(instance.type, of: "fastapi.params." + name) { return kind }
    return interpreter.isSubclass(instance.type, of: "pydantic.fields.FieldInfo") ? .field : nil
  }

  /// True for `params.Param`, `params.Body` and what is below them.
  var isFramework: Bool { kind != .field }

  /// What was given for a name; nil when nothing was.
  func value(_ name: String) -> PythonValue? {
    guard let value = instance.attributes[name] ?? instance.arguments[name] else { return nil }
    return Self.isUnset(value) ? nil : value
  }

  func text(_ name: String) -> String? {
    guard case .string(let text)? = value(name) else { return nil }
    return text
  }

  func flag(_ name: String) -> Bool? {
    guard case .bool(let flag)? = value(name) else { return nil }
    return flag
  }

  /// Nil when the field is required.
  var defaultValue: PythonValue? {
    guard
      let value = instance.attributes["default"] ?? instance.arguments["default"]
        ?? instance.arguments.positional.first
    else { return nil }
    return Self.isRequiredMark(value) ? nil : value
  }

  var defaultFactory: PythonValue? {
    guard let factory = value("default_factory") else { return nil }
    if case .none = factory { return nil }
    return factory
  }

  /// What `constraints_of` of the oracle reads from the field's metadata.
  var constraints: [(name: String, value: PythonValue)] {
    var found: [(name: String, value: PythonValue)] = []
    for name in Constraints.names where name != "discriminator" {
      guard let value = value(name) else { continue }
      if case .none = value { continue }
      found.append((name, value))
    }
    if !found.contains(where: { $0.name == "pattern" }), let pattern = value("regex") {
      if case .none = pattern { return found }
      found.append(("pattern", pattern))
    }
    return found
  }

  /// True for the values that say "nothing was given".
  static func isUnset(_ value: PythonValue) -> Bool {
    switch value {
    case .sentinel: true
    case .library(let name): undefined.contains(TypeName.last(name))
    case .instance(let instance):
      TypeName.canonical(of: instance.type).map { undefined.contains(TypeName.last($0)) } ?? false
    default: false
    }
  }

  /// True for `...` and the values that say "nothing was given".
  static func isRequiredMark(_ value: PythonValue) -> Bool {
    if case .ellipsis = value { return true }
    return isUnset(value)
  }

  private static let undefined: Set<String> = [
    "PydanticUndefined", "PydanticUndefinedType", "Undefined", "UndefinedType", "_Unset", "Required", "RequiredParam",
  ]
}

/// Limits of a value that types and fields state.
enum Constraints {
  static let names = [
    "min_length", "max_length", "gt", "ge", "lt", "le", "multiple_of", "strict", "pattern", "discriminator",
  ]

  /// Of one item of `Annotated` metadata, a field object left out.
  static func of(_ item: PythonValue) -> [(name: String, value: PythonValue)] {
    guard case .instance(let instance) = item else { return [] }
    var found: [(name: String, value: PythonValue)] = []
    let type = TypeName.canonical(of: instance.type).map(TypeName.last) ?? ""
    let positional = positionalNames[type] ?? []
    for name in names {
      var value = instance.attributes[name] ?? instance.arguments[name]
      if value == nil, let index = positional.firstIndex(of: name), index < instance.arguments.positional.count {
        value = instance.arguments.positional[index]
      }
      if value == nil, type == "Strict", name == "strict" { value = .bool(true) }
      if value == nil, type == "Len", name == "min_length" { value = .integer(0) }
      guard let value, !FieldMarker.isUnset(value) else { continue }
      if case .none = value { continue }
      found.append((name, value))
    }
    return found
  }

  /// Parameters of the classes of `annotated_types` and `pydantic.types`, in order.
  private static let positionalNames: [String: [String]] = [
    "Gt": ["gt"], "Ge": ["ge"], "Lt": ["lt"], "Le": ["le"], "MultipleOf": ["multiple_of"], "MinLen": ["min_length"],
    "MaxLen": ["max_length"], "Len": ["min_length", "max_length"], "Strict": ["strict"],
    "Discriminator": ["discriminator"],
  ]

  /// As JSON; what has no JSON form is its Python text.
  static func json(_ value: PythonValue) -> JSONValue {
    switch value {
    case .bool(let flag): .bool(flag)
    case .integer(let number): .number(Double(number))
    case .double(let number): number.isFinite ? .number(number) : .string(PythonText.double(number))
    case .string(let text): .string(text)
    case .instance(let object) where TypeName.canonical(of: object.type) == "re.Pattern": .string(compiled(object))
    default: .string(PythonText.representation(of: value))
    }
  }

  /// `repr` of a compiled pattern.
  private static func compiled(_ object: InstanceObject) -> String {
    let pattern = object.attributes["pattern"].map { PythonText.representation(of: $0) } ?? "''"
    let flags = object.attributes["flags"].map { ", " + PythonText.representation(of: $0) } ?? ""
    return "re.compile(\(pattern)\(flags))"
  }
}
