/// Compound statements. Each answers 0 when its header was given up.
///
/// A later part (`elif`, `except`, …) whose header is broken keeps its block and gets an error expression, so that
/// the parts before it are not lost.
extension Parser {
  /// What the header was of, for the message about a missing block.
  enum Header: String {
    case `if`, elif, `else`, `for`, `while`, with, `try`, except, finally, match, `case`, function, `class`
    case exceptStar = "except*"

    var phrase: String {
      switch self {
      case .function: "function definition"
      case .class: "class definition"
      default: "`\(rawValue)` statement"
      }
    }
  }

  /// `':' block`. Answers the list of statements; nil when the colon is missing.
  mutating func colonBlock(_ header: Header, _ offset: Int) -> UInt32? {
    guard kind == .colon else {
      fail(kind == .newline ? "expected `:`" : "invalid syntax")
      return nil
    }
    lexer.advance()
    return block(header, offset)
  }

  /// `block: NEWLINE INDENT statements DEDENT | simple_stmts`.
  mutating func block(_ header: Header, _ offset: Int) -> UInt32 {
    let mark = scratchCount
    let outerStart = statementStart
    let outerNesting = nesting
    if kind == .newline {
      lexer.advance()
      guard kind == .indent else {
        if kind != .error {
          let line = lexer.line(of: offset)
          reportedStatement = -1
          add(
            "expected an indented block after \(header.phrase) on line \(line)", from: start,
            to: kind.isLayout ? start : lexer.end)
        }
        return 0
      }
      lexer.advance()
      statements()
      if kind == .dedent { lexer.advance() }
    } else {
      simpleLine()
    }
    statementStart = outerStart
    nesting = outerNesting
    return list(since: mark)
  }

  /// A block on the line of its header. What goes wrong in it stays in it.
  private mutating func simpleLine() {
    statementStart = start
    if simpleStatements() { return }
    recoverStatement()
  }

  /// Ends a part whose header is broken; answers its statements.
  private mutating func brokenPart() -> UInt32 {
    let mark = scratchCount
    recoverStatement()
    return list(since: mark)
  }

  /// `named_expression ':' block` of a later part, with an error expression in place of a broken test.
  private mutating func testAndBlock(_ header: Header, _ offset: Int) -> (test: UInt32, body: UInt32) {
    statementStart = offset
    nesting = 0
    let testStart = start
    let nodes = nodeCount
    let extra = extraCount
    let scratch = scratchCount
    let test = condition()
    if let body = colonBlock(header, offset) { return (test, body) }
    truncate(nodes: nodes, extra: extra, scratch: scratch)
    let error = make(.errorExpression, testStart, end: max(testStart, lexer.start))
    return (error, brokenPart())
  }

  /// `[else_block]`: the statements of an `else` part, if there is one.
  private mutating func elseBlock() -> UInt32 {
    guard kind == .else else { return 0 }
    return plainPart(.else)
  }

  /// A part without expression: `else`, `finally`.
  private mutating func plainPart(_ header: Header) -> UInt32 {
    let offset = start
    statementStart = offset
    lexer.advance()
    if kind != .colon { fail("expected `:`") }
    if let body = colonBlock(header, offset) { return body }
    return brokenPart()
  }

  // MARK: if, while, for

  /// The `named_expression` of `if`, `elif` and `while`.
  private mutating func condition() -> UInt32 {
    let test = namedExpression()
    if kind == .equal { failInBrackets(test) }
    return test
  }

