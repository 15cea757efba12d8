extension Lexer {
  /// Reads a name that has characters above 127: its identity is its NFKC form (PEP 3131).
  mutating func readUnicodeName(_ start: Int) {
    var p = start
    var scalars = String.UnicodeScalarView()
    while p < count {
      let (scalar, length) = decodeScalar(p)
      guard let scalar else { break }
      let isPart = scalars.isEmpty ? isStart(scalar) : isContinuation(scalar)
      if !isPart {
        if scalar.value >= 0x80 {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let shown = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
          return refuse("invalid character `\(Character(scalar))` (U+\(shown))", from: p, to: p + length)
        }
        break
      }
      scalars.append(scalar)
      p += length
    }
    if scalars.isEmpty { return refuse("invalid character", from: start, to: start + 1) }
    let normalized = UnicodeNames.compatibilityComposed(scalars)
    name = names.find(copying: String(normalized).utf8)
    kind = .name
    self.start = start
    end = p
    position = p
  }

  /// One scalar of UTF-8 text, and its length in bytes; nil for bytes that are none.
  private func decodeScalar(_ p: Int) -> (Unicode.Scalar?, Int) {
    let first = base[p]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let byte = base[p + offset]
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (Unicode.Scalar(value), length)
  }

  /// True if the character at an offset can stand inside a name.
  func continuesName(_ p: Int) -> Bool {
    guard let scalar = decodeScalar(p).0 else { return false }
    return isContinuation(scalar)
  }

  private func isStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDStart
  }

  private func isContinuation(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isXIDContinue
  }
}
