import MerlonBase

/// Attributes of an object, read as plain values.
struct ObjectReader {
  let interpreter: Interpreter
  let object: PythonValue

  init(_ object: PythonValue, _ interpreter: Interpreter) {
    self.object = object
    self.interpreter = interpreter
  }

  /// Nil where there is no such attribute, and for `None`.
  subscript(name: String) -> PythonValue? {
    guard let value = interpreter.attribute(name, of: object) else { return nil }
    let settled = CallableReference.settled(value)
    if case .none = settled { return nil }
    return settled
  }

  func text(_ name: String) -> String? { self[name].flatMap { PlainValue.text(of: $0) } }
  func flag(_ name: String) -> Bool? { self[name].flatMap { PlainValue.flag(of: $0) } }
  func integer(_ name: String) -> Int? { self[name].flatMap { PlainValue.integer(of: $0) } }
  func elements(_ name: String) -> [PythonValue] {
    self[name].map { PythonSequence.elements(of: $0, interpreter) } ?? []
  }
  func texts(_ name: String) -> [String] { elements(name).compactMap { PlainValue.text(of: $0) } }
}

/// Python values as Swift ones; members of enumerations count as their values.
enum PlainValue {
  /// The value of a member of an enumeration.
  private static func member(_ instance: InstanceObject) -> PythonValue? {
    instance.attributes["_value_"] ?? instance.attributes["value"]
  }

  static func text(of value: PythonValue) -> String? {
    switch CallableReference.settled(value) {
    case .string(let text): text
    case .instance(let instance): member(instance).flatMap { text(of: $0) }
    default: nil
    }
  }

  static func flag(of value: PythonValue) -> Bool? {
    switch CallableReference.settled(value) {
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .none: false
    default: nil
    }
  }

  static func integer(of value: PythonValue) -> Int? {
    switch CallableReference.settled(value) {
    case .integer(let number): number
    case .instance(let instance): member(instance).flatMap { integer(of: $0) }
    default: nil
    }
  }

  /// As JSON, where the value has a JSON form; members of enumerations are their values.
  static func json(_ value: PythonValue, depth: Int = 0) -> JSONValue? {
    guard depth < 20 else { return nil }
    switch value {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .integer(let number): return .number(Double(number))
    case .double(let number): return number.isFinite ? .number(number) : nil
    case .string(let text): return .string(text)
    case .list(let list), .set(let list):
      let elements = list.elements.map { json($0, depth: depth + 1) }
      return elements.contains { $0 == nil } ? nil : .array(elements.compactMap(\.self))
    case .tuple(let values):
      let elements = values.map { json($0, depth: depth + 1) }
      return elements.contains { $0 == nil } ? nil : .array(elements.compactMap(\.self))
    case .dictionary(let dictionary):
      var members: [JSONValue.Member] = []
      for entry in dictionary.entries {
        guard let key = text(of: entry.key), let value = json(entry.value, depth: depth + 1) else { return nil }
        members.append(.init(key: key, value: value))
      }
      return .object(members)
    case .instance(let instance): return member(instance).flatMap { json($0, depth: depth + 1) }
    default: return nil
    }
  }
}
