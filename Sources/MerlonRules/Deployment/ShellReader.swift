import MerlonBase

/// A word of a command line, without its quotes.
struct ShellWord: Sendable, Hashable {
  var text: String
  var range: TextRange
  /// False where variables or substitutions take part: `text` then holds them as they are written (`${PORT:-8000}`).
  var isLiteral: Bool
  /// Place of each byte of `text`, for words that may be scripts themselves; empty where it is not known.
  var offsets: [UInt32] = []

  /// The text for another reader.
  var placed: PlacedText {
    offsets.count == text.utf8.count
      ? PlacedText(Array(text.utf8), offsets: offsets) : PlacedText(text, within: range)
  }
}

/// A command with its arguments, as a shell would start it.
struct ShellCommand: Sendable {
  /// Variables that are set for this command alone, or for the rest of the script where there are no words.
  var assignments: [(name: String, value: ShellWord)] = []
  var words: [ShellWord] = []
  var range: TextRange
  /// Runs only if a test says so: inside `if` or `case`, after `||`, after `[ … ] &&`.
  var isConditional = false
}

/// Reads POSIX shell text as far as command lines go: words, quotes, operators, assignments, keywords and heredocs.
/// What a shell would expand stays as it is written. Linear in the length of the text; never fails.
struct ShellReader {
  static func commands(_ text: PlacedText) -> [ShellCommand] {
    var reader = ShellReader(text: text)
    reader.run()
    return reader.commands
  }

  private let text: PlacedText
  private let bytes: [UInt8]
  private var index = 0
  private var commands: [ShellCommand] = []

  private var words: [ShellWord] = []
  private var word: [UInt8] = []
  private var wordOffsets: [UInt32] = []
  private var wordStart: Int?
  private var isLiteral = true
  private var isQuoted = false

  private var depth = 0
  private var isAfterTest = false
  private var isAfterOr = false
  /// Delimiters of heredocs whose text begins on the next line.
  private var heredocs: [[UInt8]] = []

