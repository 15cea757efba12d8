import Glibc
import MerlonBase

/// The text of a file as the lexer wants it: UTF-8 without byte order mark.
struct SourceText: ~Copyable {
  private(set) var bytes: [UInt8]
  private(set) var diagnostics: [SyntaxDiagnostic] = []
  private var hasReturn = false
  private var hasZero = false

  init(_ file: [UInt8]) {
    bytes = file
    let traits = SourceText.traits(file)
    hasReturn = traits.hasReturn
    hasZero = traits.hasZero
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { bytes.removeFirst(3) }
    decode(hasMark: hasMark, isASCII: traits.isASCII)
    if hasZero, let zero = bytes.firstIndex(of: 0) {
      note("source code cannot contain null bytes", zero, zero + 1)
    }
  }

  private mutating func note(_ message: String, _ start: Int, _ end: Int) {
    diagnostics.append(SyntaxDiagnostic(range: TextRange(start: UInt32(start), end: UInt32(end)), message: message))
  }

  // MARK: Encodings

  /// Converts what the cookie declares (PEP 263).
  private mutating func decode(hasMark: Bool, isASCII: Bool) {
    guard let cookie = EncodingCookie(bytes) else {
      if !isASCII { repairUTF8() }
      return
    }
    let encoding = Charset(named: cookie.name)
    if hasMark {
      // CPython compares the name as it stands here, without looking for aliases.
      if !Charset.isPlainUTF8(cookie.name) {
        note("encoding problem: `\(cookie.name)` with BOM", cookie.start, cookie.end)
      }
      if !isASCII { repairUTF8() }
      return
    }
    switch encoding {
    case .utf8:
      if !isASCII { repairUTF8() }
    case .ascii:
      if isASCII { return }
      let first = bytes.firstIndex { $0 >= 0x80 } ?? 0
      repairUTF8()
      note("`ascii` codec can't decode byte 0x\(String(bytes[first], radix: 16))", first, first + 1)
    case .table(let table):
      if !isASCII { decode(table) }
    case .unreadable:
      if isASCII { return }
      repairUTF8()
      note("files in the encoding `\(cookie.name)` can't be read; store it as UTF-8", cookie.start, cookie.end)
    case .unknown:
      if !isASCII { repairUTF8() }
      note("unknown encoding: `\(cookie.name)`", cookie.start, cookie.end)
    }
  }

  private mutating func decode(_ table: [Unicode.Scalar]) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 3 / 2)
    var bad: Int?
    for byte in bytes {
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      let scalar = table[Int(byte) - 0x80]
      if scalar == "\u{FFFD}" && bad == nil { bad = text.count }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    bytes = text
    if let bad { note("the file has a byte that its encoding has no character for", bad, bad + 3) }
  }

  /// Replaces what is no UTF-8, so that the text is valid from here on.
  private mutating func repairUTF8() {
    let isValid = bytes.withUnsafeBufferPointer { SourceText.firstInvalid($0) }
    guard let bad = isValid else { return }
    let byte = String(bytes[bad], radix: 16)
    bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    note("the file is no UTF-8: it has the byte 0x\(byte)", bad, bad + 1)
  }

  /// Offset of the first byte that belongs to no valid UTF-8 sequence.
  private static func firstInvalid(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let count = text.count
    var p = 0
    while p < count {
      let first = text[p]
      if first < 0x80 {
        p += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF:
        length = 3
        if first == 0xE0 { low = 0xA0 }
        if first == 0xED { high = 0x9F }
      case 0xF0...0xF4:
        length = 4
        if first == 0xF0 { low = 0x90 }
        if first == 0xF4 { high = 0x8F }
      default: return p
      }
      if p + length > count || text[p + 1] < low || text[p + 1] > high { return p }
      for offset in 2..<length where text[p + offset] & 0xC0 != 0x80 { return p }
      p += length
    }
    return nil
  }

  // MARK: What the lexer and the tree need

  private static func traits(_ file: [UInt8]) -> (isASCII: Bool, hasReturn: Bool, hasZero: Bool) {
    file.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return (true, false, false) }
      var high: UInt8 = 0
      for byte in bytes { high |= byte }
      return (high < 0x80, memchr(base, 0x0D, bytes.count) != nil, memchr(base, 0, bytes.count) != nil)
    }
  }

  /// Copies the text with zero bytes behind it; those inside become spaces.
  func copy(to target: UnsafeMutablePointer<UInt8>, padding: Int) {
    let count = bytes.count
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { target.update(from: start, count: count) }
    }
    (target + count).update(repeating: 0, count: padding)
    if hasZero {
      for index in 0..<count where target[index] == 0 { target[index] = 0x20 }
    }
  }

  /// Offset of the first byte of each line; `\n`, `\r\n` and `\r` end one.
  func lineStarts() -> ContiguousArray<UInt32> {
    var starts = ContiguousArray<UInt32>()
    starts.reserveCapacity(bytes.count / 32 + 1)
    starts.append(0)
    bytes.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      var index = 0
      if !hasReturn {
        let end = base + source.count
        var line = base
        while let feed = memchr(line, 0x0A, end - line) {
          line = UnsafePointer(feed.assumingMemoryBound(to: UInt8.self)) + 1
          starts.append(UInt32(truncatingIfNeeded: line - base))
        }
        return
      }
      while index < source.count {
        let byte = source[index]
        index += 1
        if byte == 0x0A {
          starts.append(UInt32(truncatingIfNeeded: index))
        } else if byte == 0x0D {
          if index < source.count && source[index] == 0x0A { index += 1 }
          starts.append(UInt32(truncatingIfNeeded: index))
        }
      }
    }
    return starts
  }
}

