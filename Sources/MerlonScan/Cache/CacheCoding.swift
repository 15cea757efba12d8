import MerlonBase

/// A value that the cache keeps, written field by field without names: what is read back must have been written by the
/// same build, which the key of the file sees to.
protocol CacheCodable {
  func write(to writer: inout CacheWriter)
  init(from reader: inout CacheReader) throws(CacheDamage)
}

/// What was read is no value that was written.
struct CacheDamage: Error {}

/// Bytes of values, one after another.
struct CacheWriter {
  private(set) var bytes: [UInt8] = []
  /// Texts that were written, by their position in the order of writing: paths and names come often.
  private var texts: [String: Int] = [:]

  mutating func write(byte: UInt8) { bytes.append(byte) }

  /// Seven bits a byte, low ones first; small numbers of either sign are short.
  mutating func write(_ number: Int) {
    var rest = UInt64(bitPattern: Int64((number << 1) ^ (number >> (Int.bitWidth - 1))))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(raw content: [UInt8]) {
    write(content.count)
    bytes += content
  }

  mutating func write(_ text: String) {
    if let known = texts[text] { return write(known) }
    write(texts.count)
    texts[text] = texts.count
    write(raw: Array(text.utf8))
  }

  mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func write(_ value: some CacheCodable) { value.write(to: &self) }

  mutating func write(_ values: [some CacheCodable]) {
    write(values.count)
    for value in values { value.write(to: &self) }
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout CacheWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }
}

/// Reads what a `CacheWriter` wrote; any bytes are safe to read.
struct CacheReader {
  private let bytes: [UInt8]
  private var position = 0
  private var texts: [String] = []
  /// Values inside of one another, to bound the stack.
  private(set) var depth = 0

  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func readByte() throws(CacheDamage) -> UInt8 {
    guard position < bytes.count else { throw CacheDamage() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func readInt() throws(CacheDamage) -> Int {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
      guard shift < 64 else { throw CacheDamage() }
    }
    return Int(Int64(bitPattern: (result >> 1) ^ (0 &- (result & 1))))
  }

  /// A number of things that take at least a byte each.
  mutating func readCount() throws(CacheDamage) -> Int {
    let count = try readInt()
    guard count >= 0, count <= bytes.count - position else { throw CacheDamage() }
    return count
  }

  mutating func readUInt32() throws(CacheDamage) -> UInt32 {
    guard let number = UInt32(exactly: try readInt()) else { throw CacheDamage() }
    return number
  }

  mutating func readRaw() throws(CacheDamage) -> [UInt8] {
    let count = try readCount()
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func readString() throws(CacheDamage) -> String {
    let index = try readInt()
    if index == texts.count {
      guard let text = String(validating: try readRaw(), as: UTF8.self) else { throw CacheDamage() }
      texts.append(text)
      return text
    }
    guard texts.indices.contains(index) else { throw CacheDamage() }
    return texts[index]
  }

  mutating func readBool() throws(CacheDamage) -> Bool {
    switch try readByte() {
    case 0: false
    case 1: true
    default: throw CacheDamage()
    }
  }

  mutating func read<Value: CacheCodable>(_ type: Value.Type = Value.self) throws(CacheDamage) -> Value {
    guard depth < Self.deepest else { throw CacheDamage() }
    depth += 1
    defer { depth -= 1 }
    return try Value(from: &self)
  }

  mutating func readArray<Value: CacheCodable>(of type: Value.Type = Value.self) throws(CacheDamage) -> [Value] {
    let count = try readCount()
    var result: [Value] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(try read()) }
    return result
  }

  mutating func readOptional<Value>(
    _ body: (inout CacheReader) throws(CacheDamage) -> Value
  ) throws(CacheDamage) -> Value? {
    try readBool() ? try body(&self) : nil
  }

  mutating func readCase<Value: RawRepresentable>(
    _ type: Value.Type = Value.self
  ) throws(CacheDamage) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try readString()) else { throw CacheDamage() }
    return value
  }
}
