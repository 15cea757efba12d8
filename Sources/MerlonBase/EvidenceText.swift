/// Python code written in one way only, whatever its layout: what a fingerprint hashes instead of the source text.
///
/// White space between tokens, comments, line breaks, trailing commas and the choice of quotes go; names, operators
/// and the contents of literals stay. Works on any bytes and on pieces of statements.
public enum EvidenceText {
  /// The normal form of `code`. The work and the result grow with the length of `code` only.
  public static func normalized(_ code: some Collection<UInt8>) -> String {
    var scanner = EvidenceScanner(bytes: Array(code))
    scanner.run()
    return String(decoding: scanner.output, as: UTF8.self)
  }
}

private struct EvidenceScanner {
  let bytes: [UInt8]
  var output: [UInt8] = []
  var index = 0

  mutating func run() {
    while let byte = peek(0) {
      switch byte {
      case space, tab, formFeed, newline, carriageReturn: index += 1
      case backslash where peek(1) == newline || peek(1) == carriageReturn: index += 2
      case hash: skipComment()
      case singleQuote, doubleQuote: copyString(prefix: [])
      case _ where isWordByte(byte): copyWord()
      case closeParenthesis, closeBracket, closeBrace:
        if output.last == comma { output.removeLast() }
        appendByte(byte)
      default: appendByte(byte)
      }
    }
    if output.last == comma { output.removeLast() }
  }

  private func peek(_ distance: Int) -> UInt8? {
    let at = index + distance
    return at < bytes.count ? bytes[at] : nil
  }

  private mutating func appendByte(_ byte: UInt8) {
    output.append(byte)
    index += 1
  }

  private mutating func skipComment() {
    while let byte = peek(0), byte != newline { index += 1 }
  }

  /// A name, keyword or number; or the prefix of a string, which then belongs to the string.
  private mutating func copyWord() {
    let start = index
    while let byte = peek(0), isWordByte(byte) { index += 1 }
    let word = bytes[start..<index]
    if let quote = peek(0), quote == singleQuote || quote == doubleQuote, word.count <= 2, word.allSatisfy(isPrefixByte)
    {
      copyString(prefix: word.map { $0 | 0x20 }.sorted())
      return
    }
    if let last = output.last, isWordByte(last) { output.append(space) }
    output += word
  }

  /// A string literal with its quotes turned into double quotes. Escapes stay as they are written.
  private mutating func copyString(prefix: [UInt8]) {
    guard let quote = peek(0) else { return }
    let isTriple = peek(1) == quote && peek(2) == quote
    index += isTriple ? 3 : 1
    if let last = output.last, isWordByte(last) { output.append(space) }
    output += prefix
    output.append(doubleQuote)
    while let byte = peek(0) {
      if byte == backslash, let next = peek(1) {
        // An escaped quote needs no escape in the other kind of quotes: `'it\'s'` is `"it's"`.
        if next != singleQuote || quote != singleQuote { output.append(byte) }
        output.append(next)
        index += 2
        continue
      }
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) { break }
      if byte == newline, !isTriple { break }
      if byte == doubleQuote, quote == singleQuote { output.append(backslash) }
      appendByte(byte)
    }
    output.append(doubleQuote)
    if peek(0) == quote { index += isTriple ? 3 : 1 }
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF: true
  default: false
  }
}

private func isPrefixByte(_ byte: UInt8) -> Bool {
  switch byte | 0x20 {
  case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "t"), UInt8(ascii: "u"): true
  default: false
  }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
private let formFeed: UInt8 = 0x0C
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let backslash = UInt8(ascii: "\\")
private let hash = UInt8(ascii: "#")
private let singleQuote = UInt8(ascii: "'")
private let doubleQuote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let closeParenthesis = UInt8(ascii: ")")
private let closeBracket = UInt8(ascii: "]")
private let closeBrace = UInt8(ascii: "}")