/// The comment that declares a file's encoding, in its first or second line (PEP 263).
private struct EncodingCookie {
  var name: String
  var start: Int
  var end: Int

  init?(_ bytes: [UInt8]) {
    var p = 0
    for _ in 0..<2 {
      let lineStart = p
      while p < bytes.count, bytes[p] != 0x0A, bytes[p] != 0x0D { p += 1 }
      let line = bytes[lineStart..<p]
      if let found = EncodingCookie.name(in: line) {
        name = String(decoding: bytes[found], as: UTF8.self)
        start = found.lowerBound
        end = found.upperBound
        return
      }
      // A first line that holds code ends the search.
      let first = line.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0C }
      if let first, first != UInt8(ascii: "#") { return nil }
      if p < bytes.count { p += bytes[p] == 0x0D && p + 1 < bytes.count && bytes[p + 1] == 0x0A ? 2 : 1 }
    }
    return nil
  }

  /// Where the name stands in `^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`.
  private static func name(in line: ArraySlice<UInt8>) -> Range<Int>? {
    guard let hash = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0C }),
      line[hash] == UInt8(ascii: "#")
    else { return nil }
    let word = Array("coding".utf8)
    var p = hash + 1
    while p + word.count < line.endIndex {
      let sign = line[p + word.count]
      guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: "="), line[p..<(p + word.count)].elementsEqual(word)
      else {
        p += 1
        continue
      }
      var from = p + word.count + 1
      while from < line.endIndex, line[from] == 0x20 || line[from] == 0x09 { from += 1 }
      var to = from
      while to < line.endIndex, isNamePart(line[to]) { to += 1 }
      if to > from { return from..<to }
      p += 1
    }
    return nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }
}

/// How the bytes of a file become characters.
private enum Charset: Equatable {
  case utf8, ascii
  /// The characters of the bytes from 128 on.
  case table([Unicode.Scalar])
  /// One that CPython reads and Merlon does not.
  case unreadable
  case unknown

  init(named name: String) {
    let dashed = Charset.dashed(name)
    if Charset.isPlainUTF8(name) {
      self = .utf8
      return
    }
    for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] where dashed == latin || dashed.hasPrefix(latin + "-") {
      self = .table(Charset.latin1)
      return
    }
    // As `encodings.normalize_encoding`: what separates the parts does not matter.
    let parts = dashed.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let key = parts.joined(separator: "_")
    switch key {
    case "utf_8", "utf8", "u8", "utf", "cp65001", "utf8_ucs2", "utf8_ucs4": self = .utf8
    case "ascii", "us_ascii", "646", "us", "ansi_x3_4_1968", "iso646_us", "iso_646_irv_1991", "cp367", "ibm367":
      self = .ascii
    case "latin_1", "latin1", "iso_8859_1", "latin", "l1", "8859", "cp819", "iso8859", "iso8859_1", "iso_ir_100",
      "ibm819",
      "csisolatin1", "iso_8859_1_1987":
      self = .table(Charset.latin1)
    case "iso_8859_15": self = Charset.find("iso8859_15")
    default: self = Charset.find(key)
    }
  }

  /// True for `utf-8` in any case, with underscores or dashes and anything behind a further dash.
  static func isPlainUTF8(_ name: String) -> Bool {
    let dashed = dashed(name)
    return dashed == "utf-8" || dashed.hasPrefix("utf-8-")
  }

  /// As CPython's `get_normal_name`.
  private static func dashed(_ name: String) -> String { name.lowercased().replacing("_", with: "-") }

  private static let latin1 = (UInt32(0x80)...0xFF).compactMap(Unicode.Scalar.init)

  private static func find(_ key: String) -> Charset {
    let wanted = Array(key.utf8)
    for (names, characters) in UnicodeNames.entries(UnicodeTables.charsets) {
      if names.split(separator: UInt8(ascii: ",")).contains(where: { $0.elementsEqual(wanted) }) {
        let table = UnicodeNames.scalars(characters)
        return table.count == 128 ? .table(table) : .unreadable
      }
    }
    let others = UnicodeTables.multibyte
    let known = UnsafeBufferPointer(start: others.utf8Start, count: others.utf8CodeUnitCount)
      .split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x0A }
    return known.contains { $0.elementsEqual(wanted) } ? .unreadable : .unknown
  }
}
