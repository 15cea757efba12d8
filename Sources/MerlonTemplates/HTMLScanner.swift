/// Where in a page a value is put out.
package enum HTMLContext: Sendable, Hashable {
  /// Between tags, in a title, a text area or a comment.
  case text
  /// Inside a tag, where the name of an attribute or of the element stands.
  case tag
  case attribute(Attribute, Quote)
  case script(ScriptPlace)
  /// A `script` element that no browser runs: JSON, a template.
  case data
  case style

  package enum Attribute: Sendable, Hashable {
    case plain
    /// The value begins the address of a link, a form or a frame, so `javascript:` runs.
    case address
    /// The value begins the address of a script.
    case scriptAddress
    /// The value is code: `onclick`.
    case event
    /// The value is a page of its own.
    case page
  }

  package enum Quote: Sendable, Hashable { case none, single, double }
  package enum ScriptPlace: Sendable, Hashable { case code, string, literal, comment }
}

/// Follows the text of a page as far as it takes to know where in it a value stands; after the tokenizer of the HTML
/// standard (section 13.2.5), without its corner cases. A value of a template, put out in between, counts as a word.
struct HTMLScanner: Equatable {
  private enum Mode: Equatable {
    case text, tagOpen, declaration, comment, name, tag, attributeName, afterName, beforeValue, value, raw
  }

  private enum ScriptMode: Equatable {
    case code
    case quoted(UInt8)
    case lineComment, blockComment
  }

  private var mode = Mode.text
  private var element: [UInt8] = []
  private var isClosing = false
  private var attribute: [UInt8] = []
  /// 0 for a value without quotes.
  private var quote: UInt8 = 0
  private var isValueEmpty = true
  /// What the `type` of a script element says.
  private var type: [UInt8] = []
  private var script = ScriptMode.code
  private var isEscaped = false
  /// The last bytes of raw text and comments, for their ends.
  private var tail: [UInt8] = []

  private static let nameLimit = 64
  private static let rawElements: [[UInt8]] = ["script", "style", "title", "textarea"].map { Array($0.utf8) }

  mutating func read(_ bytes: ArraySlice<UInt8>) { for byte in bytes { read(byte) } }

  /// Where a value stands that is put out here; reads on behind it.
  mutating func readValue() -> HTMLContext {
    switch mode {
    case .text: return .text
    case .tagOpen, .name:
      mode = .name
      return .tag
    case .declaration, .comment: return .text
    case .tag, .attributeName, .afterName:
      if mode != .attributeName { attribute = [] }
      mode = .attributeName
      return .tag
    case .beforeValue:
      mode = .value
      quote = 0
      isValueEmpty = false
      return .attribute(kind(isStart: true), .none)
    case .value:
      let context = HTMLContext.attribute(
        kind(isStart: isValueEmpty), quote == 0 ? .none : quote == UInt8(ascii: "'") ? .single : .double)
      isValueEmpty = false
      return context
    case .raw:
      tail = []
      if isElement("style") { return .style }
      guard isElement("script") else { return .text }
      guard isJavaScript else { return .data }
      switch script {
      case .code: return .script(.code)
      case .quoted(UInt8(ascii: "`")): return .script(.literal)
      case .quoted: return .script(.string)
      case .lineComment, .blockComment: return .script(.comment)
      }
    }
  }

  private var isJavaScript: Bool {
    type.isEmpty || type.starts(with: "module".utf8) || "javascript".utf8.elementsEqual(type.suffix(10))
      || "ecmascript".utf8.elementsEqual(type.suffix(10))
  }

  private func isElement(_ name: StaticString) -> Bool { element.elementsEqual(name.withUTF8Buffer { Array($0) }) }

  private func isOneOf(_ list: [UInt8], _ names: Set<String>) -> Bool {
    names.contains(String(decoding: list, as: UTF8.self))
  }

  private func kind(isStart: Bool) -> HTMLContext.Attribute {
    let name = String(decoding: attribute, as: UTF8.self)
    if name.hasPrefix("on") || name.hasPrefix("@") || name.hasPrefix("hx-on") || name.hasPrefix("x-on:")
      || name == "x-data" || name == "x-init"
    {
      return .event
    }
    if name == "srcdoc" { return .page }
    guard isStart else { return .plain }
    switch name {
    case "href", "xlink:href": return isOneOf(element, ["a", "area", "base", "use"]) ? .address : .plain
    case "src":
      if isElement("script") { return .scriptAddress }
      return isOneOf(element, ["iframe", "frame", "embed"]) ? .address : .plain
    case "action": return isElement("form") ? .address : .plain
    case "formaction": return .address
    case "data": return isElement("object") ? .address : .plain
    default: return .plain
    }
  }

