import MerlonBase

/// Makes the text of a finding comparable across reformatting.
enum SourceNormalizer {
  /// Longest normalised text that takes part in a fingerprint, in bytes: a marked class body need not be hashed whole.
  private static let maximumLength = 512

  /// Drops white space outside strings, comments, line joins and commas before a closing bracket; quotes become `"`.
  static func normalize(_ source: [UInt8], range: TextRange) -> String {
    let end = min(Int(range.end), source.count)
    var index = min(Int(range.start), end)
    var result: [UInt8] = []
    var quote: UInt8 = 0
    while index < end, result.count < maximumLength {
      let byte = source[index]
      index += 1
      if quote != 0 {
        if byte == UInt8(ascii: "\\"), index < end {
          result.append(byte)
          result.append(source[index])
          index += 1
        } else if byte == quote {
          quote = 0
          result.append(UInt8(ascii: "\""))
        } else {
          result.append(byte)
        }
        continue
      }
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\\"), 0x0C:
        // One space keeps two words apart; operators need none.
        if let last = result.last, isWord(last), index < end, isWord(source[index]) { result.append(0x20) }
      case UInt8(ascii: "#"):
        while index < end, source[index] != UInt8(ascii: "\n") { index += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quote = byte
        result.append(UInt8(ascii: "\""))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if result.last == UInt8(ascii: ",") { result.removeLast() }
        result.append(byte)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
      true
    default: false
    }
  }
}
