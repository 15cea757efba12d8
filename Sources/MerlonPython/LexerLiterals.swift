extension Lexer {
  /// Reads a string literal whose prefix begins at `start`; stops behind the opening quote of an f-string.
  @inline(__always) mutating func readString(_ start: Int, quote: Int, _ prefix: StringTraits) {
    var traits = prefix
    // CPython notes the small letter only.
    if base[start] == UInt8(ascii: "U") { traits.subtract(.unicodePrefix) }
    let mark = base[quote]
    var p = quote + 1
    let triple = base[p] == mark && base[p + 1] == mark
    if triple {
      traits.formUnion(.triple)
      p += 2
    }
    self.start = start
    if !traits.isDisjoint(with: [.format, .template]) {
      kind = .formatStringStart
      self.traits = traits
      end = p
      position = p
      return
    }
    if triple {
      readLongString(start, p, mark, traits)
    } else {
      readShortString(start, p, mark, traits)
    }
  }

  @inline(__always) private mutating func readShortString(
    _ start: Int, _ from: Int, _ mark: UInt8, _ prefix: StringTraits
  ) {
    var p = from
    var traits = prefix
    var high: UInt8 = 0
    while true {
      let byte = base[p]
      high |= byte
      if byte == mark {
        if high >= 0x80 && traits.contains(.bytes) { traits.formUnion(.nonASCII) }
        self.traits = traits
        kind = .string
        end = p + 1
        position = end
        return
      }
      p += 1
      if byte == 0x5C {
        traits.formUnion(.backslash)
        if base[p] == 0x0D && base[p + 1] == 0x0A { p += 1 }
        if base[p] != 0 { p += 1 }
      } else if byte == 0x0A || byte == 0x0D || byte == 0 {
        return refuse("unterminated string literal", from: start, to: p - 1)
      }
    }
  }

  private mutating func readLongString(_ start: Int, _ from: Int, _ mark: UInt8, _ prefix: StringTraits) {
    if hasUnendedString(mark) {
      return refuse("unterminated triple-quoted string literal", from: start, to: lineEnd(start))
    }
    var p = from
    var traits = prefix
    var high: UInt8 = 0
    while true {
      let byte = base[p]
      high |= byte
      p += 1
      if byte == mark {
        if base[p] == mark && base[p + 1] == mark {
          if high >= 0x80 && traits.contains(.bytes) { traits.formUnion(.nonASCII) }
          self.traits = traits
          kind = .string
          end = p + 2
          position = end
          return
        }
      } else if byte == 0x5C {
        traits.formUnion(.backslash)
        if base[p] != 0 { p += 1 }
      } else if byte == 0 {
        noteUnendedString(mark)
        return refuse("unterminated triple-quoted string literal", from: start, to: lineEnd(start))
      }
    }
  }

  // MARK: Numbers

  @inline(__always) private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Reads a number that begins with a digit, or with a dot and a digit.
  mutating func readNumber(_ start: Int) {
    var p = start
    var kind = TokenKind.integer
    self.start = start
    if base[p] == 0x30 {
      switch base[p + 1] | 0x20 {
      case UInt8(ascii: "x"): return readRadix(start, 16, "hexadecimal")
      case UInt8(ascii: "o"): return readRadix(start, 8, "octal")
      case UInt8(ascii: "b"): return readRadix(start, 2, "binary")
      default: break
      }
    }
    var leadingZero = false
    if base[p] != 0x2E {
      guard let digits = decimalDigits(p) else { return }
      // `00` is a number, `01` is not (but `01.5` and `01j` are).
      if base[p] == 0x30 { leadingZero = (p..<digits).contains { base[$0] != 0x30 && base[$0] != 0x5F } }
      p = digits
    }
    if base[p] == 0x2E {
      kind = .float
      p += 1
      if isDigit(base[p]) {
        guard let digits = decimalDigits(p) else { return }
        p = digits
      }
    }
    if base[p] | 0x20 == UInt8(ascii: "e") {
      var q = p + 1
      if base[q] == 0x2B || base[q] == 0x2D { q += 1 }
      if isDigit(base[q]) {
        kind = .float
        guard let digits = decimalDigits(q) else { return }
        p = digits
      } else if q > p + 1 {
        return refuse("invalid decimal literal", from: p, to: p + 1)
      }
    }
    if base[p] | 0x20 == UInt8(ascii: "j") {
      p += 1
      finishNumber(.imaginary, p, "imaginary")
    } else {
      if kind == .integer && leadingZero {
        return refuse(
          "leading zeros in decimal integer literals are not permitted; use an `0o` prefix for octal integers",
          from: start, to: p)
      }
      finishNumber(kind, p, "decimal")
    }
  }

  /// The offset behind digits with single underscores between them; nil, with an error, for a stray underscore.
  private mutating func decimalDigits(_ from: Int) -> Int? {
    var p = from
    while true {
      while isDigit(base[p]) { p += 1 }
      if base[p] != 0x5F { return p }
      p += 1
      if !isDigit(base[p]) {
        refuse("invalid decimal literal", from: p - 1, to: p)
        return nil
      }
    }
  }

  private mutating func readRadix(_ start: Int, _ radix: UInt8, _ word: String) {
    func isRadixDigit(_ byte: UInt8) -> Bool {
      isDigit(byte) ? byte - 0x30 < radix : radix == 16 && (byte | 0x20) &- 0x61 < 6
    }
    var p = start + 2
    repeat {
      if base[p] == 0x5F { p += 1 }
      if !isRadixDigit(base[p]) {
        if isDigit(base[p]) {
          let digit = Character(Unicode.Scalar(base[p]))
          return refuse("invalid digit `\(digit)` in \(word) literal", from: p, to: p + 1)
        }
        return refuse("invalid \(word) literal", from: p - 1, to: p)
      }
      while isRadixDigit(base[p]) { p += 1 }
    } while base[p] == 0x5F
    if isDigit(base[p]) {
      let digit = Character(Unicode.Scalar(base[p]))
      return refuse("invalid digit `\(digit)` in \(word) literal", from: p, to: p + 1)
    }
    finishNumber(.integer, p, word)
  }

  /// A number may touch a keyword that can follow it (`1if x else y`), and no other name.
  private mutating func finishNumber(_ kind: TokenKind, _ end: Int, _ word: String) {
    let next = base[end]
    if next >= 0x80 || next == 0x5F || (next | 0x20) &- 0x61 < 26 {
      let touchesName = next < 0x80 ? !touchesKeyword(end) : continuesName(end)
      if touchesName { return refuse("invalid \(word) literal", from: end - 1, to: end) }
    }
    self.kind = kind
    self.end = end
    position = end
  }

  /// CPython's `verify_end_of_number`: only the first letters are looked at.
  private func touchesKeyword(_ p: Int) -> Bool {
    func starts(_ word: StaticString) -> Bool {
      (0..<word.utf8CodeUnitCount).allSatisfy { base[p + $0] == word.utf8Start[$0] }
    }
    return starts("and") || starts("else") || starts("for") || starts("if") || starts("in") || starts("is")
      || starts("or") || starts("not")
  }
}
