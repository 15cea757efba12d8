import MerlonBase

/// Reads tokens on demand from a text that ends with zero bytes.
///
/// The parser looks at `kind`, `start`, `end` and `name`, and calls `advance`. F-strings are read by the parser, which
/// moves `position` and lexes their replacement fields with the same lexer. All offsets stay within the text, because
/// every scan stops at a zero byte and zero bytes inside the text were replaced before.
struct Lexer: ~Copyable {
  /// Where the lexer stands in a line.
  enum Place: UInt8 { case inLine, lineStart, dedents }

  /// What `rewind` needs to go back to a token of the same logical line.
  struct Mark {
    var position: Int
    var start: Int
    var end: Int
    var previousEnd: Int
    var kind: TokenKind
    var name: UInt32
    var traits: StringTraits
    var depth: Int
    var fieldDepth: Int
    var place: Place
  }

  /// Largest number of open brackets (CPython's `MAXLEVEL`).
  static let maximumDepth = 200
  /// Largest number of indentation levels, the outermost included (CPython's `MAXINDENT`).
  static let maximumIndents = 100
  /// Zero bytes behind the text.
  static let padding = 16

  let base: UnsafePointer<UInt8>
  let count: Int
  /// Offset of the next byte to read.
  var position: Int
  var kind: TokenKind = .newline
  var start = 0
  var end = 0
  /// Where the last token with a text ended.
  var previousEnd = 0
  /// Number of the name or keyword, if the token is one.
  var name: UInt32 = 0
  /// Prefix and shape, if the token is a string.
  var traits: StringTraits = []
  /// Number of open brackets.
  var depth = 0
  /// Number of open brackets directly inside the innermost replacement field of an f-string; -1 outside.
  var fieldDepth = -1
  var place = Place.lineStart
  /// Where each open bracket stands.
  let brackets: UnsafeMutablePointer<Int>
  /// Columns of the indentation levels, tabs to eight, and tabs as one.
  let indents: UnsafeMutablePointer<(column: Int, alternative: Int)>
  var indentCount = 1
  /// Column of the line whose dedents are being handed out.
  var lineColumn = 0
  /// The same with tabs as one.
  var lineAlternative = 0
  var names: NameTable
  var comments: [TextRange] = []
  var unendedDouble = false
  var unendedSingle = false
  /// What is wrong, after `kind` became `.error` by the lexer's own doing.
  var problem: Problem?
  /// True for the bytes of an ASCII identifier.
  private let identifier: UnsafeMutablePointer<Bool>

  /// What could not be read.
  struct Problem {
    enum Kind {
      /// A token or what the parser made of it.
      case token
      /// White space at the start of a line; the line itself can be read.
      case indentation
      /// The same, where the line stands between two levels.
      case dedent
    }

    var kind = Kind.token
    /// The token that the parser did not want.
    var found = TokenKind.error
    var message: String
    var start: Int
    var end: Int
  }

