extension JSONWriter {
  /// A whole tree; numbers without a fraction are written without a decimal point.
  public mutating func value(_ tree: JSONValue) {
    switch tree {
    case .null: null()
    case .bool(let flag): value(flag)
    case .number(let number):
      if let integer = tree.integer { value(integer) } else { value(number) }
    case .string(let text): value(text)
    case .array(let elements):
      beginArray()
      for element in elements { value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        value(member.value)
      }
      endObject()
    }
  }
}

extension JSONValue {
  /// The text of this value.
  public func text(layout: JSONWriter.Layout) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.value(self)
    return writer.bytes
  }

  /// Sets a member of an object, in its place when it is there already; does nothing to other values.
  public mutating func set(_ key: String, _ value: JSONValue) {
    guard case .object(var members) = self else { return }
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(Member(key: key, value: value))
    }
    self = .object(members)
  }

  /// Takes a member out of an object.
  @discardableResult public mutating func remove(_ key: String) -> JSONValue? {
    guard case .object(var members) = self, let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    let value = members.remove(at: index).value
    self = .object(members)
    return value
  }

  /// Equality as JSON has it: the order of members does not matter.
  public func isEquivalent(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return false }
      if zip(left, right).allSatisfy({ $0.key == $1.key && $0.value.isEquivalent(to: $1.value) }) { return true }
      let lookup = Dictionary(right.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      return left.allSatisfy { member in lookup[member.key].map { member.value.isEquivalent(to: $0) } ?? false }
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
    default: return self == other
    }
  }
}
