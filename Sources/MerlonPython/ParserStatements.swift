/// Lists of statements, simple statements, and reading on behind errors.
extension Parser {
  /// `file: [statements] ENDMARKER`. Answers the module's id.
  mutating func module() -> UInt32 {
    lexer.advance()
    let mark = scratchCount
    statements()
    while kind != .end {
      // Only a dedent below the outermost level could end the list early.
      lexer.advance()
      statements()
    }
    let body = list(since: mark)
    return make(.module, 0, end: lexer.count, body)
  }

  /// Pushes the statements up to the end of the block or file.
  mutating func statements() {
    while true {
      switch kind {
      case .end, .dedent:
        return
      case .newline:
        lexer.advance()
      case .indent:
        let offset = start
        lexer.advance()
        statementStart = offset
        report("unexpected indent", from: offset, to: lexer.end)
        nestedStatements()
      default:
        statement()
      }
    }
  }

  /// The statements of a level that no header opened: they join the level around it.
  private mutating func nestedStatements() {
    statements()
    if kind == .dedent { lexer.advance() }
  }

  /// One statement, or the line that should have been one; pushed, with those that share its line.
  private mutating func statement() {
    let nodes = nodeCount
    let extra = extraCount
    let scratch = scratchCount
    let offset = start
    statementStart = offset
    nesting = 0
    if kind != .error {
      let made = compoundOrSimple()
      if made { return }
      guard kind == .error else { return }
    }
    // What stands complete on the line before the error stays.
    if scratchCount == scratch { truncate(nodes: nodes, extra: extra, scratch: scratch) }
    recoverStatement()
  }

  /// Reports an error, pushes an error statement for the lines that it makes unreadable, and reads on behind them.
  mutating func recoverStatement() {
    let offset = statementStart
    if let end = recover(from: offset) { push(make(.errorStatement, min(offset, end), end: end)) }
    if kind == .indent {
      lexer.advance()
      nestedStatements()
    }
  }

  /// `compound_stmt | simple_stmts`. Answers false when the statement was given up.
  private mutating func compoundOrSimple() -> Bool {
    let made: UInt32
    switch kind {
    case .if: made = ifStatement()
    case .def: made = functionDefinition(decorators: 0, start: start, isAsync: false)
    case .class: made = classDefinition(decorators: 0)
    case .for: made = forStatement(start: start, isAsync: false)
    case .while: made = whileStatement()
    case .try: made = tryStatement()
    case .with: made = withStatement(start: start, isAsync: false)
    case .at: made = decorated()
    case .async: made = asyncStatement()
    case .name where lexer.name == NameTable.match:
      guard let match = matchStatement() else { return simpleStatements() }
      made = match
    default: return simpleStatements()
    }
    if made == 0 { return false }
    push(made)
    return true
  }

  /// `simple_stmts: ';'.simple_stmt+ [';'] NEWLINE`; pushes each.
  mutating func simpleStatements() -> Bool {
    while true {
      let nodes = nodeCount
      let extra = extraCount
      let scratch = scratchCount
      let made = simpleStatement()
      if kind == .newline {
        push(made)
        lexer.advance()
        return true
      }
      guard kind == .semicolon else {
        endedBadly(made)
        truncate(nodes: nodes, extra: extra, scratch: scratch)
        return false
      }
      push(made)
      lexer.advance()
      if kind == .newline {
        lexer.advance()
        return true
      }
      statementStart = start
    }
  }

  /// A statement is followed by something that can't follow it.
  private mutating func endedBadly(_ made: UInt32) {
    if kind == .error { return }
    let statement = nodes[Int(made)]
    if statement.kind == .expr {
      let value = nodes[Int(statement.a)]
      if value.kind == .name && kind.rawValue > TokenKind.error.rawValue {
        if value.a == NameTable.print || value.a == NameTable.exec {
          let word = lexer.names.string(value.a)
          return fail(
            "missing parentheses in call to `\(word)`; did you mean `\(word)(...)`?", from: Int(value.start),
            to: lexer.end)
        }
      }
    }
    fail()
  }

  // MARK: Recovery

  /// Reports what went wrong and goes to the first token behind the broken lines. Answers where they end; nil when
  /// only the white space before a line was wrong.
  private mutating func recover(from statement: Int) -> Int? {
    guard let problem = lexer.problem else {
      lexer.resume(at: lexer.position, .inLine)
      return nil
    }
    switch (problem.kind, problem.found) {
    case (.indentation, _):
      add(problem.message, from: problem.start, to: problem.end)
      lexer.resume(at: lexer.position, .inLine)
      return nil
    case (.dedent, _):
      add(problem.message, from: problem.start, to: problem.end)
      lexer.resumeIndented()
      return nil
    case (.token, .indent), (.token, .dedent):
      add(problem.message, from: problem.start, to: problem.end)
      lexer.kind = problem.found
      lexer.problem = nil
      return lexer.previousEnd
    case (.token, .newline):
      add(problem.message, from: problem.start, to: problem.end)
      let end = lexer.previousEnd
      lexer.resume(at: lexer.position, .lineStart)
      return end
    case (.token, _):
      return skip(problem, from: statement)
    }
  }

