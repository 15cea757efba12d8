/// Expressions from the loosest binding to the tightest. Each function answers the id of what it read.
extension Parser {
  /// `yield_expr | star_expressions`.
  @inline(__always) mutating func yieldOrStarExpressions() -> UInt32 {
    kind == .yield ? yieldExpression() : starExpressions()
  }

  /// `star_expressions`: one expression, or a tuple without parentheses.
  mutating func starExpressions() -> UInt32 {
    let offset = start
    let first = starExpression()
    if kind != .comma { return first }
    return tupleRest(offset, first, allowsStar: true)
  }

  /// `expressions`: the same without stars.
  mutating func expressions() -> UInt32 {
    let offset = start
    let first = expression()
    if kind != .comma { return first }
    return tupleRest(offset, first, allowsStar: false)
  }

  private mutating func tupleRest(_ offset: Int, _ first: UInt32, allowsStar: Bool) -> UInt32 {
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      guard startsExpression || (allowsStar && kind == .star) else { break }
      push(allowsStar ? starExpression() : expression())
    }
    let elements = list(since: mark)
    return make(.tuple, offset, elements)
  }

  /// True if an expression can begin with this token.
  var startsExpression: Bool {
    switch kind {
    case .name, .integer, .float, .imaginary, .string, .formatStringStart, .leftParenthesis, .leftBracket,
      .leftBrace, .ellipsis, .tilde, .plus, .minus, .false, .none, .true, .await, .lambda, .not:
      true
    default: false
    }
  }

  /// `star_expression: '*' bitwise_or | expression`.
  @inline(__always) mutating func starExpression() -> UInt32 {
    kind == .star ? starred() : expression()
  }

  /// `'*' bitwise_or`.
  mutating func starred() -> UInt32 {
    let offset = start
    lexer.advance()
    let value = bitwiseOr()
    return make(.starred, offset, value)
  }

  /// `star_named_expression: '*' bitwise_or | named_expression`.
  @inline(__always) mutating func starNamedExpression() -> UInt32 {
    kind == .star ? starred() : namedExpression()
  }

  /// `named_expression: NAME ':=' expression | expression !':='`.
  mutating func namedExpression() -> UInt32 {
    let offset = start
    let left = expression()
    if kind != .colonEqual { return left }
    return namedRest(offset, left)
  }

  mutating func namedRest(_ offset: Int, _ left: UInt32) -> UInt32 {
    let target = nodes[Int(left)]
    if target.kind == .name && Int(target.start) == offset {
      setContext(left, .store)
    } else {
      report("cannot use assignment expressions with \(expressionName(left))", at: left)
    }
    lexer.advance()
    let value = expression()
    return make(.namedExpr, offset, left, value)
  }

  /// `yield_expr: 'yield' 'from' expression | 'yield' [star_expressions]`.
  mutating func yieldExpression() -> UInt32 {
    let offset = start
    lexer.advance()
    if accept(.from) {
      let value = expression()
      return make(.yieldFrom, offset, value)
    }
    let value = startsExpression || kind == .star ? starExpressions() : 0
    return make(.yield, offset, value)
  }

  /// `expression: disjunction ['if' disjunction 'else' expression] | lambdef`.
  mutating func expression() -> UInt32 {
    if kind == .lambda { return lambda() }
    let offset = start
    let body = disjunction()
    if kind != .if { return body }
    return conditionalRest(offset, body)
  }

  private mutating func conditionalRest(_ offset: Int, _ body: UInt32) -> UInt32 {
    guard deepen() else { return 0 }
    defer { rise() }
    lexer.advance()
    let test = disjunction()
    guard kind == .else else {
      fail("expected `else` after `if` expression", from: offset, to: lexer.previousEnd)
      return 0
    }
    lexer.advance()
    let orElse = expression()
    return make(.ifExp, offset, test, body, orElse)
  }

  /// `lambdef: 'lambda' [lambda_params] ':' expression`.
  private mutating func lambda() -> UInt32 {
    guard deepen() else { return 0 }
    defer { rise() }
    let offset = start
    lexer.advance()
    let arguments = parameters(ending: .colon)
    if kind == .colon && lexer.depth == lexer.fieldDepth {
      fail("f-string: lambda expressions are not allowed without parentheses", from: offset, to: lexer.end)
    }
    expect(.colon)
    let body = expression()
    return make(.lambda, offset, arguments, body)
  }

  /// `disjunction: conjunction ('or' conjunction)*`.
  mutating func disjunction() -> UInt32 {
    let offset = start
    let first = conjunction()
    if kind != .or { return first }
    let mark = scratchCount
    push(first)
    while accept(.or) { push(conjunction()) }
    let values = list(since: mark)
    return make(.boolOp, offset, flag: BooleanOperator.or.rawValue, values)
  }

  /// `conjunction: inversion ('and' inversion)*`.
  private mutating func conjunction() -> UInt32 {
    let offset = start
    let first = inversion()
    if kind != .and { return first }
    let mark = scratchCount
    push(first)
    while accept(.and) { push(inversion()) }
    let values = list(since: mark)
    return make(.boolOp, offset, flag: BooleanOperator.and.rawValue, values)
  }

  /// `inversion: 'not' inversion | comparison`.
  @inline(__always) private mutating func inversion() -> UInt32 {
    kind == .not ? notExpression() : comparison()
  }

  private mutating func notExpression() -> UInt32 {
    guard deepen() else { return 0 }
    defer { rise() }
    let offset = start
    lexer.advance()
    let operand = kind == .not ? notExpression() : comparison()
    return make(.unaryOp, offset, flag: UnaryOperator.not.rawValue, operand)
  }

  /// `comparison: bitwise_or (compare_op bitwise_or)*`.
  private mutating func comparison() -> UInt32 {
    let offset = start
    let left = bitwiseOr()
    if kind.rawValue < TokenKind.equalEqual.rawValue { return left }
    guard let first = comparisonOperator() else { return left }
    return comparisonRest(offset, left, first)
  }

  private mutating func comparisonRest(_ offset: Int, _ left: UInt32, _ first: ComparisonOperator) -> UInt32 {
    // Operators and operands alternate on the scratch stack and are taken apart at the end.
    let mark = scratchCount
    var next: ComparisonOperator? = first
    while let op = next {
      push(UInt32(op.rawValue))
      push(bitwiseOr())
      next = comparisonOperator()
    }
    let count = (scratchCount - mark) / 2
    let operators = scratchCount
    for index in 0..<count { push(scratch[mark + 2 * index]) }
    let operatorList = list(since: operators)
    for index in 0..<count { scratch[mark + index] = scratch[mark + 2 * index + 1] }
    drop(to: mark + count)
    let operands = list(since: mark)
    return make(.compare, offset, left, operatorList, operands)
  }

  /// Takes a comparison operator, if there is one.
  @inline(__always) private mutating func comparisonOperator() -> ComparisonOperator? {
    switch kind {
    case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      if kind == .notEqual && lexer.base[lexer.start] == UInt8(ascii: "<") { refuseDiamond() }
      let op = ComparisonOperator(rawValue: kind.rawValue &- TokenKind.equalEqual.rawValue)
      lexer.advance()
      return op
    case .in:
      lexer.advance()
      return .in
    case .not:
      lexer.advance()
      expect(.in)
      return .notIn
    case .is:
      lexer.advance()
      return accept(.not) ? .isNot : .is
    default:
      return nil
    }
  }

  /// `<>` is no operator unless a joke is imported from `__future__`.
  private mutating func refuseDiamond() { fail() }

  /// `bitwise_or` and all binary operators below it.
  @inline(__always) mutating func bitwiseOr() -> UInt32 {
    let offset = start
    let left = factor()
    if kind.precedence == 0 { return left }
    return binaryRest(offset, left, 1)
  }

  /// The operators, behind a left operand, that bind at least so tightly.
  private mutating func binaryRest(_ offset: Int, _ left: UInt32, _ minimum: UInt8) -> UInt32 {
    var left = left
    while true {
      let op = kind
      let precedence = op.precedence
      if precedence < minimum || precedence == 0 { return left }
      lexer.advance()
      let rightStart = start
      if kind == .not { fail("`not` after an operator must be parenthesized") }
      var right = factor()
      if kind.precedence > precedence { right = binaryRest(rightStart, right, precedence + 1) }
      left = make(.binOp, offset, flag: op.binaryOperator, left, right)
    }
  }

  /// `factor: ('+' | '-' | '~') factor | power`.
  @inline(__always) mutating func factor() -> UInt32 {
    switch kind {
    case .plus, .minus, .tilde: unary()
    default: power()
    }
  }

  private mutating func unary() -> UInt32 {
    guard deepen() else { return 0 }
    defer { rise() }
    let offset = start
    let op: UnaryOperator = kind == .plus ? .plus : kind == .minus ? .minus : .invert
    lexer.advance()
    if kind == .not { fail("`not` after an operator must be parenthesized") }
    let operand = factor()
    return make(.unaryOp, offset, flag: op.rawValue, operand)
  }

  /// `power: await_primary ['**' factor]`.
  private mutating func power() -> UInt32 {
    let offset = start
    let base = kind == .await ? awaitExpression() : primary()
    if kind != .doubleStar { return base }
    return powerRest(offset, base)
  }

  private mutating func powerRest(_ offset: Int, _ base: UInt32) -> UInt32 {
    guard deepen() else { return 0 }
    defer { rise() }
    lexer.advance()
    if kind == .not { fail("`not` after an operator must be parenthesized") }
    let exponent = factor()
    return make(.binOp, offset, flag: BinaryOperator.pow.rawValue, base, exponent)
  }

  /// `await_primary: 'await' primary`.
  private mutating func awaitExpression() -> UInt32 {
    let offset = start
    lexer.advance()
    let value = primary()
    return make(.await, offset, value)
  }

  /// `primary`: an atom with its attributes, calls and subscripts.
  private mutating func primary() -> UInt32 {
    let offset = start
    var value = atom()
    while true {
      switch kind {
      case .dot:
        lexer.advance()
        let name = identifier()
        value = make(.attribute, offset, value, name)
      case .leftParenthesis:
        let (arguments, keywords) = callArguments(isClass: false)
        value = make(.call, offset, value, arguments, keywords)
      case .leftBracket:
        lexer.advance()
        let slice = slices()
        expect(.rightBracket)
        value = make(.subscript, offset, value, slice)
      default:
        return value
      }
    }
  }

  /// `slices: slice !',' | ','.(slice | starred_expression)+ [',']`.
  private mutating func slices() -> UInt32 {
    let offset = start
    let first = kind == .star ? starredExpression() : slice()
    if kind != .comma {
      if nodes[Int(first)].kind != .starred { return first }
      // `a[*b]` is a tuple of one.
      return make(.tuple, offset, list(of: first))
    }
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      if kind == .rightBracket { break }
      push(kind == .star ? starredExpression() : slice())
    }
    let elements = list(since: mark)
    return make(.tuple, offset, elements)
  }

  /// `starred_expression: '*' expression`.
  mutating func starredExpression() -> UInt32 {
    let offset = start
    lexer.advance()
    let value = expression()
    return make(.starred, offset, value)
  }

  /// `slice: [expression] ':' [expression] [':' [expression]] | named_expression`.
  private mutating func slice() -> UInt32 {
    let offset = start
    var lower: UInt32 = 0
    if kind != .colon {
      lower = namedExpression()
      if kind != .colon { return lower }
      if nodes[Int(lower)].kind == .namedExpr && Int(nodes[Int(lower)].start) == offset { fail() }
    }
    lexer.advance()
    var upper: UInt32 = 0
    var step: UInt32 = 0
    if startsExpression { upper = expression() }
    if accept(.colon), startsExpression { step = expression() }
    return make(.slice, offset, lower, upper, step)
  }
}
