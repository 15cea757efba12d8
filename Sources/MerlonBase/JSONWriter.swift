/// Writes JSON (RFC 8259) into a buffer of bytes, value by value, without an intermediate tree.
///
/// The caller keeps to the grammar: a key before each value in an object, an `end` for each `begin`. Commas and line
/// breaks are put in here. Besides what RFC 8259 asks to escape, all control characters and those that change how a
/// terminal or an editor shows a text (bidirectional controls, line separators) are written as `\u` escapes, so that
/// printing a report can't play tricks on its reader.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// One member or element a line, two blanks a level.
    case indented
  }

  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  /// For each open array or object: whether it has an element already.
  private var hasElements: [Bool] = []
  private var isAfterKey = false

  public init(layout: Layout) {
    self.layout = layout
  }

  public mutating func beginObject() { begin(UInt8(ascii: "{")) }
  public mutating func endObject() { end(UInt8(ascii: "}")) }
  public mutating func beginArray() { begin(UInt8(ascii: "[")) }
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// The name of the member whose value is written next.
  public mutating func key(_ name: String) {
    startElement()
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  public mutating func value(_ text: String) {
    startElement()
    quoted(text)
  }

  public mutating func value(_ number: Int) { raw("\(number)") }

  /// A number with a decimal point; what JSON can't say (infinities, NaN) becomes `null`.
  public mutating func value(_ number: Double) { raw(number.isFinite ? "\(number)" : "null") }

  public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  public mutating func null() { raw("null") }

  /// A line break between top-level values (JSON lines) or at the end of the text.
  public mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  private mutating func raw(_ text: String) {
    startElement()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func begin(_ bracket: UInt8) {
    startElement()
    bytes.append(bracket)
    hasElements.append(false)
  }

  private mutating func end(_ bracket: UInt8) {
    let hadElements = hasElements.popLast() ?? false
    if hadElements { breakLine() }
    bytes.append(bracket)
  }

  private mutating func startElement() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    guard let hadElements = hasElements.last else { return }
    if hadElements { bytes.append(UInt8(ascii: ",")) }
    hasElements[hasElements.count - 1] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in hasElements {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      var index = 0
      while index < utf8.count {
        let byte = utf8[index]
        if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          index += 1
          continue
        }
        let (length, scalar) = scalar(utf8, at: index)
        if let scalar, !needsEscape(scalar) {
          index += length
          continue
        }
        bytes.append(contentsOf: utf8[start..<index])
        appendEscape(scalar ?? 0xFFFD)
        index += length
        start = index
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ scalar: UInt32) {
    bytes.append(UInt8(ascii: "\\"))
    switch scalar {
    case 0x22, 0x5C: bytes.append(UInt8(scalar))
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(UInt8(ascii: "u"))
      for shift in [UInt32(12), 8, 4, 0] {
        let digit = UInt8(scalar >> shift & 15)
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }

  /// All of these lie in the basic plane, so that one `\u` escape is enough.
  private func needsEscape(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x00...0x1F, 0x22, 0x5C, 0x7F...0x9F: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Length in bytes and value of the scalar at `index` of a valid UTF-8 text.
  private func scalar(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (Int, UInt32?) {
    let first = utf8[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1 else { return (1, UInt32(first)) }
    guard index + length <= utf8.count else { return (1, nil) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(utf8[index + offset] & 0x3F) }
    return (length, value)
  }
}