  /// Goes behind the lines that cannot be read, and reports what is to blame.
  private mutating func skip(_ problem: Lexer.Problem, from statement: Int) -> Int {
    var unclosed: Int?
    // Too deep brackets are left behind at once: reading on at the next line would meet most of them again.
    let isInBrackets = lexer.depth > 0 && lexer.depth < Lexer.maximumDepth
    let end = skipLines(isInBrackets ? statement : lexer.position, &unclosed)
    if reportedStatement == statementStart {
      // What was reported first stands for the whole statement.
    } else if let unclosed, isFollowUp(problem, of: unclosed) {
      let bracket = Character(Unicode.Scalar(lexer.base[unclosed]))
      add("`\(bracket)` was never closed", from: unclosed, to: unclosed + 1)
    } else {
      add(problem.message, from: problem.start, to: problem.end)
    }
    lexer.resume(at: end, .lineStart)
    return end
  }

  /// Whether a bracket that is never closed explains an error better: the error is on a later line, or the file ends.
  private func isFollowUp(_ problem: Lexer.Problem, of bracket: Int) -> Bool {
    guard problem.message.hasPrefix("invalid syntax") || problem.message.hasPrefix("expected") else { return false }
    return problem.found == .end || lexer.lineEnd(bracket) < problem.end
  }

  /// The end of the logical line that goes on at an offset.
  ///
  /// A bracket that is never closed must not swallow the file: the line also ends before one that begins with a
  /// keyword that only a statement begins with, and that is not indented deeper than the broken one. Then, and when
  /// brackets are open at the end of the file, the first line that is not indented deeper is where to read on, or the
  /// one behind a header's colon.
  ///
  /// - Parameter unclosed: set to the innermost bracket that is open where reading goes on, if there is one.
  private mutating func skipLines(_ from: Int, _ unclosed: inout Int?) -> Int {
    let base = lexer.base
    let limit = lexer.indents[lexer.indentCount - 1].column
    let isHeader = lexer.beginsHeader(from)
    var p = from
    var open: [Int] = []
    defer { unclosed = open.last }
    var candidate: Int?
    while true {
      let byte = base[p]
      switch byte {
      case 0:
        if p >= lexer.count {
          if !open.isEmpty, let candidate {
            hasUnclosedBracket = true
            return candidate
          }
          return lexer.count
        }
        p += 1
      case UInt8(ascii: "#"):
        p = lexer.skipComment(p)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(p)
        p += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        _ = open.popLast()
        p += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        p = lexer.skipString(p)
      case UInt8(ascii: "\\"):
        p += 1
        if base[p] == 0x0D && base[p + 1] == 0x0A { p += 1 }
        if base[p] != 0 { p += 1 }
      case 0x0A, 0x0D:
        p += 1
        if byte == 0x0D && base[p] == 0x0A { p += 1 }
        if open.isEmpty { return p }
        // A colon at the end of a line mostly ends the header that lacks a bracket.
        if isHeader && candidate == nil && lexer.endsWithColon(p) { candidate = p }
        if let beginning = lexer.lineBeginning(p), beginning.column <= limit, !beginning.isClosing {
          if candidate == nil { candidate = p }
          if beginning.isStatement || hasUnclosedBracket { return candidate ?? p }
        }
      default:
        p += 1
      }
    }
  }

  // MARK: Simple statements

  /// `simple_stmt`.
  private mutating func simpleStatement() -> UInt32 {
    let offset = start
    switch kind {
    case .return:
      lexer.advance()
      let value = endsStatement ? 0 : starExpressions()
      return make(.return, offset, value)
    case .import: return importStatement()
    case .from: return importFrom()
    case .pass:
      lexer.advance()
      return make(.pass, offset)
    case .raise: return raiseStatement()
    case .assert: return assertStatement()
    case .break:
      lexer.advance()
      return make(.break, offset)
    case .continue:
      lexer.advance()
      return make(.continue, offset)
    case .del: return deleteStatement()
    case .global: return declaration(.global)
    case .nonlocal: return declaration(.nonlocal)
    case .name where lexer.name == NameTable.type:
      if let alias = typeAlias() { return alias }
      return expressionStatement()
    default: return expressionStatement()
    }
  }

  /// True where a statement can end.
  var endsStatement: Bool { kind == .newline || kind == .semicolon || kind == .end }

