import MerlonBase

/// Splits text at white space as Dockerfiles, systemd units and environment files do: quotes and backslashes as in a
/// shell, but no operators.
enum WordReader {
  static func words(_ text: PlacedText) -> [ShellWord] {
    let bytes = text.bytes
    var words: [ShellWord] = []
    var index = 0
    while index < bytes.count {
      if isBlank(bytes[index]) {
        index += 1
        continue
      }
      let start = index
      var word: [UInt8] = []
      var quote: UInt8?
      var isLiteral = true
      while index < bytes.count, quote != nil || !isBlank(bytes[index]) {
        let byte = bytes[index]
        index += 1
        if byte == quote {
          quote = nil
        } else if quote == nil, byte == 0x22 || byte == 0x27 {
          quote = byte
        } else if byte == UInt8(ascii: "\\"), quote != 0x27, index < bytes.count {
          word.append(bytes[index])
          index += 1
        } else {
          if byte == UInt8(ascii: "$"), quote != 0x27 { isLiteral = false }
          word.append(byte)
        }
      }
      words.append(
        ShellWord(text: String(decoding: word, as: UTF8.self), range: text.range(start, index), isLiteral: isLiteral))
    }
    return words
  }
}

/// `["program", "argument"]`, the exec form of Dockerfile instructions.
enum ExecForm {
  /// The strings of a JSON array; nil for anything else.
  static func words(_ text: PlacedText) -> [ShellWord]? {
    let bytes = text.bytes
    var index = 0
    func skipBlanks() { while index < bytes.count, isBlank(bytes[index]) { index += 1 } }
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else { return nil }
    index += 1
    var words: [ShellWord] = []
    while true {
      skipBlanks()
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: "]") { break }
      if bytes[index] == UInt8(ascii: ","), !words.isEmpty {
        index += 1
        skipBlanks()
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
      let start = index
      index += 1
      var word: [UInt8] = []
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
        word.append(bytes[index])
        index += 1
      }
      guard index < bytes.count else { return nil }
      index += 1
      let string = String(decoding: word, as: UTF8.self)
      words.append(ShellWord(text: string, range: text.range(start, index), isLiteral: !string.contains("$")))
    }
    index += 1
    skipBlanks()
    return index == bytes.count ? words : nil
  }
}

/// `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}` in Dockerfiles and Compose files.
enum VariableText {
  /// Puts in what is known; a variable without value and default stays as it is written.
  static func substitute(_ text: String, _ values: [String: String]) -> Dockerfile.Substituted {
    var result: [UInt8] = []
    var isKnown = true
    for part in parts(of: text) {
      // A variable that holds itself twice would double at every turn.
      guard result.count <= maximumLength else {
        isKnown = false
        break
      }
      switch part {
      case .text(let text): result += text
      case .variable(let name, let fallback, let source):
        if let value = values[name] ?? fallback {
          result += Array(value.utf8)
        } else {
          result += source
          isKnown = false
        }
      }
    }
    return Dockerfile.Substituted(text: String(decoding: result, as: UTF8.self), isKnown: isKnown)
  }

  /// Longest text that variables are put into, in bytes.
  private static let maximumLength = 1 << 14

  enum Part: Sendable, Equatable {
    case text([UInt8])
    /// `fallback` is what stands after `:-` or `-`; nil without.
    case variable(name: String, fallback: String?, source: [UInt8])
  }

  /// The text cut at its variables; `$$` is a dollar sign.
  static func parts(of text: String) -> [Part] {
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      let next = bytes[index + 1]
      if next == UInt8(ascii: "$") {
        plain.append(next)
        index += 2
      } else if next == UInt8(ascii: "{"), let end = closing(bytes, from: index + 1) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = []
        parts.append(variable(Array(bytes[(index + 2)..<end]), source: Array(bytes[index...end])))
        index = end + 1
      } else if isNameByte(next), !(0x30...0x39).contains(next) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = []
        var end = index + 1
        while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        parts.append(.variable(name: name, fallback: nil, source: Array(bytes[index..<end])))
        index = end
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    if !plain.isEmpty { parts.append(.text(plain)) }
    return parts
  }

  private static func variable(_ inner: [UInt8], source: [UInt8]) -> Part {
    let nameEnd = inner.firstIndex { !isNameByte($0) } ?? inner.count
    let name = String(decoding: inner[..<nameEnd], as: UTF8.self)
    var rest = inner[nameEnd...]
    if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    guard rest.first == UInt8(ascii: "-") else { return .variable(name: name, fallback: nil, source: source) }
    return .variable(name: name, fallback: String(decoding: rest.dropFirst(), as: UTF8.self), source: source)
  }

  /// The brace that closes the one at `start`; nil when none does within a reasonable length.
  private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
    var nesting = 0
    for index in start..<min(bytes.count, start + 1024) {
      if bytes[index] == UInt8(ascii: "{") { nesting += 1 }
      if bytes[index] == UInt8(ascii: "}") {
        nesting -= 1
        if nesting == 0 { return index }
      }
    }
    return nil
  }
}
