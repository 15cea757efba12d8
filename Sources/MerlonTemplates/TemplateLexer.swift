/// What stands in a template, one after the other: text, `{{ … }}` and `{% … %}`; comments are left out.
struct TemplatePiece {
  enum Kind {
    case text
    case output([TemplateToken])
    /// The word behind `{%`, and what follows it.
    case tag(String, [TemplateToken])
  }

  var kind: Kind
  /// In bytes of the file.
  var range: Range<Int>
}

/// A token of an expression.
enum TemplateToken: Equatable {
  case name(String)
  case string(String)
  case number(String)
  /// One or two characters, as `~`, `//`, `|`.
  case sign(String)
}

/// Splits a template as Jinja2's `lexer.py` does with its default signs. Reads each byte once or twice and never fails:
/// what is not closed ends with the file.
struct TemplateLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var pieces: [TemplatePiece] = []

  static func pieces(of bytes: [UInt8]) -> [TemplatePiece] {
    var lexer = TemplateLexer(bytes: bytes)
    lexer.run()
    return lexer.pieces
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func run() {
    var textStart = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "{") else {
        position += 1
        continue
      }
      let next = byte(position + 1)
      guard next == UInt8(ascii: "{") || next == UInt8(ascii: "%") || next == UInt8(ascii: "#") else {
        position += 1
        continue
      }
      if textStart < position { pieces.append(TemplatePiece(kind: .text, range: textStart..<position)) }
      let start = position
      position += 2
      switch next {
      case UInt8(ascii: "#"): position = end(of: "#}", from: position)
      case UInt8(ascii: "{"):
        let tokens = tokens(until: UInt8(ascii: "}"))
        pieces.append(TemplatePiece(kind: .output(tokens), range: start..<position))
      default:
        var tokens = tokens(until: UInt8(ascii: "%"))
        guard case .name(let word)? = tokens.first else { break }
        tokens.removeFirst()
        if word == "raw" {
          readRaw()
        } else {
          pieces.append(TemplatePiece(kind: .tag(word, tokens), range: start..<position))
        }
      }
      textStart = position
    }
    if textStart < bytes.count { pieces.append(TemplatePiece(kind: .text, range: textStart..<bytes.count)) }
  }

  private func end(of mark: StaticString, from start: Int) -> Int {
    mark.withUTF8Buffer { mark in
      var index = start
      while index + 1 < bytes.count {
        if bytes[index] == mark[0], bytes[index + 1] == mark[1] { return index + 2 }
        index += 1
      }
      return bytes.count
    }
  }

  /// `{% raw %}` up to `{% endraw %}` is text.
  private mutating func readRaw() {
    let start = position
    while position < bytes.count {
      let tag = position
      position += 1
      guard bytes[tag] == UInt8(ascii: "{"), byte(tag + 1) == UInt8(ascii: "%") else { continue }
      var word = tag + 2
      while " \t\r\n-+".utf8.contains(byte(word)) { word += 1 }
      guard word < bytes.count, bytes[word...].starts(with: "endraw".utf8) else { continue }
      pieces.append(TemplatePiece(kind: .text, range: start..<tag))
      position = end(of: "%}", from: word)
      return
    }
    pieces.append(TemplatePiece(kind: .text, range: start..<bytes.count))
  }

  /// The tokens up to the closing sign (`}}` or `%}`), which is read too.
  private mutating func tokens(until close: UInt8) -> [TemplateToken] {
    var result: [TemplateToken] = []
    var depth = 0
    if byte(position) == UInt8(ascii: "-") || byte(position) == UInt8(ascii: "+") { position += 1 }
    while position < bytes.count {
      let current = bytes[position]
      if current == close
        || ((current == UInt8(ascii: "-") || current == UInt8(ascii: "+")) && byte(position + 1) == close)
      {
        let sign = current == close ? position : position + 1
        if depth == 0, byte(sign + 1) == UInt8(ascii: "}") {
          position = sign + 2
          return result
        }
      }
      switch current {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(.string(readString(current)))
      case UInt8(ascii: "0")...UInt8(ascii: "9"): result.append(.number(readWord()))
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
        result.append(.name(readWord()))
      default:
        if "({[".utf8.contains(current) { depth += 1 }
        if ")}]".utf8.contains(current) { depth = max(depth - 1, 0) }
        let isDouble =
          byte(position + 1) == UInt8(ascii: "=") || (byte(position + 1) == current && "/*".utf8.contains(current))
        let end = min(position + (isDouble && !"({[)}],.:|~".utf8.contains(current) ? 2 : 1), bytes.count)
        result.append(.sign(String(decoding: bytes[position..<end], as: UTF8.self)))
        position = end
      }
    }
    return result
  }

  private mutating func readWord() -> String {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...,
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        position += 1
      default: return String(decoding: bytes[start..<position], as: UTF8.self)
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func readString(_ quote: UInt8) -> String {
    position += 1
    var value: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
      value.append(bytes[position])
      position += 1
    }
    position = min(position + 1, bytes.count)
    return String(decoding: value, as: UTF8.self)
  }
}