  /// `raise_stmt: 'raise' expression ['from' expression] | 'raise'`.
  private mutating func raiseStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    if endsStatement { return make(.raise, offset) }
    if kind == .from { fail("did you forget an expression between `raise` and `from`?", from: offset, to: lexer.end) }
    let exception = expression()
    var cause: UInt32 = 0
    if kind == .from {
      let from = start
      lexer.advance()
      if endsStatement {
        fail("did you forget an expression after `from`?", from: from, to: from + 4)
      }
      cause = expression()
    }
    return make(.raise, offset, exception, cause)
  }

  /// `assert_stmt: 'assert' expression [',' expression]`.
  private mutating func assertStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    let test = expression()
    var message: UInt32 = 0
    if accept(.comma) { message = expression() }
    if kind == .equal {
      let last = message == 0 ? test : message
      let name = expressionName(last)
      fail(
        "cannot assign to \(name) here; maybe you meant `==` instead of `=`?", from: Int(nodes[Int(last)].start),
        to: lexer.end)
    }
    if kind == .colonEqual { fail("cannot use named expression without parentheses here") }
    return make(.assert, offset, test, message)
  }

  /// `global_stmt: 'global' ','.NAME+`, `nonlocal_stmt`.
  private mutating func declaration(_ nodeKind: NodeKind) -> UInt32 {
    let offset = start
    lexer.advance()
    let mark = scratchCount
    repeat {
      push(identifier())
    } while accept(.comma)
    let names = list(since: mark)
    return make(nodeKind, offset, names)
  }

  /// Takes a name and answers its number; 0, with an error, if there is none.
  mutating func identifier() -> UInt32 {
    guard kind == .name else {
      fail()
      return 0
    }
    let number = lexer.name
    lexer.advance()
    return number
  }

  /// `del_stmt: 'del' del_targets &(';' | NEWLINE)`.
  private mutating func deleteStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    let mark = scratchCount
    repeat {
      if endsStatement && scratchCount > mark { break }
      if kind == .star { fail() }
      let target = expression()
      push(target)
    } while accept(.comma)
    if kind != .error {
      if !endsStatement {
        fail()
      } else {
        for index in mark..<scratchCount { setContext(scratch[index], .delete) }
      }
    }
    let targets = list(since: mark)
    return make(.delete, offset, targets)
  }

  /// `type_alias: "type" NAME [type_params] '=' expression`; nil when `type` is an ordinary name here.
  private mutating func typeAlias() -> UInt32? {
    guard lexer.peek().kind == .name else { return nil }
    let offset = start
    lexer.advance()
    let nameStart = start
    let number = identifier()
    let name = make(.name, nameStart, flag: ExpressionContext.store.rawValue, number)
    let parameters = typeParameters()
    expect(.equal)
    let value = expression()
    return make(.typeAlias, offset, name, parameters, value)
  }

  /// `assignment | star_expressions | yield_expr`.
  private mutating func expressionStatement() -> UInt32 {
    let offset = start
    let isParenthesized = kind == .leftParenthesis
    let first = yieldOrStarExpressions()
    switch kind {
    case .newline, .semicolon: return make(.expr, offset, first)
    case .equal: return assignment(offset, first)
    case .colon: return annotatedAssignment(offset, first, isParenthesized)
    default:
      if kind.isAugmentedAssignment { return augmentedAssignment(offset, first) }
      return make(.expr, offset, first)
    }
  }

  /// `(star_targets '=')+ annotated_rhs`.
  private mutating func assignment(_ offset: Int, _ first: UInt32) -> UInt32 {
    let mark = scratchCount
    var value = first
    while accept(.equal) {
      setContext(value, .store)
      push(value)
      value = yieldOrStarExpressions()
    }
    let targets = list(since: mark)
    return make(.assign, offset, targets, value)
  }

  /// `single_target augassign annotated_rhs`.
  private mutating func augmentedAssignment(_ offset: Int, _ target: UInt32) -> UInt32 {
    switch nodes[Int(target)].kind {
    case .name, .attribute, .subscript: setContext(target, .store)
    default: report("`\(expressionName(target))` is an illegal expression for augmented assignment", at: target)
    }
    let op = kind.augmentedOperator
    lexer.advance()
    let value = yieldOrStarExpressions()
    return make(.augAssign, offset, flag: op, target, value)
  }

  /// `NAME ':' expression ['=' annotated_rhs]`, and the same with another single target.
  private mutating func annotatedAssignment(_ offset: Int, _ target: UInt32, _ isParenthesized: Bool) -> UInt32 {
    var simple: UInt8 = 0
    switch nodes[Int(target)].kind {
    case .name:
      simple = isParenthesized ? 0 : 1
      setContext(target, .store)
    case .attribute, .subscript:
      setContext(target, .store)
    case .list, .tuple:
      report("only single target (not \(expressionName(target))) can be annotated", at: target)
    default:
      // `else:` without its `if` and the like: the colon is what is wrong.
      report("illegal target for annotation", at: target)
    }
    lexer.advance()
    let annotation = expression()
    var value: UInt32 = 0
    if accept(.equal) { value = yieldOrStarExpressions() }
    return make(.annAssign, offset, flag: simple, target, annotation, value)
  }
}
