/// Arguments of calls, parameters of functions, type parameters.
extension Parser {
  /// `'(' [arguments] ')'` of a call or a class. Answers the lists of arguments and keywords.
  mutating func callArguments(isClass: Bool) -> (arguments: UInt32, keywords: UInt32) {
    let open = start
    lexer.advance()
    let mark = scratchCount
    var keywordCount = 0
    var hasUnpacking = false
    while kind != .rightParenthesis {
      let offset = start
      switch kind {
      case .star:
        let argument = starredExpression()
        if kind == .equal { fail("cannot assign to iterable argument unpacking", from: offset, to: lexer.end) }
        if hasUnpacking {
          report("iterable argument unpacking follows keyword argument unpacking", at: argument)
        }
        push(argument)
      case .doubleStar:
        lexer.advance()
        let value = expression()
        if kind == .equal { fail("cannot assign to keyword argument unpacking", from: offset, to: lexer.end) }
        push(make(.keyword, offset, 0, value))
        keywordCount += 1
        hasUnpacking = true
      default:
        let argument = expression()
        if kind == .equal {
          push(keywordArgument(offset, argument))
          keywordCount += 1
        } else {
          push(positionalArgument(offset, argument, open, mark, isClass: isClass))
          if keywordCount > 0 {
            report(
              hasUnpacking
                ? "positional argument follows keyword argument unpacking"
                : "positional argument follows keyword argument", at: argument)
          }
        }
      }
      if kind != .comma { break }
      lexer.advance()
    }
    if kind != .rightParenthesis { failInArguments(mark) }
    lexer.advance()
    if keywordCount == 0 { return (list(since: mark), 0) }
    return split(since: mark, keywordCount)
  }

  /// `NAME '=' expression`.
  private mutating func keywordArgument(_ offset: Int, _ argument: UInt32) -> UInt32 {
    let record = nodes[Int(argument)]
    if record.kind != .name || Int(record.start) != offset {
      if record.kind == .constant && record.flag <= ConstantKind.false.rawValue && Int(record.start) == offset {
        fail("cannot assign to \(expressionName(argument))", from: offset, to: lexer.end)
      } else {
        fail(
          "expression cannot contain assignment, perhaps you meant `==`?", from: Int(record.start), to: lexer.end)
      }
      return 0
    }
    let name = record.a
    let equalEnd = lexer.end
    lexer.advance()
    if kind == .comma || kind == .rightParenthesis {
      fail("expected argument value expression", from: offset, to: equalEnd)
      return 0
    }
    let value = expression()
    if kind == .for || kind == .async {
      fail("invalid syntax; maybe you meant `==` or `:=` instead of `=`?", from: offset, to: equalEnd)
    }
    return make(.keyword, offset, name, value)
  }

  /// `NAME ':=' expression | expression`, or a generator expression that is the only argument.
  private mutating func positionalArgument(
    _ offset: Int, _ argument: UInt32, _ open: Int, _ mark: Int, isClass: Bool
  ) -> UInt32 {
    var argument = argument
    if kind == .colonEqual { argument = namedRest(offset, argument) }
    guard kind == .for || kind == .async else { return argument }
    if isClass {
      fail("invalid syntax")
      return 0
    }
    let generators = generators()
    if scratchCount == mark && kind == .rightParenthesis {
      // The only argument takes the parentheses of the call.
      return make(.generatorExp, open, end: lexer.end, argument, generators)
    }
    let made = make(.generatorExp, offset, argument, generators)
    report("generator expression must be parenthesized", at: made)
    return made
  }

  /// Parts positional arguments from keywords.
  private mutating func split(since mark: Int, _ keywordCount: Int) -> (UInt32, UInt32) {
    let end = scratchCount
    for index in mark..<end where nodes[Int(scratch[index])].kind == .keyword { push(scratch[index]) }
    if keywordCount > 1 { refuseRepeated(since: end) }
    let keywords = list(since: end)
    if end - mark == keywordCount {
      drop(to: mark)
      return (0, keywords)
    }
    var kept = mark
    for index in mark..<end where nodes[Int(scratch[index])].kind != .keyword {
      scratch[kept] = scratch[index]
      kept += 1
    }
    drop(to: kept)
    return (list(since: mark), keywords)
  }

