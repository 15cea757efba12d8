/// The indentation of lines, by CPython's rules: tabs go to multiples of eight, and must mean the same as one column.
extension Lexer {
  /// Reads the indentation of the next line that holds a token. Answers whether that made a token.
  mutating func startLine() -> Bool {
    if place == .dedents { return handOutDedent() }
    var p = position
    var column = 0
    var alternative = 0
    var continuedColumn = 0
    var continuedAlternative = 0
    lines: while true {
      switch base[p] {
      case 0x20:
        column += 1
        alternative += 1
        p += 1
      case 0x09:
        column = (column / 8 + 1) * 8
        alternative += 1
        p += 1
      case 0x0C:
        column = 0
        alternative = 0
        p += 1
      case 0x5C:
        // The first backslash behind white space fixes the indentation of what follows.
        if continuedColumn == 0 {
          continuedColumn = column
          continuedAlternative = alternative
        }
        guard let next = continuation(p) else { return true }
        p = next
      case 0x23:
        p = skipComment(p)
      case 0x0A, 0x0D:
        p += 1
        column = 0
        alternative = 0
        continuedColumn = 0
        continuedAlternative = 0
      case 0:
        column = 0
        alternative = 0
        continuedColumn = 0
        continuedAlternative = 0
        break lines
      default:
        break lines
      }
    }
    if continuedColumn > 0 {
      column = continuedColumn
      alternative = continuedAlternative
    }
    position = p
    place = .inLine
    return indent(to: column, alternative, at: p)
  }

  private mutating func indent(to column: Int, _ alternative: Int, at offset: Int) -> Bool {
    let top = indents[indentCount - 1]
    if column == top.column {
      if alternative != top.alternative { return refuseTabs(offset) }
      return false
    }
    start = offset
    end = offset
    if column > top.column {
      if indentCount >= Lexer.maximumIndents {
        refuse("too many levels of indentation", from: offset, to: offset)
        problem?.kind = .indentation
        return true
      }
      if alternative <= top.alternative { return refuseTabs(offset) }
      indents[indentCount] = (column, alternative)
      indentCount += 1
      kind = .indent
      return true
    }
    lineColumn = column
    lineAlternative = alternative
    place = .dedents
    return handOutDedent()
  }

  private mutating func handOutDedent() -> Bool {
    let offset = position
    if indents[indentCount - 1].column > lineColumn {
      indentCount -= 1
      kind = .dedent
      start = offset
      end = offset
      return true
    }
    place = .inLine
    let top = indents[indentCount - 1]
    if top.column != lineColumn {
      refuse("unindent does not match any outer indentation level", from: offset, to: offset)
      problem?.kind = .dedent
      return true
    }
    if top.alternative != lineAlternative { return refuseTabs(offset) }
    return false
  }

  private mutating func refuseTabs(_ offset: Int) -> Bool {
    refuse("inconsistent use of tabs and spaces in indentation", from: offset, to: offset)
    problem?.kind = .indentation
    return true
  }
}
