// The values of constants are not kept: they are worked out from the source when someone asks.
//
// A string constant has its traits in `Node.detail`. With `StringTraits.pieces`, `Node.a` is a list in `Tree.extra`
// of three numbers for each piece: traits, start and end of its text. Else `a` and `b` are start and end of its text.

extension Tree {
  /// The value of a string constant (concatenated and decoded, lone surrogates replaced); nil for other nodes.
  public func stringValue(_ id: NodeID) -> String? {
    let node = self[id]
    guard node.kind == .constant, node.flag == ConstantKind.string.rawValue else { return nil }
    let traits = StringTraits(rawValue: node.detail)
    if traits.isDisjoint(with: [.pieces, .backslash, .middle, .verbatim]) {
      let text = sourceSlice(node.a, node.b)
      // Line ends are the one thing that has to be changed in a text without escapes.
      if !traits.contains(.triple) || !text.contains(0x0D) { return String(decoding: text, as: UTF8.self) }
    }
    var view = String.UnicodeScalarView()
    for scalar in scalars(node) { view.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(view)
  }

  /// The code points of a string constant, lone surrogates included; nil for other nodes.
  public func stringScalars(_ id: NodeID) -> [UInt32]? {
    let node = self[id]
    guard node.kind == .constant, node.flag == ConstantKind.string.rawValue else { return nil }
    return scalars(node)
  }

  /// The value of a bytes constant; nil for other nodes.
  public func bytesValue(_ id: NodeID) -> [UInt8]? {
    let node = self[id]
    guard node.kind == .constant, node.flag == ConstantKind.bytes.rawValue else { return nil }
    var decoder = TextDecoder(isBytes: true)
    forEachPiece(node) { traits, text in decoder.append(text, traits) }
    return decoder.scalars.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// True for a string constant whose first literal has the prefix `u`.
  public func hasUnicodePrefix(_ id: NodeID) -> Bool {
    let node = self[id]
    return node.kind == .constant && node.flag == ConstantKind.string.rawValue
      && StringTraits(rawValue: node.detail).contains(.unicodePrefix)
  }

  /// True for a string constant that is one literal with a prefix `r`.
  public func isRawString(_ id: NodeID) -> Bool {
    let node = self[id]
    return node.kind == .constant && StringTraits(rawValue: node.detail).isSuperset(of: .raw)
  }

  private func scalars(_ node: Node) -> [UInt32] {
    var decoder = TextDecoder(isBytes: false)
    forEachPiece(node) { traits, text in decoder.append(text, traits) }
    return decoder.scalars
  }

  private func forEachPiece(_ node: Node, _ body: (StringTraits, ArraySlice<UInt8>) -> Void) {
    let traits = StringTraits(rawValue: node.detail)
    guard traits.contains(.pieces) else { return body(traits, sourceSlice(node.a, node.b)) }
    let numbers = self[ListID(node.a)]
    for piece in 0..<numbers.count / 3 {
      let first = numbers.startIndex + 3 * piece
      body(
        StringTraits(rawValue: UInt16(truncatingIfNeeded: numbers[first].index)),
        sourceSlice(numbers[first + 1].index, numbers[first + 2].index))
    }
  }

  private func sourceSlice(_ start: UInt32, _ end: UInt32) -> ArraySlice<UInt8> {
    let end = min(Int(end), source.count)
    return source[min(Int(start), end)..<end]
  }
}

/// Decodes the text of string literals to code points.
private struct TextDecoder {
  let isBytes: Bool
  var scalars: [UInt32] = []

  init(isBytes: Bool) { self.isBytes = isBytes }

  mutating func append(_ text: ArraySlice<UInt8>, _ traits: StringTraits) {
    scalars.reserveCapacity(scalars.count + text.count)
    let text = traits.contains(.verbatim) ? TextDecoder.withoutComments(text) : text
    let isRaw = traits.contains(.raw) || traits.contains(.verbatim)
    let isMiddle = traits.contains(.middle)
    var p = text.startIndex
    while p < text.endIndex {
      let byte = text[p]
      if byte == UInt8(ascii: "\\") && !isRaw {
        appendEscape(text, &p, isMiddle)
      } else if byte == 0x0D {
        scalars.append(0x0A)
        p += p + 1 < text.endIndex && text[p + 1] == 0x0A ? 2 : 1
      } else if isMiddle && (byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")) {
        scalars.append(UInt32(byte))
        p += p + 1 < text.endIndex && text[p + 1] == byte ? 2 : 1
      } else if byte < 0x80 || isBytes {
        scalars.append(UInt32(byte))
        p += 1
      } else {
        appendMultibyte(text, &p)
      }
    }
  }

  private mutating func appendMultibyte(_ text: ArraySlice<UInt8>, _ p: inout Int) {
    let first = text[p]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, p + length <= text.endIndex else {
      scalars.append(0xFFFD)
      p += 1
      return
    }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(text[p + offset] & 0x3F) }
    scalars.append(value)
    p += length
  }

  private mutating func appendEscape(_ text: ArraySlice<UInt8>, _ p: inout Int, _ isMiddle: Bool) {
    guard p + 1 < text.endIndex else {
      scalars.append(0x5C)
      p += 1
      return
    }
    let letter = text[p + 1]
    var value: UInt32?
    switch letter {
    case 0x0A:
      p += 2
      return
    case 0x0D:
      p += p + 2 < text.endIndex && text[p + 2] == 0x0A ? 3 : 2
      return
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): value = UInt32(letter)
    case UInt8(ascii: "a"): value = 7
    case UInt8(ascii: "b"): value = 8
    case UInt8(ascii: "f"): value = 12
    case UInt8(ascii: "n"): value = 10
    case UInt8(ascii: "r"): value = 13
    case UInt8(ascii: "t"): value = 9
    case UInt8(ascii: "v"): value = 11
    case 0x30...0x37:
      var number: UInt32 = 0
      var q = p + 1
      while q < text.endIndex && q < p + 4 && text[q] & 0xF8 == 0x30 {
        number = number * 8 + UInt32(text[q] - 0x30)
        q += 1
      }
      scalars.append(isBytes ? number & 0xFF : number)
      p = q
      return
    case UInt8(ascii: "x"): return appendHexadecimal(text, &p, 2)
    case UInt8(ascii: "u") where !isBytes: return appendHexadecimal(text, &p, 4)
    case UInt8(ascii: "U") where !isBytes: return appendHexadecimal(text, &p, 8)
    case UInt8(ascii: "N") where !isBytes: return appendNamed(text, &p)
    default: break
    }
    if let value {
      scalars.append(value)
      p += 2
    } else {
      // An unknown escape stands for itself; what follows the backslash is read as any other text.
      scalars.append(0x5C)
      p += 1
    }
  }