  /// No keyword may stand twice in one call.
  private mutating func refuseRepeated(since mark: Int) {
    // Most calls have few keywords, for which comparing all pairs is quickest.
    var seen: Set<UInt32> = []
    let isLong = scratchCount - mark > 16
    for index in mark..<scratchCount {
      let keyword = nodes[Int(scratch[index])]
      if keyword.a == 0 { continue }
      let isRepeated =
        isLong
        ? !seen.insert(keyword.a).inserted
        : (mark..<index).contains { nodes[Int(scratch[$0])].a == keyword.a }
      if isRepeated { report("keyword argument repeated: \(lexer.names.string(keyword.a))", at: scratch[index]) }
    }
  }

  private mutating func failInArguments(_ mark: Int) {
    if startsExpression && scratchCount > mark {
      let record = nodes[Int(scratch[scratchCount - 1])]
      return fail("invalid syntax; perhaps you forgot a comma?", from: Int(record.start), to: lexer.end)
    }
    fail()
  }

  // MARK: Parameters

  /// `[params]` of a function (ending with a parenthesis) or `[lambda_params]` (ending with a colon).
  mutating func parameters(ending: TokenKind) -> UInt32 {
    let offset = start
    if kind == ending {
      let slots = block(0, 0, 0, 0, 0, 0, 0)
      return make(.arguments, offset, end: offset, slots)
    }
    var lists = ParameterLists()
    let mark = scratchCount
    while kind != ending {
      switch kind {
      case .slash: slash(&lists, mark)
      case .star: star(&lists, mark, ending)
      case .doubleStar: doubleStar(&lists, mark, ending)
      default: parameter(&lists, mark, ending)
      }
      if kind != .comma { break }
      lexer.advance()
    }
    if kind != ending {
      if kind == .leftParenthesis { fail("parameters cannot be parenthesized") }
      fail()
    }
    return finish(&lists, offset, mark)
  }

  /// Where the parts of a parameter list stand: all parameters are pushed in order, each followed by its default.
  private struct ParameterLists {
    var positionalOnly = 0
    var hasSlash = false
    var hasStar = false
    /// Number of parameters before the star.
    var positional = 0
    var variadic: UInt32 = 0
    var keywordVariadic: UInt32 = 0
    var hasDefault = false
  }

  private mutating func slash(_ lists: inout ParameterLists, _ mark: Int) {
    let count = (scratchCount - mark) / 2
    if lists.hasSlash { return fail("`/` may appear only once") }
    if lists.keywordVariadic != 0 { return fail("parameters cannot follow var-keyword parameter") }
    if lists.hasStar { return fail("`/` must be ahead of `*`") }
    if count == 0 { return fail("at least one parameter must precede `/`") }
    lists.hasSlash = true
    lists.positionalOnly = count
    lexer.advance()
    if kind == .star { fail("expected comma between `/` and `*`") }
  }

  private mutating func star(_ lists: inout ParameterLists, _ mark: Int, _ ending: TokenKind) {
    if lists.keywordVariadic != 0 { return fail("parameters cannot follow var-keyword parameter") }
    if lists.hasStar { return fail("`*` may appear only once") }
    lists.hasStar = true
    lists.positional = (scratchCount - mark) / 2
    let offset = start
    lexer.advance()
    if kind == .comma {
      let next = lexer.peek().kind
      if next == ending || next == .doubleStar {
        fail("named parameters must follow bare `*`", from: offset, to: offset + 1)
      }
      return
    }
    if kind == ending { return fail("named parameters must follow bare `*`", from: offset, to: offset + 1) }
    lists.variadic = argument(ending, allowsStar: true)
    if kind == .equal { fail("var-positional parameter cannot have default value") }
  }

