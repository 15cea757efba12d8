/// A JSON text as a tree, for reading back small files of our own: baselines, reports, caches.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// Any number; integers up to 2^53 are exact.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text; keys are unique (the reader refuses doubles).
  case object([Member])

  /// One member of an object.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var value: JSONValue

    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// Reads a whole text that keeps to RFC 8259 to the letter.
  ///
  /// - Throws: `JSONError` with the place of the first fault: bad syntax, invalid UTF-8, a lone surrogate, a double
  ///   key, or arrays and objects nested deeper than `JSONReader.maximumDepth`.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }

  /// The member called `key`, when this is an object that has it.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  public var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  public var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The value when it is a whole number that `Double` holds exactly.
  public var integer: Int? {
    guard case .number(let number) = self, number.magnitude <= 9_007_199_254_740_992 else { return nil }
    return Int(exactly: number)
  }
}

/// Why a text is not JSON.
public struct JSONError: Error, Sendable, Hashable {
  /// Where it is wrong; the column counts bytes from 0.
  public var position: SourcePosition
  /// What was expected or found, lower case, no full stop.
  public var message: String

  public init(position: SourcePosition, message: String) {
    self.position = position
    self.message = message
  }
}

/// The reader behind `JSONValue.init(parsing:)`.
public struct JSONReader: Sendable {
  /// Deepest nesting of arrays and objects that is read.
  public static let maximumDepth = 128

  private let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw error("expected the end of the text") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard let byte = peek() else { throw error("expected a value, found the end of the text") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> [JSONValue.Member] {
    try open(depth: depth)
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    if accept(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
      let start = index
      let key = try string()
      guard keys.insert(key).inserted else { throw error("the key `\(key)` is there twice", at: start) }
      skipSpace()
      guard accept(UInt8(ascii: ":")) else { throw error("expected `:` after the key") }
      skipSpace()
      members.append(.init(key: key, value: try value(depth: depth)))
      skipSpace()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "}")) else { throw error("expected `,` or `}`") }
    return members
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    try open(depth: depth)
    var elements: [JSONValue] = []
    if accept(UInt8(ascii: "]")) { return elements }
    repeat {
      skipSpace()
      elements.append(try value(depth: depth))
      skipSpace()
    } while accept(UInt8(ascii: ","))
    guard accept(UInt8(ascii: "]")) else { throw error("expected `,` or `]`") }
    return elements
  }

  private mutating func open(depth: Int) throws(JSONError) {
    guard depth <= Self.maximumDepth else {
      throw error("nested deeper than \(Self.maximumDepth) arrays and objects")
    }
    index += 1
    skipSpace()
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[index...].starts(with: text.utf8) else { throw error("expected a value") }
    index += text.utf8.count
    return value
  }

  /// Section 6: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  private mutating func number() throws(JSONError) -> Double {
    let start = index
    _ = accept(UInt8(ascii: "-"))
    if !accept(UInt8(ascii: "0")) { try digits() }
    if accept(UInt8(ascii: ".")) { try digits() }
    if accept(UInt8(ascii: "e")) || accept(UInt8(ascii: "E")) {
      if !accept(UInt8(ascii: "+")) { _ = accept(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let number = Double(text), number.isFinite else { throw error("a number out of range", at: start) }
    return number
  }

  private mutating func digits() throws(JSONError) {
    let start = index
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    guard index > start else { throw error("expected a digit") }
  }

  private mutating func string() throws(JSONError) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw error("a string that is not valid UTF-8", at: start)
        }
        return valid
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &text)
      case 0..<0x20: throw error("a control character in a string must be escaped")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw error("a string without its closing quote", at: start)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let start = index - 1
    guard let byte = peek() else { throw error("a string without its closing quote", at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800...0xDBFF).contains(code), accept(UInt8(ascii: "\\")), accept(UInt8(ascii: "u")) {
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low) else { throw error("half of a surrogate pair", at: start) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair", at: start) }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error("an escape that JSON does not know", at: start)
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("expected four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }

  private func peek() -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private func error(_ message: String) -> JSONError { error(message, at: index) }

  private func error(_ message: String, at offset: Int) -> JSONError {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(into: 1) { count, byte in if byte == 0x0A { count += 1 } }
    return JSONError(position: SourcePosition(line: line, column: offset - lineStart), message: message)
  }
}