  init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
    position = 0
    brackets = .allocate(capacity: Lexer.maximumDepth + 1)
    indents = .allocate(capacity: Lexer.maximumIndents + 1)
    indents[0] = (0, 0)
    names = NameTable(expecting: count / 64)
    identifier = .allocate(capacity: 256)
    for byte in 0..<256 {
      let character = UInt8(byte)
      identifier[byte] =
        (character | 0x20 >= UInt8(ascii: "a") && character | 0x20 <= UInt8(ascii: "z") && character < 0x80)
        || (character >= UInt8(ascii: "0") && character <= UInt8(ascii: "9")) || character == UInt8(ascii: "_")
    }
  }

  deinit {
    brackets.deallocate()
    indents.deallocate()
    identifier.deallocate()
  }

  // MARK: Moving

  /// Goes to the next token. After an error it stays where it is.
  @inline(__always) mutating func advance() {
    if kind.rawValue > TokenKind.error.rawValue {
      previousEnd = end
    } else if kind == .error {
      return
    }
    read()
  }

  var mark: Mark {
    Mark(
      position: position, start: start, end: end, previousEnd: previousEnd, kind: kind, name: name, traits: traits,
      depth: depth, fieldDepth: fieldDepth, place: place)
  }

  mutating func rewind(to mark: Mark) {
    position = mark.position
    start = mark.start
    end = mark.end
    previousEnd = mark.previousEnd
    kind = mark.kind
    name = mark.name
    traits = mark.traits
    depth = mark.depth
    fieldDepth = mark.fieldDepth
    place = mark.place
    problem = nil
  }

  /// The kind of the token behind this one, on the same logical line.
  mutating func peek() -> (kind: TokenKind, name: UInt32) {
    let here = mark
    advance()
    let next = (kind, name)
    rewind(to: here)
    return next
  }

  /// Makes this an error token.
  @inline(never) mutating func refuse(_ message: String, from: Int, to: Int) {
    kind = .error
    start = from
    end = max(from, min(to, count))
    position = end
    problem = Problem(message: message, start: start, end: end)
  }

  /// Makes this an error token on behalf of the parser, which did not want it.
  @inline(never) mutating func reject(_ message: String, from: Int, to: Int) {
    if kind == .error { return }
    problem = Problem(found: kind, message: message, start: from, end: max(from, to))
    kind = .error
  }

  /// Reads on behind an error.
  mutating func resume(at offset: Int, _ place: Place) {
    position = min(offset, count)
    self.place = place
    depth = 0
    fieldDepth = -1
    problem = nil
    kind = .newline
    read()
  }

  /// Opens a replacement field and reads its first token; false, with an error, when brackets are too deep.
  mutating func beginField(_ brace: Int) -> Bool {
    open(.leftBrace, brace)
    if kind == .error { return false }
    fieldDepth = depth
    read()
    return true
  }

  /// Reads the token behind an f-string.
  mutating func endFormatString(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
    kind = .string
    position = end
    advance()
  }

  /// Reads on behind an indentation that fits no level: its line begins a level of its own.
  mutating func resumeIndented() {
    problem = nil
    kind = .indent
    place = .inLine
    indents[indentCount] = (lineColumn, lineAlternative)
    indentCount += 1
  }

  // MARK: Reading

  @inline(__always) private mutating func finish(_ kind: TokenKind, _ start: Int, _ length: Int) {
    self.kind = kind
    self.start = start
    end = start + length
    position = end
  }

  @inline(__always) private mutating func open(_ kind: TokenKind, _ start: Int) {
    if depth >= Lexer.maximumDepth { return refuse("too many nested parentheses", from: start, to: start + 1) }
    brackets[depth] = start
    depth += 1
    finish(kind, start, 1)
  }

  @inline(__always) private mutating func close(_ kind: TokenKind, _ start: Int, _ opening: UInt8) {
    if depth == 0 || base[brackets[depth - 1]] != opening { return refuseClosing(start) }
    if depth == fieldDepth && opening != UInt8(ascii: "{") { return refuseClosing(start) }
    depth -= 1
    finish(kind, start, 1)
  }

  /// Reads one token.
  private mutating func read() {
    if place != .inLine {
      if startLine() { return }
    }
    var p = position
    while true {
      let byte = base[p]
      switch byte {
      case 0x20, 0x09, 0x0C:
        p += 1
      case 0x61...0x7A, 0x41...0x5A, 0x5F:
        return readName(p)
      case 0x28: return open(.leftParenthesis, p)
      case 0x29: return close(.rightParenthesis, p, 0x28)
      case 0x2C: return finish(.comma, p, 1)
      case 0x2E:
        let next = base[p + 1]
        if next &- 0x30 < 10 { return readNumber(p) }
        if next == 0x2E && base[p + 2] == 0x2E { return finish(.ellipsis, p, 3) }
        return finish(.dot, p, 1)
      case 0x3D:
        if base[p + 1] == 0x3D { return finish(.equalEqual, p, 2) }
        return finish(.equal, p, 1)
      case 0x3A:
        if base[p + 1] == 0x3D && depth != fieldDepth { return finish(.colonEqual, p, 2) }
        return finish(.colon, p, 1)
      case 0x22, 0x27: return readString(p, quote: p, [])
      case 0x0A, 0x0D:
        var next = p + 1
        if byte == 0x0D && base[next] == 0x0A { next += 1 }
        if depth > 0 {
          p = next
          continue
        }
        kind = .newline
        start = p
        end = next
        position = next
        place = .lineStart
        return
      case 0x5B: return open(.leftBracket, p)
      case 0x5D: return close(.rightBracket, p, 0x5B)
      case 0x30...0x39: return readNumber(p)
      case 0x23:
        p = skipComment(p)
      case 0x7B: return open(.leftBrace, p)
      case 0x7D: return close(.rightBrace, p, 0x7B)
      case 0x2D:
        if base[p + 1] == 0x3E { return finish(.arrow, p, 2) }
        return operatorOrAssignment(.minus, .minusEqual, p, 1)
      case 0x2B: return operatorOrAssignment(.plus, .plusEqual, p, 1)
      case 0x2A:
        if base[p + 1] == 0x2A { return operatorOrAssignment(.doubleStar, .doubleStarEqual, p, 2) }
        return operatorOrAssignment(.star, .starEqual, p, 1)
      case 0x2F:
        if base[p + 1] == 0x2F { return operatorOrAssignment(.doubleSlash, .doubleSlashEqual, p, 2) }
        return operatorOrAssignment(.slash, .slashEqual, p, 1)
      case 0x25: return operatorOrAssignment(.percent, .percentEqual, p, 1)
      case 0x40: return operatorOrAssignment(.at, .atEqual, p, 1)
      case 0x7C: return operatorOrAssignment(.pipe, .pipeEqual, p, 1)
      case 0x26: return operatorOrAssignment(.ampersand, .ampersandEqual, p, 1)
      case 0x5E: return operatorOrAssignment(.caret, .caretEqual, p, 1)
      case 0x3C:
        if base[p + 1] == 0x3C { return operatorOrAssignment(.leftShift, .leftShiftEqual, p, 2) }
        if base[p + 1] == 0x3E { return finish(.notEqual, p, 2) }
        return operatorOrAssignment(.less, .lessEqual, p, 1)
      case 0x3E:
        if base[p + 1] == 0x3E { return operatorOrAssignment(.rightShift, .rightShiftEqual, p, 2) }
        return operatorOrAssignment(.greater, .greaterEqual, p, 1)
      case 0x21:
        if base[p + 1] == 0x3D { return finish(.notEqual, p, 2) }
        return finish(.exclamation, p, 1)
      case 0x7E: return finish(.tilde, p, 1)
      case 0x3B: return finish(.semicolon, p, 1)
      case 0x5C:
        guard let next = continuation(p) else { return }
        p = next
      case 0:
        if p >= count { return readEnd() }
        return refuseCharacter(p)
      case 0x80...0xFF: return readName(p)
      default: return refuseCharacter(p)
      }
    }
  }

  @inline(__always) private mutating func operatorOrAssignment(
    _ plain: TokenKind, _ assigning: TokenKind, _ start: Int, _ length: Int
  ) {
    if base[start + length] == 0x3D { return finish(assigning, start, length + 1) }
    finish(plain, start, length)
  }

  /// The end of the text: a line that lacks its end gets one.
  private mutating func readEnd() {
    start = count
    end = count
    position = count
    if depth == 0 && kind != .newline && kind != .dedent && kind != .end {
      kind = .newline
      place = .lineStart
    } else {
      kind = .end
    }
  }

  /// The offset of the line's end; records the comment once.
  mutating func skipComment(_ start: Int) -> Int {
    var p = start
    while base[p] != 0x0A && base[p] != 0x0D && base[p] != 0 { p += 1 }
    if comments.last.map({ Int($0.start) < start }) ?? true {
      comments.append(TextRange(start: UInt32(start), end: UInt32(p)))
    }
    return p
  }

  /// The offset behind a backslash and the line's end; nil, with an error, when something else follows.
  mutating func continuation(_ start: Int) -> Int? {
    var p = start + 1
    if base[p] == 0x0D { p += 1 }
    if base[p] == 0x0A { p += 1 }
    if p == start + 1 {
      if p >= count {
        refuse("unexpected end of file while parsing", from: start, to: p)
      } else {
        refuse("unexpected character after line continuation character", from: p, to: p + 1)
      }
      return nil
    }
    if p >= count {
      refuse("unexpected end of file while parsing", from: start, to: p)
      return nil
    }
    return p
  }

  // MARK: Names

  @inline(__always) private mutating func readName(_ start: Int) {
    var p = start
    while identifier[Int(base[p])] { p += 1 }
    let byte = base[p]
    if byte >= 0x80 { return readUnicodeName(start) }
    if byte == 0x22 || byte == 0x27, p - start <= 2, let prefix = stringPrefix(start, p - start) {
      return readString(start, quote: p, prefix)
    }
    let number = names.find(base + start, p - start)
    name = number
    self.start = start
    end = p
    position = p
    if number <= NameTable.lastKeyword {
      kind = unsafeBitCast(TokenKind.false.rawValue &+ UInt8(truncatingIfNeeded: number) &- 1, to: TokenKind.self)
    } else {
      kind = .name
    }
  }

  private func stringPrefix(_ start: Int, _ length: Int) -> StringTraits? {
    var traits: StringTraits = []
    for offset in 0..<length {
      let letter: StringTraits
      switch base[start + offset] | 0x20 {
      case UInt8(ascii: "r"): letter = .raw
      case UInt8(ascii: "b"): letter = .bytes
      case UInt8(ascii: "f"): letter = .format
      case UInt8(ascii: "t"): letter = .template
      case UInt8(ascii: "u"): letter = .unicodePrefix
      default: return nil
      }
      if traits.contains(letter) { return nil }
      traits.formUnion(letter)
    }
    // Only `r` goes with another letter, and never with `u`.
    if length == 2 && (!traits.contains(.raw) || traits.contains(.unicodePrefix)) { return nil }
    return traits
  }

  // MARK: Refusing

  private mutating func refuseClosing(_ start: Int) {
    let closing = Character(Unicode.Scalar(base[start]))
    guard depth > 0 else { return refuse("unmatched `\(closing)`", from: start, to: start + 1) }
    if depth == fieldDepth { return refuse("f-string: unmatched `\(closing)`", from: start, to: start + 1) }
    let opening = Character(Unicode.Scalar(base[brackets[depth - 1]]))
    refuse(
      "closing parenthesis `\(closing)` does not match opening parenthesis `\(opening)`", from: start, to: start + 1)
  }

  private mutating func refuseCharacter(_ start: Int) {
    let shown = String(base[start], radix: 16, uppercase: true)
    if base[start] > 0x20 && base[start] < 0x7F {
      refuse("invalid syntax", from: start, to: start + 1)
    } else {
      let digits = String(repeating: "0", count: max(0, 4 - shown.count)) + shown
      refuse("invalid non-printable character U+\(digits)", from: start, to: start + 1)
    }
  }
}
