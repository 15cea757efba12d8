import MerlonBase

/// Text that was taken out of a file, with the place that each of its bytes came from: line continuations, YAML
/// folding and quotes are gone, yet a finding still points to the word that it is about.
struct PlacedText: Sendable {
  private enum Origin {
    /// The bytes follow each other from this offset.
    case contiguous(UInt32)
    /// One offset a byte, ascending.
    case table([UInt32])
    /// The bytes can't be told apart: everything has this range.
    case whole(TextRange)
  }

  let bytes: [UInt8]
  private let origin: Origin

  init(_ bytes: some Collection<UInt8>, from offset: Int) {
    self.bytes = Array(bytes)
    origin = .contiguous(UInt32(clamping: offset))
  }

  init(_ bytes: [UInt8], offsets: [UInt32]) {
    self.bytes = bytes
    origin = .table(offsets)
  }

  init(_ text: String, within range: TextRange) {
    bytes = Array(text.utf8)
    origin = .whole(range)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Place of the bytes `start ..< end` in the file.
  func range(_ start: Int, _ end: Int) -> TextRange {
    switch origin {
    case .contiguous(let offset):
      return TextRange(start: offset + UInt32(clamping: start), end: offset + UInt32(clamping: end))
    case .whole(let range):
      return range
    case .table(let offsets):
      guard let first = start < offsets.count ? offsets[start] : offsets.last.map({ $0 + 1 }) else {
        return TextRange(start: 0, end: 0)
      }
      guard end > start, end - 1 < offsets.count else { return TextRange(start: first, end: first) }
      return TextRange(start: first, end: offsets[end - 1] + 1)
    }
  }

  var range: TextRange { range(0, bytes.count) }

  /// Place of one byte; nil where bytes can't be told apart.
  func offset(_ index: Int) -> UInt32? {
    switch origin {
    case .contiguous(let offset): offset + UInt32(clamping: index)
    case .whole: nil
    case .table(let offsets): index < offsets.count ? offsets[index] : nil
    }
  }

  /// Place of each byte; empty where they can't be told apart.
  var offsets: [UInt32] { bytes.indices.compactMap(offset) }

  /// The part `start ..< end`.
  func part(_ start: Int, _ end: Int) -> PlacedText {
    let start = min(max(start, 0), bytes.count)
    let end = min(max(end, start), bytes.count)
    let part = Array(bytes[start..<end])
    switch origin {
    case .contiguous(let offset): return PlacedText(part, from: Int(offset) + start)
    case .whole(let range): return PlacedText(String(decoding: part, as: UTF8.self), within: range)
    case .table(let offsets): return PlacedText(part, offsets: Array(offsets[start..<min(end, offsets.count)]))
    }
  }
}

/// A line of a file without its line break (`\n` or `\r\n`).
struct FileLine: Sendable {
  /// Offset of its first byte.
  let start: Int
  let bytes: ArraySlice<UInt8>

  /// The lines of a file; a byte order mark is no part of the first.
  static func lines(of bytes: [UInt8]) -> [FileLine] {
    var lines: [FileLine] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var index = start
    while index <= bytes.count {
      if index == bytes.count || bytes[index] == UInt8(ascii: "\n") {
        var end = index
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        if index < bytes.count || end > start { lines.append(FileLine(start: start, bytes: bytes[start..<end])) }
        start = index + 1
      }
      index += 1
    }
    return lines
  }

  /// The line without white space at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = bytes
    while let first = slice.first, isBlank(first) { slice.removeFirst() }
    while let last = slice.last, isBlank(last) { slice.removeLast() }
    return slice
  }

  var isIndented: Bool { bytes.first.map(isBlank) ?? false }
}

/// True for a space and a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// True for what may stand in the name of a variable.
func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
    true
  default: false
  }
}
