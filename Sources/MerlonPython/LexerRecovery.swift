/// What the parser asks when it looks for a place to read on behind an error.
extension Lexer {
  /// How a line inside open brackets begins.
  struct LineBeginning {
    var column: Int
    /// The line begins with a keyword that no expression begins with, or with a decorator.
    var isStatement: Bool
    /// The line begins with a closing bracket.
    var isClosing: Bool
  }

  /// How the line at an offset begins; nil for an empty line or a comment.
  func lineBeginning(_ offset: Int) -> LineBeginning? {
    var p = offset
    var column = 0
    while true {
      switch base[p] {
      case 0x20: column += 1
      case 0x09: column = (column / 8 + 1) * 8
      case 0x0C: column = 0
      case 0x0A, 0x0D, 0, UInt8(ascii: "#"): return nil
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        return LineBeginning(column: column, isStatement: false, isClosing: true)
      case UInt8(ascii: "@"):
        return LineBeginning(column: column, isStatement: true, isClosing: false)
      default:
        return LineBeginning(column: column, isStatement: beginsStatement(p), isClosing: false)
      }
      p += 1
    }
  }

  private func beginsStatement(_ offset: Int) -> Bool {
    var end = offset
    while base[end] | 0x20 >= UInt8(ascii: "a") && base[end] | 0x20 <= UInt8(ascii: "z") { end += 1 }
    let next = base[end]
    if next == 0x5F || next &- 0x30 < 10 || next >= 0x80 { return false }
    let length = end - offset
    let words: [StaticString] = [
      "def", "class", "import", "return", "raise", "try", "while", "with", "assert", "del", "pass", "break",
      "continue", "global", "nonlocal", "except", "finally", "elif",
    ]
    return words.contains { word in
      word.utf8CodeUnitCount == length && (0..<length).allSatisfy { base[offset + $0] == word.utf8Start[$0] }
    }
  }

  /// True if the word at an offset begins a statement with a block.
  func beginsHeader(_ offset: Int) -> Bool {
    let words: [StaticString] = [
      "def", "class", "if", "elif", "for", "while", "with", "async", "except", "case", "match",
    ]
    return words.contains { word in
      let length = word.utf8CodeUnitCount
      return (0..<length).allSatisfy { base[offset + $0] == word.utf8Start[$0] } && base[offset + length] == 0x20
    }
  }

  /// True if the line that ends before an offset ends with a colon.
  func endsWithColon(_ offset: Int) -> Bool {
    var p = offset - 1
    if p > 0, base[p] == 0x0A, base[p - 1] == 0x0D { p -= 1 }
    repeat { p -= 1 } while p > 0 && (base[p] == 0x20 || base[p] == 0x09)
    return p >= 0 && base[p] == UInt8(ascii: ":")
  }

  /// The offset behind the string literal whose quote stands at an offset; behind the quote when it has no end.
  mutating func skipString(_ offset: Int) -> Int {
    let mark = base[offset]
    var p = offset + 1
    if base[p] == mark && base[p + 1] == mark {
      p += 2
      if hasUnendedString(mark) { return p }
      while base[p] != 0 {
        if base[p] == mark && base[p + 1] == mark && base[p + 2] == mark { return p + 3 }
        p += base[p] == 0x5C && base[p + 1] != 0 ? 2 : 1
      }
      noteUnendedString(mark)
      return offset + 3
    }
    while base[p] != mark {
      if base[p] == 0x0A || base[p] == 0x0D || base[p] == 0 { return p }
      if base[p] == 0x5C && base[p + 1] != 0 { p += 1 }
      p += 1
    }
    return p + 1
  }

  /// True once a triple-quoted string with this quote had no end: no later one has.
  func hasUnendedString(_ mark: UInt8) -> Bool {
    mark == UInt8(ascii: "\"") ? unendedDouble : unendedSingle
  }

  mutating func noteUnendedString(_ mark: UInt8) {
    if mark == UInt8(ascii: "\"") { unendedDouble = true } else { unendedSingle = true }
  }

  /// The text between two offsets.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: base + start, count: max(0, end - start)), as: UTF8.self)
  }

  /// The end of the line that holds an offset.
  func lineEnd(_ offset: Int) -> Int {
    var p = offset
    while base[p] != 0x0A && base[p] != 0x0D && base[p] != 0 { p += 1 }
    return p
  }

  /// The number, from 1, of the line that holds an offset. Counts from the start: for messages only.
  func line(of offset: Int) -> Int {
    var line = 1
    for p in 0..<min(offset, count) where base[p] == 0x0A || (base[p] == 0x0D && base[p + 1] != 0x0A) { line += 1 }
    return line
  }
}
