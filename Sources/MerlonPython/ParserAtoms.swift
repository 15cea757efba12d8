/// Names, literals and what stands in brackets.
extension Parser {
  /// `atom`.
  mutating func atom() -> UInt32 {
    let offset = start
    switch kind {
    case .name:
      let number = lexer.name
      lexer.advance()
      return make(.name, offset, number)
    case .string:
      return plainString()
    case .formatStringStart: return strings()
    case .integer: return constant(.integer)
    case .float: return constant(.float)
    case .imaginary: return constant(.imaginary)
    case .none: return constant(.none)
    case .true: return constant(.true)
    case .false: return constant(.false)
    case .ellipsis: return constant(.ellipsis)
    case .leftParenthesis: return parenthesized()
    case .leftBracket: return bracketed()
    case .leftBrace: return braced()
    default:
      fail()
      return 0
    }
  }

  @inline(__always) mutating func constant(_ constantKind: ConstantKind) -> UInt32 {
    let offset = start
    lexer.advance()
    return make(.constant, offset, flag: constantKind.rawValue)
  }

  /// `tuple | group | genexp`.
  private mutating func parenthesized() -> UInt32 {
    let offset = start
    lexer.advance()
    switch kind {
    case .rightParenthesis:
      lexer.advance()
      return make(.tuple, offset)
    case .yield:
      let value = yieldExpression()
      expect(.rightParenthesis)
      return value
    case .doubleStar:
      fail("cannot use double starred expression here")
      return 0
    default:
      break
    }
    let first = starNamedExpression()
    switch kind {
    case .rightParenthesis:
      if nodes[Int(first)].kind == .starred { report("cannot use starred expression here", at: first) }
      lexer.advance()
      return first
    case .comma:
      let elements = elements(first, .rightParenthesis)
      expect(.rightParenthesis)
      return make(.tuple, offset, elements)
    case .for, .async:
      refuseStarredElement(first)
      let generators = generators()
      expect(.rightParenthesis)
      return make(.generatorExp, offset, first, generators)
    default:
      failInBrackets(first)
      return 0
    }
  }

  /// `list | listcomp`.
  private mutating func bracketed() -> UInt32 {
    let offset = start
    lexer.advance()
    if accept(.rightBracket) { return make(.list, offset) }
    let first = starNamedExpression()
    if kind == .for || kind == .async {
      refuseStarredElement(first)
      let generators = generators()
      expect(.rightBracket)
      return make(.listComp, offset, first, generators)
    }
    let elements = elements(first, .rightBracket)
    expect(.rightBracket)
    return make(.list, offset, elements)
  }

