import MerlonBase

/// Python values as JSON, as `pydantic_core.to_jsonable_python` and `fastapi.encoders.jsonable_encoder` write them.
struct ValueEncoder {
  let interpreter: Interpreter
  let fields: ModelFields

  /// Nil for what has no JSON form or is not known.
  func json(_ value: PythonValue, depth: Int = 0) -> JSONValue? {
    guard depth < 40 else { return nil }
    switch value.settled {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .integer(let number): return .number(Double(number))
    case .double(let number):
      if number.isFinite { return .number(number) }
      return number.isNaN ? .string("NaN") : .string(number < 0 ? "-Infinity" : "Infinity")
    case .string(let text): return .string(text)
    case .bytes(let bytes): return .string(String(decoding: bytes, as: UTF8.self))
    case .list(let list):
      return list.isOpen ? nil : array(list.elements, depth: depth)
    case .set(let list):
      guard !list.isOpen, case .array(let elements)? = array(list.elements, depth: depth) else { return nil }
      return .array(sorted(elements))
    case .tuple(let elements): return array(elements, depth: depth)
    case .dictionary(let dictionary): return object(dictionary, depth: depth)
    case .instance(let instance): return self.instance(instance, depth: depth)
    default: return nil
    }
  }

  /// JSON as the Python value that it stands for.
  static func python(_ json: JSONValue) -> PythonValue {
    switch json {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .number(let number): return json.integer.map { .integer($0) } ?? .double(number)
    case .string(let text): return .string(text)
    case .array(let elements): return .list(ListObject(elements.map { python($0) }))
    case .object(let members):
      return .dictionary(DictionaryObject(members.map { (.string($0.key), python($0.value)) }))
    }
  }

  private func array(_ elements: [PythonValue], depth: Int) -> JSONValue? {
    var result: [JSONValue] = []
    for element in elements {
      guard let value = json(element, depth: depth + 1) else { return nil }
      result.append(value)
    }
    return .array(result)
  }

  private func sorted(_ elements: [JSONValue]) -> [JSONValue] {
    let texts = elements.compactMap(\.string)
    if texts.count == elements.count { return texts.sorted().map { .string($0) } }
    let numbers = elements.compactMap(\.number)
    return numbers.count == elements.count ? numbers.sorted().map { .number($0) } : elements
  }

