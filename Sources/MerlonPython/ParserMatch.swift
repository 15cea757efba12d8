/// The match statement and its patterns.
extension Parser {
  /// `match_stmt: "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT`; nil when `match` is an ordinary name
  /// here, 0 when the header was given up.
  mutating func matchStatement() -> UInt32? {
    let before = mark
    let offset = start
    lexer.advance()
    guard startsExpression || kind == .star else {
      rewind(to: before)
      return nil
    }
    // `match (x)`, `match [x]`, `match -x` and `match *x` begin like expressions: the colon at the end decides.
    let isClear: Bool
    switch kind {
    case .leftParenthesis, .leftBracket, .plus, .minus, .star, .not: isClear = false
    default: isClear = true
    }
    let subject = subjectExpression()
    if !isClear {
      guard kind == .colon, lexer.peek().kind == .newline else {
        rewind(to: before)
        return nil
      }
    }
    guard kind == .colon else {
      fail(kind == .newline ? "expected `:`" : "invalid syntax")
      return 0
    }
    lexer.advance()
    guard kind == .newline else {
      fail()
      return 0
    }
    lexer.advance()
    let cases = caseBlocks(offset)
    return make(.match, offset, subject, cases)
  }

  /// `subject_expr: star_named_expression ',' star_named_expressions? | named_expression`.
  private mutating func subjectExpression() -> UInt32 {
    let offset = start
    let first = starNamedExpression()
    guard kind == .comma else {
      if nodes[Int(first)].kind == .starred { fail() }
      return first
    }
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      guard startsExpression || kind == .star else { break }
      push(starNamedExpression())
    }
    let elements = list(since: mark)
    return make(.tuple, offset, elements)
  }

  /// `INDENT case_block+ DEDENT`.
  private mutating func caseBlocks(_ offset: Int) -> UInt32 {
    guard kind == .indent else {
      if kind != .error {
        let line = lexer.line(of: offset)
        add(
          "expected an indented block after `match` statement on line \(line)", from: start,
          to: kind.isLayout ? start : lexer.end)
      }
      return 0
    }
    lexer.advance()
    let mark = scratchCount
    while kind != .dedent && kind != .end {
      statementStart = start
      nesting = 0
      if kind == .name && lexer.name == NameTable.case {
        push(caseBlock())
      } else {
        if kind == .indent { lexer.advance() }
        fail("expected a `case` block")
        let broken = scratchCount
        recoverStatement()
        drop(to: broken)
      }
    }
    if kind == .dedent { lexer.advance() }
    return list(since: mark)
  }

  /// `case_block: "case" patterns guard? ':' block`.
  private mutating func caseBlock() -> UInt32 {
    let offset = start
    let nodes = nodeCount
    let extra = extraCount
    lexer.advance()
    let pattern = patterns()
    var guardTest: UInt32 = 0
    if accept(.if) { guardTest = namedExpression() }
    if let body = colonBlock(.case, offset) {
      return make(.matchCase, offset, pattern, guardTest, body)
    }
    let mark = scratchCount
    truncate(nodes: nodes, extra: extra, scratch: mark)
    recoverStatement()
    let body = list(since: mark)
    let error = make(.errorExpression, offset, end: offset)
    return make(.matchCase, offset, error, 0, body)
  }

  // MARK: Patterns

  /// `patterns: open_sequence_pattern | pattern`.
  private mutating func patterns() -> UInt32 {
    let offset = start
    let first = maybeStarPattern()
    if kind != .comma {
      if nodes[Int(first)].kind == .matchStar { fail() }
      return first
    }
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      if kind == .colon || kind == .if { break }
      push(maybeStarPattern())
    }
    let elements = list(since: mark)
    return make(.matchSequence, offset, elements)
  }

  /// `maybe_star_pattern: '*' (NAME | "_") | pattern`.
  private mutating func maybeStarPattern() -> UInt32 {
    guard kind == .star else { return pattern() }
    let offset = start
    lexer.advance()
    var name = identifier()
    if name == NameTable.underscore { name = 0 }
    return make(.matchStar, offset, name)
  }

  /// `pattern: or_pattern ['as' NAME]`.
  private mutating func pattern() -> UInt32 {
    let offset = start
    let first = orPattern()
    guard accept(.as) else { return first }
    if kind == .name && lexer.name == NameTable.underscore { fail("cannot use `_` as a target") }
    let name = captureTarget()
    return make(.matchAs, offset, first, name)
  }

  /// `pattern_capture_target: !"_" NAME !('.' | '(' | '=')`.
  private mutating func captureTarget() -> UInt32 {
    if kind != .name { fail("invalid pattern target") }
    let name = identifier()
    if kind == .dot || kind == .leftParenthesis || kind == .equal { fail("invalid pattern target") }
    return name
  }

  /// `or_pattern: '|'.closed_pattern+`.
  private mutating func orPattern() -> UInt32 {
    let offset = start
    let first = closedPattern()
    if kind != .pipe { return first }
    let mark = scratchCount
    push(first)
    while accept(.pipe) { push(closedPattern()) }
    let alternatives = list(since: mark)
    return make(.matchOr, offset, alternatives)
  }

  /// `closed_pattern`.
  private mutating func closedPattern() -> UInt32 {
    let offset = start
    switch kind {
    case .integer, .float, .imaginary, .minus, .string, .formatStringStart:
      let value = literal()
      return make(.matchValue, offset, value)
    case .none: return singleton(.none)
    case .true: return singleton(.true)
    case .false: return singleton(.false)
    case .name: return namePattern()
    case .leftParenthesis: return parenthesizedPattern()
    case .leftBracket:
      lexer.advance()
      let mark = scratchCount
      sequence(until: .rightBracket)
      expect(.rightBracket)
      return make(.matchSequence, offset, list(since: mark))
    case .leftBrace: return mappingPattern()
    default:
      fail()
      return 0
    }
  }

  private mutating func singleton(_ constantKind: ConstantKind) -> UInt32 {
    let offset = start
    lexer.advance()
    return make(.matchSingleton, offset, flag: constantKind.rawValue)
  }

  /// `signed_number !('+' | '-') | complex_number | strings`.
  private mutating func literal() -> UInt32 {
    let offset = start
    if kind == .string || kind == .formatStringStart { return atom() }
    let number = signedNumber()
    guard kind == .plus || kind == .minus else { return number }
    let op: BinaryOperator = kind == .plus ? .add : .sub
    let record = nodes[Int(number)]
    let real = record.kind == .unaryOp ? nodes[Int(record.a)] : record
    if real.flag == ConstantKind.imaginary.rawValue { fail("real number required in complex literal") }
    lexer.advance()
    if kind != .imaginary { fail("imaginary number required in complex literal") }
    let imaginary = atom()
    return make(.binOp, offset, flag: op.rawValue, number, imaginary)
  }

  private mutating func signedNumber() -> UInt32 {
    let offset = start
    guard accept(.minus) else { return number() }
    let operand = number()
    return make(.unaryOp, offset, flag: UnaryOperator.minus.rawValue, operand)
  }

  private mutating func number() -> UInt32 {
    switch kind {
    case .integer, .float, .imaginary: return atom()
    default:
      fail()
      return 0
    }
  }

  /// `capture_pattern | wildcard_pattern | value_pattern | class_pattern`.
  private mutating func namePattern() -> UInt32 {
    let offset = start
    let name = identifier()
    if name == NameTable.underscore { return make(.matchAs, offset) }
    guard kind == .dot || kind == .leftParenthesis else {
      if kind == .equal { fail() }
      return make(.matchAs, offset, 0, name)
    }
    let value = attributes(offset, name)
    if kind == .leftParenthesis { return classPattern(offset, value) }
    if kind == .equal { fail() }
    return make(.matchValue, offset, value)
  }

  /// `name_or_attr`, behind its first name.
  private mutating func attributes(_ offset: Int, _ name: UInt32) -> UInt32 {
    var value = make(.name, offset, name)
    while accept(.dot) {
      let attribute = identifier()
      value = make(.attribute, offset, value, attribute)
    }
    return value
  }

  /// `group_pattern | '(' open_sequence_pattern? ')'`.
  private mutating func parenthesizedPattern() -> UInt32 {
    let offset = start
    lexer.advance()
    let mark = scratchCount
    let hasComma = sequence(until: .rightParenthesis)
    expect(.rightParenthesis)
    if !hasComma && scratchCount == mark + 1 {
      let only = scratch[mark]
      if nodes[Int(only)].kind == .matchStar { report("cannot use starred pattern here", at: only) }
      drop(to: mark)
      return only
    }
    return make(.matchSequence, offset, list(since: mark))
  }

  /// Pushes `','.maybe_star_pattern+ ','?`, if any. Answers whether there was a comma.
  @discardableResult private mutating func sequence(until closing: TokenKind) -> Bool {
    var hasComma = false
    while kind != closing {
      push(maybeStarPattern())
      if !accept(.comma) { break }
      hasComma = true
    }
    return hasComma
  }

  /// `mapping_pattern`.
  private mutating func mappingPattern() -> UInt32 {
    let offset = start
    lexer.advance()
    let mark = scratchCount
    var rest: UInt32 = 0
    while kind != .rightBrace {
      if rest != 0 {
        fail("double star pattern must be the last (right-most) subpattern in the mapping pattern")
      }
      if accept(.doubleStar) {
        if kind == .name && lexer.name == NameTable.underscore { fail() }
        rest = captureTarget()
      } else {
        push(mappingKey())
        expect(.colon)
        push(pattern())
      }
      if !accept(.comma) { break }
    }
    expect(.rightBrace)
    let count = (scratchCount - mark) / 2
    let keys = scratchCount
    for index in 0..<count { push(scratch[mark + 2 * index]) }
    let keyList = list(since: keys)
    for index in 0..<count { scratch[mark + index] = scratch[mark + 2 * index + 1] }
    drop(to: mark + count)
    return make(.matchMapping, offset, keyList, list(since: mark), rest)
  }

  /// `literal_expr | attr`.
  private mutating func mappingKey() -> UInt32 {
    switch kind {
    case .none, .true, .false: return atom()
    case .name:
      let offset = start
      let name = identifier()
      if kind != .dot { fail() }
      return attributes(offset, name)
    case .integer, .float, .imaginary, .minus, .string, .formatStringStart: return literal()
    default:
      fail()
      return 0
    }
  }

  /// `class_pattern`, from its parenthesis on.
  private mutating func classPattern(_ offset: Int, _ value: UInt32) -> UInt32 {
    lexer.advance()
    let mark = scratchCount
    var attributeCount = 0
    // Positional patterns are pushed alone, then each keyword pattern behind its name.
    while kind != .rightParenthesis {
      if kind == .name && lexer.peek().kind == .equal {
        push(identifier())
        lexer.advance()
        push(pattern())
        attributeCount += 1
      } else {
        let position = start
        let positional = pattern()
        if attributeCount > 0 {
          report("positional patterns follow keyword patterns", from: position, to: lexer.previousEnd)
        } else {
          push(positional)
        }
      }
      if !accept(.comma) { break }
    }
    expect(.rightParenthesis)
    let keywords = scratchCount - 2 * attributeCount
    let end = scratchCount
    for index in 0..<attributeCount { push(scratch[keywords + 2 * index]) }
    let attributes = list(since: end)
    for index in 0..<attributeCount { push(scratch[keywords + 2 * index + 1]) }
    let keywordPatterns = list(since: end)
    drop(to: keywords)
    let patterns = list(since: mark)
    let slots = block(value, patterns, attributes, keywordPatterns)
    return make(.matchClass, offset, slots)
  }
}