  private mutating func doubleStar(_ lists: inout ParameterLists, _ mark: Int, _ ending: TokenKind) {
    if lists.keywordVariadic != 0 { return fail("parameters cannot follow var-keyword parameter") }
    lexer.advance()
    lists.keywordVariadic = argument(ending, allowsStar: false)
    if kind == .equal { fail("var-keyword parameter cannot have default value") }
  }

  private mutating func parameter(_ lists: inout ParameterLists, _ mark: Int, _ ending: TokenKind) {
    if lists.keywordVariadic != 0 { return fail("parameters cannot follow var-keyword parameter") }
    let argument = argument(ending, allowsStar: false)
    var value: UInt32 = 0
    if kind == .equal {
      let equal = start
      lexer.advance()
      if kind == .comma || kind == ending {
        return fail("expected default value expression", from: equal, to: equal + 1)
      }
      value = expression()
      if !lists.hasStar { lists.hasDefault = true }
    } else if lists.hasDefault && !lists.hasStar {
      report("parameter without a default follows parameter with a default", at: argument)
    }
    push(argument)
    push(value)
  }

  /// `NAME [':' expression]`; a lambda's parameter has no annotation.
  private mutating func argument(_ ending: TokenKind, allowsStar: Bool) -> UInt32 {
    let offset = start
    if kind == .leftParenthesis { fail("parameters cannot be parenthesized") }
    let name = identifier()
    var annotation: UInt32 = 0
    if ending == .rightParenthesis && accept(.colon) {
      annotation = allowsStar ? starExpression() : expression()
    }
    return make(.arg, offset, name, annotation)
  }

  private mutating func finish(_ lists: inout ParameterLists, _ offset: Int, _ mark: Int) -> UInt32 {
    let end = scratchCount
    let count = (end - mark) / 2
    let positional = lists.hasStar ? min(lists.positional, count) : count
    for index in 0..<lists.positionalOnly { push(scratch[mark + 2 * index]) }
    let positionalOnlyList = list(since: end)
    for index in min(lists.positionalOnly, positional)..<positional { push(scratch[mark + 2 * index]) }
    let positionalList = list(since: end)
    for index in positional..<count { push(scratch[mark + 2 * index]) }
    let keywordOnlyList = list(since: end)
    for index in positional..<count { push(scratch[mark + 2 * index + 1]) }
    let keywordDefaults = list(since: end)
    for index in 0..<positional where scratch[mark + 2 * index + 1] != 0 { push(scratch[mark + 2 * index + 1]) }
    let defaults = list(since: end)
    drop(to: mark)
    let slots = block(
      positionalOnlyList, positionalList, lists.variadic, keywordOnlyList, keywordDefaults, lists.keywordVariadic,
      defaults)
    return make(.arguments, offset, slots)
  }

  // MARK: Type parameters

  /// `[type_params]: '[' ','.type_param+ [','] ']'`; 0 when there are none.
  mutating func typeParameters() -> UInt32 {
    guard kind == .leftBracket else { return 0 }
    lexer.advance()
    if kind == .rightBracket { fail("type parameter list cannot be empty") }
    let mark = scratchCount
    repeat {
      if kind == .rightBracket { break }
      push(typeParameter())
    } while accept(.comma)
    expect(.rightBracket)
    return list(since: mark)
  }

  /// `type_param: NAME [':' expression] ['=' expression] | '*' NAME ['=' star_expression] | '**' NAME ['=' expression]`.
  private mutating func typeParameter() -> UInt32 {
    let offset = start
    switch kind {
    case .star:
      lexer.advance()
      let name = identifier()
      if kind == .colon { fail("cannot use bound with TypeVarTuple") }
      let value = accept(.equal) ? starExpression() : 0
      return make(.typeVarTuple, offset, name, value)
    case .doubleStar:
      lexer.advance()
      let name = identifier()
      if kind == .colon { fail("cannot use bound with ParamSpec") }
      let value = accept(.equal) ? expression() : 0
      return make(.paramSpec, offset, name, value)
    default:
      let name = identifier()
      let bound = accept(.colon) ? expression() : 0
      let value = accept(.equal) ? expression() : 0
      return make(.typeVar, offset, name, bound, value)
    }
  }
}