  // MARK: Text

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }

  private mutating func read(_ byte: UInt8) {
    let isEnd = byte == UInt8(ascii: ">")
    switch mode {
    case .text: if byte == UInt8(ascii: "<") { mode = .tagOpen }
    case .tagOpen:
      switch byte {
      case UInt8(ascii: "/"): startTag(isClosing: true)
      case UInt8(ascii: "!"), UInt8(ascii: "?"):
        mode = .declaration
        tail = []
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        startTag(isClosing: false)
        element = [Self.lower(byte)]
      case UInt8(ascii: "<"): break
      default: mode = .text
      }
    case .declaration:
      if tail.count < 2 { tail.append(byte) }
      if tail.elementsEqual("--".utf8) {
        mode = .comment
        tail = []
      } else if isEnd {
        mode = .text
      }
    case .comment:
      keep(byte, 3)
      if tail.elementsEqual("-->".utf8) { mode = .text }
    case .name:
      if isEnd {
        endTag()
      } else if Self.isSpace(byte) || byte == UInt8(ascii: "/") {
        mode = .tag
      } else if element.count < Self.nameLimit {
        element.append(Self.lower(byte))
      }
    case .tag, .afterName:
      if isEnd {
        endTag()
      } else if byte == UInt8(ascii: "="), mode == .afterName {
        mode = .beforeValue
      } else if !Self.isSpace(byte), byte != UInt8(ascii: "/") {
        mode = .attributeName
        attribute = [Self.lower(byte)]
      }
    case .attributeName:
      if isEnd {
        endTag()
      } else if byte == UInt8(ascii: "=") {
        mode = .beforeValue
      } else if Self.isSpace(byte) {
        mode = .afterName
      } else if byte == UInt8(ascii: "/") {
        mode = .tag
      } else if attribute.count < Self.nameLimit {
        attribute.append(Self.lower(byte))
      }
    case .beforeValue: startValue(byte)
    case .value:
      if quote == 0 ? Self.isSpace(byte) || isEnd : byte == quote {
        mode = .tag
        if quote == 0, isEnd { endTag() }
      } else {
        isValueEmpty = false
        noteType(byte)
      }
    case .raw: readRaw(byte)
    }
  }

  private mutating func startTag(isClosing: Bool) {
    mode = .name
    element = []
    attribute = []
    type = []
    self.isClosing = isClosing
  }

  private mutating func startValue(_ byte: UInt8) {
    if byte == UInt8(ascii: ">") {
      endTag()
    } else if !Self.isSpace(byte) {
      let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
      mode = .value
      quote = isQuote ? byte : 0
      isValueEmpty = isQuote
      if !isQuote { noteType(byte) }
    }
  }

  private mutating func noteType(_ byte: UInt8) {
    if attribute.elementsEqual("type".utf8), type.count < Self.nameLimit { type.append(Self.lower(byte)) }
  }

  private mutating func endTag() {
    tail = []
    script = .code
    isEscaped = false
    mode = !isClosing && Self.rawElements.contains(element) ? .raw : .text
  }

  private mutating func keep(_ byte: UInt8, _ count: Int) {
    if tail.count == count { tail.removeFirst() }
    tail.append(Self.lower(byte))
  }

  // MARK: Raw text

  private mutating func readRaw(_ byte: UInt8) {
    keep(byte, element.count + 2)
    if tail.count == element.count + 2, tail[0] == UInt8(ascii: "<"), tail[1] == UInt8(ascii: "/"),
      tail.dropFirst(2).elementsEqual(element)
    {
      mode = .tag
      isClosing = true
      return
    }
    if isElement("script") { readScript(byte) }
  }

  /// Strings and comments of JavaScript; its regular expressions are taken for code.
  private mutating func readScript(_ byte: UInt8) {
    let before = tail.count >= 2 ? tail[tail.count - 2] : 0
    switch script {
    case .code:
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): script = .quoted(byte)
      case UInt8(ascii: "/") where before == UInt8(ascii: "/"): script = .lineComment
      case UInt8(ascii: "*") where before == UInt8(ascii: "/"): script = .blockComment
      default: break
      }
    case .quoted(let quote):
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == quote || (byte == UInt8(ascii: "\n") && quote != UInt8(ascii: "`")) {
        script = .code
      }
    case .lineComment: if byte == UInt8(ascii: "\n") { script = .code }
    case .blockComment: if byte == UInt8(ascii: "/"), before == UInt8(ascii: "*") { script = .code }
    }
  }
}