  private init(text: PlacedText) {
    self.text = text
    bytes = text.bytes
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  private mutating func run() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        endWord()
        index += 1
      case UInt8(ascii: "\n"):
        endCommand()
        isAfterTest = false
        isAfterOr = false
        index += 1
        skipHeredocs()
      case UInt8(ascii: "#") where wordStart == nil:
        while let byte = peek(), byte != UInt8(ascii: "\n") {
          _ = byte
          index += 1
        }
      case UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"):
        endCommand()
        isAfterTest = false
        isAfterOr = false
        index += 1
      case UInt8(ascii: "&"), UInt8(ascii: "|"): readOperator(byte)
      case UInt8(ascii: "<"), UInt8(ascii: ">"): readRedirection(byte)
      case UInt8(ascii: "\\"): readEscape()
      case UInt8(ascii: "'"): readSingleQuotes()
      case UInt8(ascii: "\""): readDoubleQuotes()
      case UInt8(ascii: "$"), UInt8(ascii: "`"): readExpansion()
      default: append(byte)
      }
    }
    endCommand()
  }

  private mutating func append(_ byte: UInt8) {
    if wordStart == nil { wordStart = index }
    word.append(byte)
    if let offset = text.offset(index) { wordOffsets.append(offset) }
    index += 1
  }

  private mutating func endWord() {
    guard let start = wordStart else { return }
    let mayBeScript = word.contains(UInt8(ascii: " "))
    words.append(
      ShellWord(
        text: String(decoding: word, as: UTF8.self), range: text.range(start, index), isLiteral: isLiteral,
        offsets: mayBeScript ? wordOffsets : []))
    word = []
    wordOffsets = []
    wordStart = nil
    isLiteral = true
    isQuoted = false
  }

  // MARK: Commands

  private mutating func endCommand() {
    endWord()
    var words = ArraySlice(self.words)
    self.words = []
    while let first = words.first?.text {
      switch first {
      case "if", "case", "while", "until", "for", "select": depth += 1
      case "fi", "esac", "done": depth = max(0, depth - 1)
      case "then", "else", "elif", "do", "{", "}", "!", "function": break
      default:
        add(words)
        return
      }
      // What follows `for` and `case` is no command.
      if ["for", "case", "select", "function"].contains(first) { return }
      words.removeFirst()
    }
  }

  private mutating func add(_ words: ArraySlice<ShellWord>) {
    guard let first = words.first, let last = words.last else { return }
    var rest = words
    var command = ShellCommand(
      range: TextRange(start: first.range.start, end: last.range.end),
      isConditional: depth > 0 || isAfterTest || isAfterOr)
    while let word = rest.first, let assignment = Self.assignment(word) {
      command.assignments.append(assignment)
      rest.removeFirst()
    }
    command.words = Array(rest)
    if let name = rest.first?.text, ["[", "[[", "test"].contains(name) { isTest = true } else { isTest = false }
    commands.append(command)
  }

  /// The last command was a test.
  private var isTest = false

  /// `NAME=value`.
  static func assignment(_ word: ShellWord) -> (name: String, value: ShellWord)? {
    let utf8 = word.text.utf8
    guard let equals = utf8.firstIndex(of: UInt8(ascii: "=")), equals != utf8.startIndex,
      utf8[..<equals].allSatisfy(isNameByte), let first = utf8.first, !(0x30...0x39).contains(first)
    else { return nil }
    let value = String(word.text[utf8.index(after: equals)...])
    return (
      String(word.text[..<equals]), ShellWord(text: value, range: word.range, isLiteral: word.isLiteral)
    )
  }

  private mutating func readOperator(_ byte: UInt8) {
    endCommand()
    let isDouble = peek(1) == byte
    isAfterTest = isDouble && byte == UInt8(ascii: "&") && (isTest || isAfterTest)
    isAfterOr = isDouble && byte == UInt8(ascii: "|")
    index += isDouble ? 2 : 1
  }

  // MARK: Words

  private mutating func readEscape() {
    if peek(1) == UInt8(ascii: "\n") {
      index += 2
    } else if peek(1) == UInt8(ascii: "\r"), peek(2) == UInt8(ascii: "\n") {
      index += 3
    } else {
      if wordStart == nil { wordStart = index }
      index += 1
      if let byte = peek() { append(byte) }
    }
  }

  private mutating func readSingleQuotes() {
    if wordStart == nil { wordStart = index }
    isQuoted = true
    index += 1
    while let byte = peek(), byte != UInt8(ascii: "'") { append(byte) }
    index = min(index + 1, bytes.count)
  }

  private mutating func readDoubleQuotes() {
    if wordStart == nil { wordStart = index }
    isQuoted = true
    index += 1
    while let byte = peek(), byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"):
        if let next = peek(1), [0x22, 0x5C, 0x24, 0x60].contains(next) {
          index += 1
          append(next)
        } else if peek(1) == UInt8(ascii: "\n") {
          index += 2
        } else {
          append(byte)
        }
      case UInt8(ascii: "$"), UInt8(ascii: "`"): readExpansion()
      default: append(byte)
      }
    }
    index = min(index + 1, bytes.count)
  }

  /// `$NAME`, `${…}`, `$(…)`, `` `…` ``: kept as written.
  private mutating func readExpansion() {
    guard let byte = peek() else { return }
    if byte == UInt8(ascii: "`") {
      isLiteral = false
      append(byte)
      while let byte = peek(), byte != UInt8(ascii: "`") { append(byte) }
      if peek() != nil { append(byte) }
      return
    }
    guard let next = peek(1) else {
      append(byte)
      return
    }
    if next == UInt8(ascii: "(") || next == UInt8(ascii: "{") {
      isLiteral = false
      append(byte)
      appendBalanced(open: next, close: next == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}"))
    } else if isNameByte(next) || "@*#?$!-".utf8.contains(next) {
      isLiteral = false
      append(byte)
      append(next)
      if isNameByte(next) {
        while let byte = peek(), isNameByte(byte) { append(byte) }
      }
    } else {
      append(byte)
    }
  }

  private mutating func appendBalanced(open: UInt8, close: UInt8) {
    var nesting = 0
    while let byte = peek() {
      append(byte)
      if byte == open { nesting += 1 }
      if byte == close {
        nesting -= 1
        if nesting == 0 { return }
      }
    }
  }

  // MARK: Redirections

  private mutating func readRedirection(_ byte: UInt8) {
    // A number in front names the file that is redirected.
    if wordStart != nil, !isQuoted, word.allSatisfy({ (0x30...0x39).contains($0) }) {
      word = []
      wordOffsets = []
      wordStart = nil
    }
    endWord()
    index += 1
    if byte == UInt8(ascii: "<"), peek() == UInt8(ascii: "<"), peek(1) != UInt8(ascii: "<") {
      index += 1
      if peek() == UInt8(ascii: "-") { index += 1 }
      readHeredocDelimiter()
      return
    }
    while let next = peek(), [0x3C, 0x3E, 0x26, 0x7C].contains(next) { index += 1 }
    while let next = peek(), isBlank(next) { index += 1 }
    // The target is no word of the command.
    let count = words.count
    while let next = peek(), !" \t\r\n;&|()<>".utf8.contains(next) {
      switch next {
      case UInt8(ascii: "'"): readSingleQuotes()
      case UInt8(ascii: "\""): readDoubleQuotes()
      case UInt8(ascii: "\\"): readEscape()
      case UInt8(ascii: "$"), UInt8(ascii: "`"): readExpansion()
      default: append(next)
      }
    }
    endWord()
    if words.count > count { words.removeLast() }
  }

  private mutating func readHeredocDelimiter() {
    while let next = peek(), isBlank(next) { index += 1 }
    var delimiter: [UInt8] = []
    while let next = peek(), !" \t\r\n;&|()<>".utf8.contains(next) {
      if ![0x22, 0x27, 0x5C].contains(next) { delimiter.append(next) }
      index += 1
    }
    if !delimiter.isEmpty, heredocs.count < 16 { heredocs.append(delimiter) }
  }

  private mutating func skipHeredocs() {
    guard !heredocs.isEmpty else { return }
    for delimiter in heredocs {
      while index < bytes.count {
        let start = index
        while let byte = peek(), byte != UInt8(ascii: "\n") {
          _ = byte
          index += 1
        }
        let line = FileLine(start: start, bytes: bytes[start..<index]).trimmed
        index = min(index + 1, bytes.count)
        if line.elementsEqual(delimiter) || line.elementsEqual(delimiter + [UInt8(ascii: "\r")]) { break }
      }
    }
    heredocs = []
  }
}