  private func object(_ dictionary: DictionaryObject, depth: Int) -> JSONValue? {
    guard !dictionary.isOpen else { return nil }
    var members: [JSONValue.Member] = []
    for entry in dictionary.entries {
      guard let key = key(entry.key), let value = json(entry.value, depth: depth + 1) else { return nil }
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value = value
      } else {
        members.append(.init(key: key, value: value))
      }
    }
    return .object(members)
  }

  func key(_ value: PythonValue) -> String? {
    switch json(value) {
    case .string(let text)?: text
    case .bool(let flag)?: flag ? "true" : "false"
    case .null?: "None"
    case .number(let number)?:
      Int(exactly: number).map(String.init) ?? String(number)
    default: nil
    }
  }

  private func instance(_ instance: InstanceObject, depth: Int) -> JSONValue? {
    if let value = EnumMembers.value(of: instance, interpreter) { return json(value, depth: depth + 1) }
    let name = instance.type.typeName ?? ""
    let arguments = instance.arguments.positional
    switch name {
    case "datetime.datetime", "datetime.date", "datetime.time": return temporal(name, instance)
    case "datetime.timedelta": return duration(instance)
    case "decimal.Decimal", "uuid.UUID", "pydantic.networks.AnyUrl", "pydantic.networks.HttpUrl",
      "pydantic.networks.AnyHttpUrl", "ipaddress.IPv4Address", "ipaddress.IPv6Address":
      return arguments.first.flatMap { text(of: $0) }.map { .string($0) }
    case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath":
      let parts = arguments.compactMap(\.stringValue)
      return parts.count == arguments.count ? .string(parts.isEmpty ? "." : parts.joined(separator: "/")) : nil
    case "pydantic.types.SecretStr", "pydantic.SecretStr": return .string("**********")
    default: break
    }
    guard let members = fields.fields(of: instance.type) else { return nil }
    if case .classObject(let type) = instance.type, fields.kind(of: type) == .root {
      return (instance.attributes["root"] ?? arguments.first).flatMap { json($0, depth: depth + 1) }
    }
    var result: [JSONValue.Member] = []
    for member in members where !member.isExcluded && !member.isComputed {
      let given =
        instance.attributes[member.name] ?? instance.arguments[member.name]
        ?? instance.arguments[member.validationAlias]
      guard let value = given ?? member.defaultValue ?? made(member.info.defaultFactory),
        let encoded = json(value, depth: depth + 1)
      else { return nil }
      result.append(.init(key: member.serializationAlias, value: encoded))
    }
    return .object(result)
  }

  private func made(_ factory: PythonValue?) -> PythonValue? {
    guard let factory else { return nil }
    return interpreter.call(factory, CallArguments())
  }

  private func text(of value: PythonValue) -> String? {
    switch value.settled {
    case .string(let text): text
    case .integer(let number): String(number)
    case .double(let number): PythonText.double(number)
    default: nil
    }
  }

  /// ISO 8601 of an object whose parts are all known.
  private func temporal(_ name: String, _ instance: InstanceObject) -> JSONValue? {
    let positional = instance.arguments.positional.compactMap(\.intValue)
    guard positional.count == instance.arguments.positional.count else { return nil }
    let names =
      name == "datetime.time"
      ? ["hour", "minute", "second", "microsecond"]
      : ["year", "month", "day"] + (name == "datetime.date" ? [] : ["hour", "minute", "second", "microsecond"])
    var parts: [Int] = []
    for (index, part) in names.enumerated() {
      let value = index < positional.count ? positional[index] : instance.arguments[part]?.intValue
      parts.append(value ?? 0)
    }
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    func clock(_ parts: ArraySlice<Int>) -> String {
      let values = Array(parts)
      guard values.count == 4 else { return "" }
      let text = "\(padded(values[0])):\(padded(values[1])):\(padded(values[2]))"
      return values[3] == 0 ? text : text + "." + padded(values[3], 6)
    }
    switch name {
    case "datetime.time": return .string(clock(parts[...]))
    case "datetime.date":
      guard parts[0] > 0 else { return nil }
      return .string("\(padded(parts[0], 4))-\(padded(parts[1]))-\(padded(parts[2]))")
    default:
      guard parts[0] > 0 else { return nil }
      return .string("\(padded(parts[0], 4))-\(padded(parts[1]))-\(padded(parts[2]))T\(clock(parts[3...]))")
    }
  }

  /// `P1DT2H3M4S`.
  private func duration(_ instance: InstanceObject) -> JSONValue? {
    func part(_ name: String, _ index: Int) -> Int {
      let positional = instance.arguments.positional
      return instance.arguments[name]?.intValue ?? (index < positional.count ? positional[index].intValue ?? 0 : 0)
    }
    var seconds = part("seconds", 1) + part("minutes", 4) * 60 + part("hours", 5) * 3_600
    seconds += (part("days", 0) + part("weeks", 6) * 7) * 86_400
    guard seconds >= 0 else { return nil }
    var text = "P"
    if seconds >= 86_400 { text += "\(seconds / 86_400)D" }
    seconds %= 86_400
    if seconds > 0 {
      text += "T"
      if seconds >= 3_600 { text += "\(seconds / 3_600)H" }
      if seconds % 3_600 >= 60 { text += "\(seconds % 3_600 / 60)M" }
      if seconds % 60 > 0 { text += "\(seconds % 60)S" }
    }
    return .string(text == "P" ? "PT0S" : text)
  }
}

/// Members of enumerations.
enum EnumMembers {
  /// What a member stands for; nil for instances of other classes.
  static func value(of instance: InstanceObject, _ interpreter: Interpreter) -> PythonValue? {
    guard let value = instance.attributes["_value_"] ?? instance.attributes["value"],
      interpreter.isSubclass(instance.type, of: "enum.Enum")
    else { return nil }
    return value
  }

  /// Values of the members of a class in order, aliases left out as `__members__` has them but equal values once.
  static func values(of type: ClassObject, _ interpreter: Interpreter) -> [PythonValue] {
    var found: [PythonValue] = []
    for name in type.namespace.names where !name.hasPrefix("_") {
      guard let value = type.namespace[name]?.settled else { continue }
      switch value {
      case .instance(let instance):
        if let inner = self.value(of: instance, interpreter) { found.append(inner) }
      case .function, .method, .native, .classObject, .module: continue
      default: found.append(value)
      }
    }
    return found
  }
}
