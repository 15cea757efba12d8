#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The names of one file, each with a small number. Keywords are seeded first, so that the number tells them apart.
///
/// Open addressing over the bytes; a slot holds the upper half of the hash beside the number, so that a look-up
/// touches the text of one candidate as a rule.
struct NameTable: ~Copyable {
  struct Entry {
    var bytes: UnsafePointer<UInt8>
    var count: Int
    var hash: UInt64
  }

  static let keywords: [StaticString] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
  static let softKeywords: [StaticString] = ["match", "case", "type", "_", "print", "exec"]

  /// Numbers up to this one are keywords.
  static let lastKeyword: UInt32 = 35
  static let match: UInt32 = 36
  static let `case`: UInt32 = 37
  static let type: UInt32 = 38
  static let underscore: UInt32 = 39
  static let print: UInt32 = 40
  static let exec: UInt32 = 41

  private(set) var entries: UnsafeMutablePointer<Entry>
  private(set) var count: Int
  private var capacity: Int
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  /// Texts that do not stand in the source as they are.
  private var owned: [UnsafeMutablePointer<UInt8>] = []

  init(expecting names: Int) {
    var size = 256
    while size < names * 2 { size *= 2 }
    capacity = size / 2
    mask = size - 1
    entries = .allocate(capacity: capacity)
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    count = 1
    let nothing: StaticString = ""
    entries[0] = Entry(bytes: nothing.utf8Start, count: 0, hash: 0)
    for keyword in NameTable.keywords { _ = find(keyword.utf8Start, keyword.utf8CodeUnitCount) }
    for keyword in NameTable.softKeywords { _ = find(keyword.utf8Start, keyword.utf8CodeUnitCount) }
  }

  deinit {
    entries.deallocate()
    slots.deallocate()
    for text in owned { text.deallocate() }
  }

  /// The number of a name whose bytes stay in place as long as the table lives.
  @inline(__always) mutating func find(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let hash = NameTable.hash(bytes, length)
    var slot = Int(truncatingIfNeeded: hash >> 20) & mask
    while true {
      let value = slots[slot]
      if value == 0 { return insert(bytes, length, hash, slot) }
      if (value ^ hash) >> 32 == 0 {
        let index = Int(value & 0xFFFF_FFFF)
        let entry = entries[index]
        if entry.count == length && memcmp(entry.bytes, bytes, length) == 0 { return UInt32(truncatingIfNeeded: index) }
      }
      slot = (slot + 1) & mask
    }
  }

  /// The number of a name whose bytes are only borrowed.
  mutating func find(copying text: some Collection<UInt8>) -> UInt32 {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + 8)
    var length = 0
    for byte in text {
      copy[length] = byte
      length += 1
    }
    owned.append(copy)
    return find(UnsafePointer(copy), length)
  }

  /// The number of bytes of a name.
  func length(_ index: UInt32) -> Int { entries[Int(index)].count }

  /// The text of a name.
  func string(_ index: UInt32) -> String {
    let entry = entries[Int(index)]
    return String(decoding: UnsafeBufferPointer(start: entry.bytes, count: entry.count), as: UTF8.self)
  }

  /// All names as strings, in the order of their numbers.
  func strings() -> ContiguousArray<String> {
    var result = ContiguousArray<String>()
    result.reserveCapacity(count)
    result.append("")
    for index in 1..<count { result.append(string(UInt32(index))) }
    return result
  }

  @inline(never) private mutating func insert(
    _ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ slot: Int
  ) -> UInt32 {
    let index = count
    if index == capacity { grow() }
    entries[index] = Entry(bytes: bytes, count: length, hash: hash)
    count += 1
    if index * 2 > mask {
      rehash()
    } else {
      slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(index)
    }
    return UInt32(truncatingIfNeeded: index)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.update(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }

  private mutating func rehash() {
    let size = (mask + 1) * 2
    slots.deallocate()
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    mask = size - 1
    for index in 1..<count {
      let hash = entries[index].hash
      var slot = Int(truncatingIfNeeded: hash >> 20) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(index)
    }
  }

  @inline(__always) private static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= length {
      let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 29
      index += 8
    }
    var tail: UInt64 = 0
    while index < length {
      tail = tail << 8 | UInt64(bytes[index])
      index += 1
    }
    hash = (hash ^ tail) &* 0xFF51_AFD7_ED55_8CCD
    return hash ^ (hash >> 31)
  }
}
