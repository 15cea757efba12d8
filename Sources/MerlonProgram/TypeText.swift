/// An annotation that was written as a string.
indirect enum TypeText: Hashable {
  case name([String])
  case generic([String], [TypeText])
  case union([TypeText])
  case none
  /// Something that is not read (a literal, a list of parameter types).
  case other
}

/// Reads the annotations that occur in strings: dotted names, subscripts and unions.
struct TypeTextParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init?(_ text: String) { bytes = Array(text.utf8) }

  /// The whole text as a type; nil when it is something else.
  mutating func parse() -> TypeText? {
    guard let result = union() else { return nil }
    skipSpace()
    return position == bytes.count ? result : nil
  }

  private mutating func union() -> TypeText? {
    guard depth < 20, let first = primary() else { return nil }
    var parts = [first]
    while take(UInt8(ascii: "|")) {
      guard let next = primary() else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? first : .union(parts)
  }

  private mutating func primary() -> TypeText? {
    skipSpace()
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return quoted(byte) }
    if byte == UInt8(ascii: "[") {
      position += 1
      return arguments() == nil ? nil : .other
    }
    guard let name = dottedName() else {
      return number()
    }
    guard take(UInt8(ascii: "[")) else { return name == ["None"] ? TypeText.none : .name(name) }
    return arguments().map { .generic(name, $0) }
  }

  private mutating func arguments() -> [TypeText]? {
    depth += 1
    defer { depth -= 1 }
    var result: [TypeText] = []
    while !take(UInt8(ascii: "]")) {
      guard let next = union() else { return nil }
      result.append(next)
      if !take(UInt8(ascii: ",")) {
        guard take(UInt8(ascii: "]")) else { return nil }
        break
      }
    }
    return result
  }

  private mutating func quoted(_ quote: UInt8) -> TypeText? {
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
    let inner = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    position = end + 1
    guard depth < 20, var parser = TypeTextParser(inner) else { return nil }
    parser.depth = depth + 1
    return parser.parse() ?? .other
  }

  /// A number or `...`, as arguments of `Literal` and `tuple`.
  private mutating func number() -> TypeText? {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) || bytes[position] == UInt8(ascii: ".") {
      position += 1
    }
    return position > start ? .other : nil
  }

  private mutating func dottedName() -> [String]? {
    var parts: [String] = []
    repeat {
      skipSpace()
      let start = position
      while position < bytes.count, Self.isNameByte(bytes[position], first: position == start) { position += 1 }
      guard position > start else { return nil }
      parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
    } while take(UInt8(ascii: "."))
    return parts
  }

  private static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
    byte == 0x5F || byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || (!first && (0x30...0x39).contains(byte))
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 || bytes[position] == 0x0A {
      position += 1
    }
  }
}