  private mutating func appendHexadecimal(_ text: ArraySlice<UInt8>, _ p: inout Int, _ digits: Int) {
    var value: UInt32 = 0
    var q = p + 2
    while q < text.endIndex && q < p + 2 + digits, let digit = Parser.hexadecimal(text[q]) {
      value = value << 4 | UInt32(digit)
      q += 1
    }
    scalars.append(q == p + 2 + digits && value <= 0x10FFFF ? value : 0xFFFD)
    p = q
  }

  private mutating func appendNamed(_ text: ArraySlice<UInt8>, _ p: inout Int) {
    guard p + 2 < text.endIndex, text[p + 2] == UInt8(ascii: "{"),
      let end = text[(p + 3)...].firstIndex(of: UInt8(ascii: "}"))
    else {
      scalars.append(0xFFFD)
      p += 2
      return
    }
    scalars.append(UnicodeNames.scalar(named: text[(p + 3)..<end])?.value ?? 0xFFFD)
    p = end + 1
  }

  /// The text without comments: those inside a replacement field do not belong to what `=` shows.
  private static func withoutComments(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(UInt8(ascii: "#")) else { return text }
    var result: [UInt8] = []
    var quote: UInt8 = 0
    var p = text.startIndex
    while p < text.endIndex {
      let byte = text[p]
      if quote != 0 {
        if byte == quote { quote = 0 }
        if byte == UInt8(ascii: "\\") && p + 1 < text.endIndex {
          result.append(byte)
          p += 1
        }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "#") {
        while p < text.endIndex && text[p] != 0x0A && text[p] != 0x0D { p += 1 }
        continue
      }
      result.append(text[p])
      p += 1
    }
    return result[...]
  }
}