  /// `if_stmt`, with its chain of `elif` parts, which becomes nested without recursion.
  mutating func ifStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    let test = condition()
    guard let body = colonBlock(.if, offset) else { return 0 }
    let mark = scratchCount
    push(UInt32(offset))
    push(test)
    push(body)
    while kind == .elif {
      let partStart = start
      lexer.advance()
      let part = testAndBlock(.elif, partStart)
      push(UInt32(partStart))
      push(part.test)
      push(part.body)
    }
    var orElse = elseBlock()
    var made: UInt32 = 0
    var index = scratchCount
    while index > mark {
      index -= 3
      made = make(.if, Int(scratch[index]), scratch[index + 1], scratch[index + 2], orElse)
      drop(to: index)
      if index > mark { orElse = list(of: made) }
    }
    return made
  }

  /// `while_stmt: 'while' named_expression ':' block [else_block]`.
  mutating func whileStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    let test = condition()
    guard let body = colonBlock(.while, offset) else { return 0 }
    let orElse = elseBlock()
    return make(.while, offset, test, body, orElse)
  }

  /// `for_stmt: ['async'] 'for' star_targets 'in' star_expressions ':' block [else_block]`.
  mutating func forStatement(start offset: Int, isAsync: Bool) -> UInt32 {
    let forStart = start
    lexer.advance()
    let target = starTargets()
    expect(.in)
    let iterable = starExpressions()
    guard let body = colonBlock(.for, forStart) else { return 0 }
    let orElse = elseBlock()
    let slots = block(target, iterable, body, orElse)
    return make(isAsync ? .asyncFor : .for, offset, slots)
  }

  // MARK: try

  /// `try_stmt`.
  mutating func tryStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    if kind != .colon { fail("expected `:`") }
    guard let body = colonBlock(.try, offset) else { return 0 }
    let mark = scratchCount
    var isStar = false
    while kind == .except {
      let (handler, star) = exceptHandler()
      if scratchCount == mark { isStar = star }
      if star != isStar {
        let record = nodes[Int(handler)]
        statementStart = Int(record.start)
        report(
          "cannot have both `except` and `except*` on the same `try`", from: Int(record.start),
          to: Int(record.start) + 6)
      }
      push(handler)
    }
    let hasHandlers = scratchCount > mark
    let handlers = list(since: mark)
    let orElse = hasHandlers ? elseBlock() : 0
    let finally = kind == .finally ? plainPart(.finally) : 0
    if !hasHandlers && finally == 0 && kind != .error {
      statementStart = offset
      report("expected `except` or `finally` block", from: start, to: kind.isLayout ? start : lexer.end)
    }
    let slots = block(body, handlers, orElse, finally)
    return make(isStar ? .tryStar : .try, offset, slots)
  }

  /// `except_block`, `except_star_block`.
  private mutating func exceptHandler() -> (handler: UInt32, isStar: Bool) {
    let offset = start
    let nodes = nodeCount
    let extra = extraCount
    let scratch = scratchCount
    statementStart = offset
    nesting = 0
    lexer.advance()
    let isStar = accept(.star)
    var type: UInt32 = 0
    var name: UInt32 = 0
    if kind == .colon || kind == .newline {
      if isStar { fail("expected one or more exception types") }
    } else {
      let typeStart = start
      type = expressions()
      if accept(.as) {
        if self.nodes[Int(type)].kind == .tuple && Int(self.nodes[Int(type)].start) == typeStart
          && lexer.base[typeStart] != UInt8(ascii: "(")
        {
          report("multiple exception types must be parenthesized when using `as`", at: type)
        }
        name = identifier()
      }
    }
    if let body = colonBlock(isStar ? .exceptStar : .except, offset) {
      return (make(.exceptHandler, offset, type, name, body), isStar)
    }
    truncate(nodes: nodes, extra: extra, scratch: scratch)
    let error = make(.errorExpression, offset, end: max(offset, lexer.start))
    let body = brokenPart()
    return (make(.exceptHandler, offset, error, 0, body), isStar)
  }

  // MARK: Definitions

  /// `decorators (function_def_raw | class_def_raw)`.
  mutating func decorated() -> UInt32 {
    let mark = scratchCount
    while kind == .at {
      lexer.advance()
      push(namedExpression())
      expect(.newline)
    }
    let decorators = list(since: mark)
    switch kind {
    case .def: return functionDefinition(decorators: decorators, start: start, isAsync: false)
    case .class: return classDefinition(decorators: decorators)
    case .async:
      let offset = start
      lexer.advance()
      if kind == .def { return functionDefinition(decorators: decorators, start: offset, isAsync: true) }
      fail()
      return 0
    default:
      fail()
      return 0
    }
  }

  /// `'async' (function_def_raw | with_stmt | for_stmt)`.
  mutating func asyncStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    switch kind {
    case .def: return functionDefinition(decorators: 0, start: offset, isAsync: true)
    case .with: return withStatement(start: offset, isAsync: true)
    case .for: return forStatement(start: offset, isAsync: true)
    default:
      fail()
      return 0
    }
  }

  /// `function_def_raw: ['async'] 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' block`.
  mutating func functionDefinition(decorators: UInt32, start offset: Int, isAsync: Bool) -> UInt32 {
    let defStart = start
    lexer.advance()
    let name = identifier()
    let parameters = typeParameters()
    expect(.leftParenthesis, "expected `(`")
    let arguments = self.parameters(ending: .rightParenthesis)
    expect(.rightParenthesis)
    var returns: UInt32 = 0
    if accept(.arrow) { returns = expression() }
    if kind != .colon { fail("expected `:`") }
    guard let body = colonBlock(.function, defStart) else { return 0 }
    let slots = block(name, arguments, body, decorators, returns, parameters)
    return make(isAsync ? .asyncFunctionDef : .functionDef, offset, slots)
  }

  /// `class_def_raw: 'class' NAME [type_params] ['(' [arguments] ')'] ':' block`.
  mutating func classDefinition(decorators: UInt32) -> UInt32 {
    let offset = start
    lexer.advance()
    let name = identifier()
    let parameters = typeParameters()
    var bases: UInt32 = 0
    var keywords: UInt32 = 0
    if kind == .leftParenthesis {
      (bases, keywords) = callArguments(isClass: true)
    }
    guard let body = colonBlock(.class, offset) else { return 0 }
    let slots = block(name, bases, keywords, body, decorators, parameters)
    return make(.classDef, offset, slots)
  }

  // MARK: with

  /// `with_stmt`, with or without parentheses around its items.
  mutating func withStatement(start offset: Int, isAsync: Bool) -> UInt32 {
    let withStart = start
    lexer.advance()
    let mark = scratchCount
    if kind != .leftParenthesis || !parenthesizedItems() {
      repeat {
        if scratchCount > mark && kind == .colon {
          fail("the last `with` item has a trailing comma")
        }
        push(withItem())
      } while accept(.comma)
    }
    let items = list(since: mark)
    guard let body = colonBlock(.with, withStart) else { return 0 }
    return make(isAsync ? .asyncWith : .with, offset, items, body)
  }

  /// `with_item: expression ['as' star_target]`.
  private mutating func withItem() -> UInt32 {
    let offset = start
    let context = expression()
    var target: UInt32 = 0
    if accept(.as) { target = starTarget() }
    return make(.withItem, offset, context, target)
  }

  /// Tries `'(' ','.with_item+ ','? ')' ':'`; goes back and answers false when that does not match, because the
  /// parenthesis then belongs to an expression.
  private mutating func parenthesizedItems() -> Bool {
    let before = mark
    var hasTarget = false
    lexer.advance()
    repeat {
      if kind == .rightParenthesis && scratchCount > before.scratch { break }
      let item = withItem()
      if nodes[Int(item)].b != 0 { hasTarget = true }
      push(item)
    } while accept(.comma)
    if kind == .rightParenthesis {
      lexer.advance()
      // With `as` inside, it can be nothing else, even if the colon is missing.
      if kind == .colon || hasTarget { return true }
    }
    rewind(to: before)
    return false
  }
}
