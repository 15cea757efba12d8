/// What a token is. The order matters: layout tokens come first, operators stand in the order of the tree's operator
/// enumerations, and keywords in the order in which `NameTable` seeds them.
enum TokenKind: UInt8 {
  // Layout: these have no text of their own.
  case end, newline, indent, dedent
  /// The lexer met something that is no token, or the parser gave up on this statement: nothing follows it.
  case error

  case name, integer, float, imaginary, string
  /// The opening quote of an f-string or t-string; the parser reads what follows piece by piece.
  case formatStringStart

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, equal, colonEqual, exclamation, tilde

  // In the order of `BinaryOperator`.
  case plus, minus, star, at, slash, percent, doubleStar, leftShift, rightShift, pipe, caret, ampersand, doubleSlash
  // The same with `=`.
  case plusEqual, minusEqual, starEqual, atEqual, slashEqual, percentEqual, doubleStarEqual, leftShiftEqual
  case rightShiftEqual, pipeEqual, caretEqual, ampersandEqual, doubleSlashEqual

  // In the order of `ComparisonOperator`.
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual

  // Keywords, in the order of `NameTable.keywords`.
  case `false`, none, `true`, and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`
  case except, finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise
  case `return`, `try`, `while`, with, yield

  @inline(__always) var isLayout: Bool { rawValue < TokenKind.error.rawValue }
  @inline(__always) var isKeyword: Bool { rawValue >= TokenKind.false.rawValue }

  /// How tightly a binary operator binds: 1 (`|`) to 6 (`*`); 0 for what is none. `**` is read apart.
  @inline(__always) var precedence: UInt8 {
    switch self {
    case .pipe: 1
    case .caret: 2
    case .ampersand: 3
    case .leftShift, .rightShift: 4
    case .plus, .minus: 5
    case .star, .at, .slash, .percent, .doubleSlash: 6
    default: 0
    }
  }

  /// The operator's place in `BinaryOperator`, for a binary operator token.
  @inline(__always) var binaryOperator: UInt8 { rawValue &- TokenKind.plus.rawValue }

  /// True for `+=` and its like.
  @inline(__always) var isAugmentedAssignment: Bool {
    rawValue >= TokenKind.plusEqual.rawValue && rawValue <= TokenKind.doubleSlashEqual.rawValue
  }

  /// The operator's place in `BinaryOperator`, for an augmented assignment token.
  @inline(__always) var augmentedOperator: UInt8 { rawValue &- TokenKind.plusEqual.rawValue }
}

/// Bits of a string token's prefix and shape, kept in `Node.detail` of string constants.
struct StringTraits: OptionSet {
  let rawValue: UInt16
  /// `u"…"`: CPython keeps this in `Constant.kind`.
  static let unicodePrefix = StringTraits(rawValue: 1)
  static let raw = StringTraits(rawValue: 2)
  static let bytes = StringTraits(rawValue: 4)
  static let triple = StringTraits(rawValue: 8)
  /// The text has a backslash.
  static let backslash = StringTraits(rawValue: 16)
  /// The value is put together from pieces, listed in `Tree.extra` (`Node.a`): three numbers each, start and end of
  /// the text between the quotes, and its traits.
  static let pieces = StringTraits(rawValue: 32)
  /// Text between the replacement fields of an f-string: doubled braces stand for one.
  static let middle = StringTraits(rawValue: 64)
  /// Source text as it stands (`f"{x=}"`, the expression text of an interpolation).
  static let verbatim = StringTraits(rawValue: 128)
  static let format = StringTraits(rawValue: 256)
  static let template = StringTraits(rawValue: 512)
  /// A bytes literal with a byte above 127.
  static let nonASCII = StringTraits(rawValue: 1024)
}