  /// The elements of a display whose first one was read; the list ends before `closing`.
  private mutating func elements(_ first: UInt32, _ closing: TokenKind) -> UInt32 {
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      if kind == closing { break }
      push(starNamedExpression())
    }
    if (kind == .for || kind == .async) && closing != .rightParenthesis {
      let record = nodes[Int(first)]
      fail(
        "did you forget parentheses around the comprehension target?", from: Int(record.start),
        to: lexer.previousEnd)
    }
    if kind != closing { failInBrackets(scratch[scratchCount - 1]) }
    return list(since: mark)
  }

  private mutating func refuseStarredElement(_ element: UInt32) {
    if nodes[Int(element)].kind == .starred {
      report("iterable unpacking cannot be used in comprehension", at: element)
    }
  }

  /// Something follows an element that can't.
  mutating func failInBrackets(_ element: UInt32) {
    if kind == .equal {
      let record = nodes[Int(element)]
      switch record.kind {
      case .name:
        return fail(
          "invalid syntax; maybe you meant `==` or `:=` instead of `=`?", from: Int(record.start), to: lexer.end)
      case .list, .tuple, .generatorExp: break
      case .constant where record.flag <= ConstantKind.false.rawValue: break
      default:
        return fail(
          "cannot assign to \(expressionName(element)) here; maybe you meant `==` instead of `=`?",
          from: Int(record.start), to: Int(record.end))
      }
    }
    if startsExpression {
      let record = nodes[Int(element)]
      return fail("invalid syntax; perhaps you forgot a comma?", from: Int(record.start), to: lexer.end)
    }
    fail()
  }

  /// `dict | set | dictcomp | setcomp`.
  private mutating func braced() -> UInt32 {
    let offset = start
    lexer.advance()
    switch kind {
    case .rightBrace:
      lexer.advance()
      return make(.dict, offset)
    case .doubleStar:
      lexer.advance()
      let value = bitwiseOr()
      if kind == .for || kind == .async { fail("dict unpacking cannot be used in dict comprehension") }
      return dictRest(offset, 0, value)
    default:
      break
    }
    let keyStart = start
    let first = starNamedExpression()
    switch kind {
    case .colon:
      switch nodes[Int(first)].kind {
      case .starred: report("cannot use a starred expression in a dictionary key", at: first)
      case .namedExpr where Int(nodes[Int(first)].start) == keyStart: fail()
      default: break
      }
      let value = dictValue()
      if kind == .for || kind == .async {
        let generators = generators()
        expect(.rightBrace)
        return make(.dictComp, offset, first, value, generators)
      }
      return dictRest(offset, first, value)
    case .for, .async:
      refuseStarredElement(first)
      let generators = generators()
      expect(.rightBrace)
      return make(.setComp, offset, first, generators)
    default:
      let elements = elements(first, .rightBrace)
      expect(.rightBrace)
      return make(.set, offset, elements)
    }
  }

  /// `':' expression` of a dictionary.
  private mutating func dictValue() -> UInt32 {
    let colon = start
    lexer.advance()
    switch kind {
    case .rightBrace, .comma:
      fail("expression expected after dictionary key and `:`", from: colon, to: colon + 1)
      return 0
    case .star:
      fail("cannot use a starred expression in a dictionary value")
      return 0
    default:
      return expression()
    }
  }

  /// The rest of a dictionary behind its first item, with the closing brace.
  private mutating func dictRest(_ offset: Int, _ key: UInt32, _ value: UInt32) -> UInt32 {
    let mark = scratchCount
    push(key)
    push(value)
    while accept(.comma) {
      if kind == .rightBrace { break }
      if accept(.doubleStar) {
        push(0)
        push(bitwiseOr())
        continue
      }
      let nextKey = expression()
      if kind != .colon {
        if kind == .comma || kind == .rightBrace { fail("`:` expected after dictionary key") }
        failInBrackets(nextKey)
      }
      push(nextKey)
      push(kind == .colon ? dictValue() : 0)
    }
    if kind != .rightBrace { failInBrackets(scratch[scratchCount - 1]) }
    lexer.advance()
    let count = (scratchCount - mark) / 2
    let keys = scratchCount
    for index in 0..<count { push(scratch[mark + 2 * index]) }
    let keyList = list(since: keys)
    for index in 0..<count { scratch[mark + index] = scratch[mark + 2 * index + 1] }
    drop(to: mark + count)
    let valueList = list(since: mark)
    return make(.dict, offset, keyList, valueList)
  }

  /// `for_if_clauses: (['async'] 'for' star_targets 'in' disjunction ('if' disjunction)*)+`.
  mutating func generators() -> UInt32 {
    let mark = scratchCount
    while kind == .for || kind == .async {
      let offset = start
      let isAsync = accept(.async)
      expect(.for)
      let target = starTargets()
      if kind != .in { fail("`in` expected after for-loop variables") }
      lexer.advance()
      let iterable = disjunction()
      let conditions = scratchCount
      while accept(.if) { push(disjunction()) }
      let conditionList = list(since: conditions)
      push(make(.comprehension, offset, flag: isAsync ? 1 : 0, target, iterable, conditionList))
    }
    return list(since: mark)
  }
}
