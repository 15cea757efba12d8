/// Import statements.
extension Parser {
  /// `import_name: 'import' ','.(dotted_name ['as' NAME])+`.
  mutating func importStatement() -> UInt32 {
    let offset = start
    lexer.advance()
    let mark = scratchCount
    repeat {
      let aliasStart = start
      let name = dottedName()
      let asName = importedAs()
      push(make(.alias, aliasStart, name, asName))
    } while accept(.comma)
    if kind == .from { fail("did you mean to use `from ... import ...` instead?", from: offset, to: lexer.end) }
    let names = list(since: mark)
    return make(.import, offset, names)
  }

  /// `import_from: 'from' ('.' | '...')* dotted_name 'import' import_from_targets`.
  mutating func importFrom() -> UInt32 {
    let offset = start
    lexer.advance()
    var level: UInt32 = 0
    while true {
      if kind == .dot { level += 1 } else if kind == .ellipsis { level += 3 } else { break }
      lexer.advance()
    }
    var name: UInt32 = 0
    if level == 0 || kind != .import { name = dottedName() }
    expect(.import)
    let names = importFromTargets()
    return make(.importFrom, offset, name, names, level)
  }

  private mutating func importFromTargets() -> UInt32 {
    let mark = scratchCount
    if kind == .star {
      let aliasStart = start
      lexer.advance()
      let star: StaticString = "*"
      let name = lexer.names.find(star.utf8Start, 1)
      push(make(.alias, aliasStart, name))
      return list(since: mark)
    }
    if kind == .newline { fail("expected one or more names after `import`") }
    let isParenthesized = accept(.leftParenthesis)
    repeat {
      if isParenthesized && kind == .rightParenthesis && scratchCount > mark { break }
      if !isParenthesized && kind == .newline {
        fail("trailing comma not allowed without surrounding parentheses")
      }
      let aliasStart = start
      let name = identifier()
      let asName = importedAs()
      push(make(.alias, aliasStart, name, asName))
    } while accept(.comma)
    if isParenthesized { expect(.rightParenthesis) }
    return list(since: mark)
  }

  /// `['as' NAME]`.
  private mutating func importedAs() -> UInt32 {
    guard accept(.as) else { return 0 }
    return identifier()
  }

  /// `dotted_name: NAME ('.' NAME)*`, as one name with the dots.
  private mutating func dottedName() -> UInt32 {
    let offset = start
    let first = identifier()
    guard kind == .dot else { return first }
    var isPlain = lexer.previousEnd - offset == lexer.names.length(first)
    var length = lexer.names.length(first)
    let mark = scratchCount
    push(first)
    while accept(.dot) {
      let part = identifier()
      push(part)
      length += 1 + lexer.names.length(part)
    }
    isPlain = isPlain && lexer.previousEnd - offset == length
    defer { drop(to: mark) }
    if kind == .error { return 0 }
    if isPlain { return lexer.names.find(lexer.base + offset, length) }
    let parts = (mark..<scratchCount).map { lexer.names.string(scratch[$0]) }
    return lexer.names.find(copying: Array(parts.joined(separator: ".").utf8))
  }
}
