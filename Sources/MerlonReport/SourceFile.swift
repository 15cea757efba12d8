import MerlonBase

/// Reads each file that a report quotes once.
final class SourceCache {
  private let read: (String) -> [UInt8]?
  private var files: [String: SourceFile?] = [:]

  init(read: @escaping (String) -> [UInt8]?) {
    self.read = read
  }

  func file(_ path: String) -> SourceFile? {
    if let known = files[path] { return known }
    let file = read(path).map(SourceFile.init)
    files[path] = .some(file)
    return file
  }
}

/// A file as lines of bytes. It may hold anything: what is not UTF-8 counts as one replacement character a byte.
struct SourceFile {
  private let bytes: [UInt8]
  /// Where each line starts, ordered.
  private let lineStarts: [Int]

  init(bytes: [UInt8]) {
    // A byte order mark is no part of the first line: columns count behind it.
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var starts = [start]
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == newline || (byte == carriageReturn && (index == bytes.count || bytes[index] != newline)) {
        starts.append(index)
      }
    }
    self.bytes = bytes
    lineStarts = starts
  }

  var lineCount: Int { lineStarts.count }

  /// The bytes of line `number` (from 1) without its line break; nil when the file has no such line.
  func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] : bytes.count
    if end > start, bytes[end - 1] == newline { end -= 1 }
    if end > start, bytes[end - 1] == carriageReturn { end -= 1 }
    return bytes[start..<end]
  }

  /// Column in Unicode scalars, from 1.
  func characterColumn(_ position: SourcePosition) -> Int? {
    column(position) { _ in 1 }
  }

  /// Column in UTF-16 code units, from 1.
  func utf16Column(_ position: SourcePosition) -> Int? {
    column(position) { UTF16.width($0) }
  }

  private func column(_ position: SourcePosition, count: (Unicode.Scalar) -> Int) -> Int? {
    guard let line = line(position.line) else { return nil }
    var column = 1
    var index = line.startIndex
    let end = min(line.startIndex + max(0, position.column), line.endIndex)
    while index < end {
      let (scalar, length) = decodedScalar(line, at: index)
      column += count(scalar)
      index += length
    }
    return column
  }
}

/// The scalar at `index`, which must be inside `bytes`, and how many bytes it takes; U+FFFD and 1 when the bytes there
/// are not UTF-8.
func decodedScalar(_ bytes: ArraySlice<UInt8>, at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
  let first = bytes[index]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
  guard length > 0, index + length <= bytes.endIndex else { return ("\u{FFFD}", 1) }
  var value = UInt32(first) & (0x7F >> UInt32(length))
  for byte in bytes[(index + 1)..<(index + length)] {
    guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  // Overlong forms and surrogates are no characters.
  guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value) else {
    return ("\u{FFFD}", 1)
  }
  return (scalar, length)
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
