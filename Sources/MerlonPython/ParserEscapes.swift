/// What can be wrong between the quotes of a literal.
extension Parser {
  /// Notes what is wrong inside a literal.
  mutating func check(_ traits: StringTraits, _ from: Int, _ to: Int, literal: Int) {
    if traits.contains(.nonASCII) {
      report("bytes can only contain ASCII literal characters", from: literal, to: to)
    }
    guard traits.contains(.backslash), !traits.contains(.raw) else { return }
    if let escape = firstBadEscape(from, to, isBytes: traits.contains(.bytes)) {
      report(escape.message, from: escape.start, to: escape.end)
    }
  }

  /// The first escape sequence that has no value.
  private func firstBadEscape(_ from: Int, _ to: Int, isBytes: Bool) -> (message: String, start: Int, end: Int)? {
    let base = lexer.base
    var p = from
    while p + 1 < to {
      guard base[p] == UInt8(ascii: "\\") else {
        p += 1
        continue
      }
      let letter = base[p + 1]
      let digits: Int
      switch letter {
      case UInt8(ascii: "x"): digits = 2
      case UInt8(ascii: "u") where !isBytes: digits = 4
      case UInt8(ascii: "U") where !isBytes: digits = 8
      case UInt8(ascii: "N") where !isBytes:
        var q = p + 2
        if q < to && base[q] == UInt8(ascii: "{") {
          while q < to && base[q] != UInt8(ascii: "}") { q += 1 }
          if q < to && q > p + 3 {
            let name = UnsafeBufferPointer(start: base + p + 3, count: q - p - 3)
            if UnicodeNames.scalar(named: name) == nil { return ("unknown Unicode character name", p, q + 1) }
            p = q + 1
            continue
          }
        }
        return ("malformed `\\N` character escape", p, min(p + 3, to))
      default:
        p += 2
        continue
      }
      var value = 0
      var q = p + 2
      while q < to && q < p + 2 + digits, let digit = Parser.hexadecimal(base[q]) {
        value = value * 16 + digit
        q += 1
      }
      let shown = Character(Unicode.Scalar(letter))
      if q < p + 2 + digits { return ("truncated `\\\(shown)` escape", p, q) }
      if value > 0x10FFFF { return ("illegal Unicode character in `\\U` escape", p, q) }
      p = q
    }
    return nil
  }

  static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }
}
