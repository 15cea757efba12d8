/// String literals, their concatenation, f-strings and t-strings.
///
/// The parts of a concatenation are collected on the scratch stack, five numbers each: traits, start and end of the
/// text, start and end of what CPython takes for the part's place; for a replacement field `fieldMark` and its node.
extension Parser {
  static let fieldMark: UInt32 = .max
  static let partSize = 5
  /// Largest number of f-strings inside each other (CPython's `MAXFSTRINGLEVEL`).
  static let maximumFormatStrings = 150

  /// A string literal, or several.
  mutating func plainString() -> UInt32 {
    let offset = start
    let traits = lexer.traits
    lexer.advance()
    if kind == .string || kind == .formatStringStart { return concatenation(offset, traits) }
    let (from, to) = content(offset, lexer.previousEnd, traits)
    check(traits, from, to, literal: offset)
    let constantKind: ConstantKind = traits.contains(.bytes) ? .bytes : .string
    return make(.constant, offset, flag: constantKind.rawValue, detail: traits.rawValue, UInt32(from), UInt32(to))
  }

  /// String literals of which the first is an f-string or t-string.
  mutating func strings() -> UInt32 { concatenation(start, nil) }

  /// `strings: (fstring | string)+ | tstring+`; a first plain literal was taken already.
  private mutating func concatenation(_ offset: Int, _ first: StringTraits?) -> UInt32 {
    let mark = scratchCount
    var all: StringTraits = []
    var hasPlain = false
    var hasText = false
    if let first {
      pushLiteral(offset, lexer.previousEnd, first)
      all.formUnion(first)
      hasPlain = true
      hasText = !first.contains(.bytes)
    }
    while true {
      let traits = lexer.traits
      if kind == .string {
        let literalStart = start
        lexer.advance()
        pushLiteral(literalStart, lexer.previousEnd, traits)
        hasPlain = true
        if !traits.contains(.bytes) { hasText = true }
      } else if kind == .formatStringStart {
        formatString()
      } else {
        break
      }
      all.formUnion(traits)
    }
    if all.contains(.template) && (hasPlain || all.contains(.format)) {
      report(
        "cannot mix t-string literals with string or bytes literals", from: offset, to: lexer.previousEnd)
    }
    if all.contains(.bytes) && (hasText || all.contains(.format)) {
      report("cannot mix bytes and nonbytes literals", from: offset, to: lexer.previousEnd)
    }
    if all.isDisjoint(with: [.format, .template]) {
      return constant(mark, scratchCount, all.contains(.bytes) ? .bytes : .string, offset, lexer.previousEnd)
    }
    let values = joined(since: mark)
    return make(all.contains(.template) ? .templateStr : .joinedStr, offset, values)
  }

  private mutating func pushLiteral(_ start: Int, _ end: Int, _ traits: StringTraits) {
    let (from, to) = content(start, end, traits)
    check(traits, from, to, literal: start)
    pushPart(traits, from, to, start, end)
  }

  private mutating func pushPart(_ traits: StringTraits, _ from: Int, _ to: Int, _ start: Int, _ end: Int) {
    push(UInt32(traits.rawValue))
    push(UInt32(truncatingIfNeeded: from))
    push(UInt32(truncatingIfNeeded: to))
    push(UInt32(truncatingIfNeeded: start))
    push(UInt32(truncatingIfNeeded: end))
  }

  private mutating func pushField(_ node: UInt32) {
    push(Parser.fieldMark)
    push(node)
    for _ in 2..<Parser.partSize { push(0) }
  }

  /// The text between the quotes of a literal.
  private func content(_ start: Int, _ end: Int, _ traits: StringTraits) -> (Int, Int) {
    var p = start
    while lexer.base[p] != UInt8(ascii: "\"") && lexer.base[p] != UInt8(ascii: "'") { p += 1 }
    let width = traits.contains(.triple) ? 3 : 1
    return (p + width, max(p + width, end - width))
  }

  /// Makes one constant of the parts between two marks.
  private mutating func constant(
    _ mark: Int, _ end: Int, _ constantKind: ConstantKind, _ start: Int, _ nodeEnd: Int
  ) -> UInt32 {
    let first = StringTraits(rawValue: UInt16(truncatingIfNeeded: scratch[mark]))
    if end - mark == Parser.partSize {
      let node = make(
        .constant, start, end: nodeEnd, flag: constantKind.rawValue, detail: first.rawValue, scratch[mark + 1],
        scratch[mark + 2])
      drop(to: mark)
      return node
    }
    let pieces = scratchCount
    var part = mark
    while part < end {
      push(scratch[part])
      push(scratch[part + 1])
      push(scratch[part + 2])
      part += Parser.partSize
    }
    let list = list(since: pieces)
    drop(to: mark)
    let detail = first.union(.pieces)
    return make(.constant, start, end: nodeEnd, flag: constantKind.rawValue, detail: detail.rawValue, list)
  }

  /// Makes the values of an f-string: neighbouring texts become one constant, empty ones go.
  private mutating func joined(since mark: Int) -> UInt32 {
    let end = scratchCount
    let values = scratchCount
    var part = mark
    while part < end {
      if scratch[part] == Parser.fieldMark {
        push(scratch[part + 1])
        part += Parser.partSize
        continue
      }
      var next = part
      var isEmpty = true
      while next < end && scratch[next] != Parser.fieldMark {
        if !isEmptyText(next) { isEmpty = false }
        next += Parser.partSize
      }
      if !isEmpty {
        let last = next - Parser.partSize
        push(copiedConstant(part, next, Int(scratch[part + 3]), Int(scratch[last + 4])))
      }
      part = next
    }
    let list = list(since: values)
    drop(to: mark)
    return list
  }

  /// As `constant`, leaving the parts where they are.
  private mutating func copiedConstant(_ from: Int, _ to: Int, _ start: Int, _ end: Int) -> UInt32 {
    let copy = scratchCount
    for index in from..<to { push(scratch[index]) }
    let node = constant(copy, scratchCount, .string, start, end)
    drop(to: copy)
    return node
  }

  /// True if the value of a part is empty: nothing stands there but escaped line ends.
  private func isEmptyText(_ part: Int) -> Bool {
    let traits = StringTraits(rawValue: UInt16(truncatingIfNeeded: scratch[part]))
    var p = Int(scratch[part + 1])
    let end = Int(scratch[part + 2])
    if traits.contains(.raw) || traits.contains(.verbatim) { return p == end }
    while p < end {
      guard lexer.base[p] == UInt8(ascii: "\\") else { return false }
      p += 1
      if lexer.base[p] == 0x0D && lexer.base[p + 1] == 0x0A { p += 1 }
      guard lexer.base[p] == 0x0A || lexer.base[p] == 0x0D else { return false }
      p += 1
    }
    return true
  }

  // MARK: F-strings

  /// `fstring: FSTRING_START fstring_middle* FSTRING_END`, and the same for a t-string. Pushes its parts.
  private mutating func formatString() {
    let offset = start
    let traits = lexer.traits
    let mark = lexer.base[lexer.end - 1]
    let outerField = lexer.fieldDepth
    let outerDepth = lexer.depth
    formatStringDepth += 1
    defer { formatStringDepth -= 1 }
    if formatStringDepth > Parser.maximumFormatStrings { return fail("too many nested f-strings") }
    if traits.contains(.triple) && lexer.hasUnendedString(mark) {
      return lexer.refuse("unterminated triple-quoted f-string literal", from: offset, to: lexer.lineEnd(offset))
    }
    var p = lexer.position
    while true {
      let textStart = p
      var textTraits = traits.intersection([.raw, .triple]).union(.middle)
      let stop = scanText(&p, mark, &textTraits, offset)
      if p > textStart {
        check(textTraits, textStart, p, literal: textStart)
        pushPart(textTraits, textStart, p, textStart, p)
      }
      switch stop {
      case .quote:
        lexer.endFormatString(offset, p + (traits.contains(.triple) ? 3 : 1))
        return
      case .field:
        guard let next = replacementField(p, traits, mark, level: 0) else { return }
        lexer.depth = outerDepth
        lexer.fieldDepth = outerField
        p = next
      case .error:
        return
      }
    }
  }

  private enum TextStop { case quote, field, error }

  /// Goes over text up to a replacement field or the end of the string.
  private mutating func scanText(
    _ p: inout Int, _ mark: UInt8, _ traits: inout StringTraits, _ offset: Int
  ) -> TextStop {
    let base = lexer.base
    let isTriple = traits.contains(.triple)
    while true {
      let byte = base[p]
      switch byte {
      case mark:
        if !isTriple || (base[p + 1] == mark && base[p + 2] == mark) { return .quote }
        p += 1
      case UInt8(ascii: "{"):
        if base[p + 1] != UInt8(ascii: "{") { return .field }
        p += 2
      case UInt8(ascii: "}"):
        if base[p + 1] != UInt8(ascii: "}") {
          lexer.refuse("f-string: single `}` is not allowed", from: p, to: p + 1)
          return .error
        }
        p += 2
      case UInt8(ascii: "\\"):
        traits.formUnion(.backslash)
        p += 1
        scanEscape(&p, traits)
      case 0x0A, 0x0D:
        if !isTriple {
          lexer.refuse("unterminated f-string literal", from: offset, to: p)
          return .error
        }
        p += 1
      case 0:
        if isTriple { lexer.noteUnendedString(mark) }
        lexer.refuse(
          isTriple ? "unterminated triple-quoted f-string literal" : "unterminated f-string literal", from: offset,
          to: lexer.lineEnd(offset))
        return .error
      default:
        p += 1
      }
    }
  }

  /// Goes over what follows a backslash. A brace keeps its meaning, but for the braces of `\N{…}`.
  private func scanEscape(_ p: inout Int, _ traits: StringTraits) {
    let base = lexer.base
    switch base[p] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), 0:
      return
    case UInt8(ascii: "N") where !traits.contains(.raw) && base[p + 1] == UInt8(ascii: "{"):
      var q = p + 2
      while base[q] != UInt8(ascii: "}") && base[q] != UInt8(ascii: "{") && base[q] != 0x0A && base[q] != 0
        && base[q] != UInt8(ascii: "\"") && base[q] != UInt8(ascii: "'")
      {
        q += 1
      }
      p = base[q] == UInt8(ascii: "}") ? q + 1 : p + 1
    case 0x0D:
      p += base[p + 1] == 0x0A ? 2 : 1
    default:
      p += 1
    }
  }

  /// `'{' annotated_rhs '='? ['!' NAME] [':' format_spec] '}'`. Pushes its parts and answers the offset behind it;
  /// nil after an error.
  private mutating func replacementField(_ brace: Int, _ traits: StringTraits, _ mark: UInt8, level: Int) -> Int? {
    let isTemplate = traits.contains(.template)
    let outerField = lexer.fieldDepth
    guard lexer.beginField(brace) else { return nil }
    defer { lexer.fieldDepth = outerField }
    switch kind {
    case .rightBrace, .exclamation, .colon, .equal:
      let found = lexer.text(lexer.start, lexer.end)
      fail("f-string: valid expression required before `\(found)`", from: lexer.start, to: lexer.end)
      return nil
    default:
      break
    }
    let value = yieldOrStarExpressions()
    let isDebug = accept(.equal)
    let debugEnd = start
    var conversion = kind == .exclamation ? self.conversion() : 0
    var spec: UInt32 = 0
    let end: Int
    if kind == .colon {
      guard let specification = formatSpecification(traits, mark, level) else { return nil }
      spec = specification.node
      end = specification.end
    } else {
      guard kind == .rightBrace else {
        failInField(value, isDebug: isDebug)
        return nil
      }
      end = lexer.end
    }
    if isDebug {
      pushPart(.verbatim, brace + 1, debugEnd, brace + 1, debugEnd)
      if conversion == 0 && spec == 0 { conversion = UInt8(ascii: "r") }
    }
    if isTemplate && level == 0 {
      let expressionEnd = self.expressionEnd(brace + 1, debugEnd)
      let text = make(
        .constant, brace + 1, end: expressionEnd, flag: ConstantKind.string.rawValue,
        detail: StringTraits.verbatim.rawValue, UInt32(brace + 1), UInt32(expressionEnd))
      pushField(make(.interpolation, brace, end: end, flag: conversion, value, text, spec))
    } else {
      pushField(make(.formattedValue, brace, end: end, flag: conversion, value, spec))
    }
    return end
  }

  /// Something stands behind the expression of a field that can't.
  private mutating func failInField(_ value: UInt32, isDebug: Bool) {
    if isDebug { return fail("f-string: expecting `!`, or `:`, or `}`") }
    if startsExpression {
      let record = nodes[Int(value)]
      return fail("invalid syntax; perhaps you forgot a comma?", from: Int(record.start), to: lexer.end)
    }
    fail("f-string: expecting `=`, or `!`, or `:`, or `}`")
  }

  /// Where the text of an interpolation's expression ends (CPython's `_strip_interpolation_expr`).
  private func expressionEnd(_ from: Int, _ to: Int) -> Int {
    var end = to
    while end > from, lexer.base[end - 1] == UInt8(ascii: "=") || lexer.base[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  /// `'!' NAME`. Answers the letter; 0 after an error.
  private mutating func conversion() -> UInt8 {
    let byte = lexer.base[lexer.position]
    lexer.advance()
    guard kind == .name else {
      fail(
        kind == .colon || kind == .rightBrace
          ? "f-string: missing conversion character" : "f-string: invalid conversion character")
      return 0
    }
    if lexer.base[lexer.start - 1] != UInt8(ascii: "!") {
      fail("f-string: conversion type must come right after the exclamation mark")
      return 0
    }
    let isKnown = byte == UInt8(ascii: "s") || byte == UInt8(ascii: "r") || byte == UInt8(ascii: "a")
    if !isKnown || lexer.end - lexer.start != 1 {
      fail("f-string: invalid conversion character: expected `s`, `r`, or `a`")
      return 0
    }
    lexer.advance()
    if kind != .colon && kind != .rightBrace { fail("f-string: expecting `:` or `}`") }
    return byte
  }

  /// `':' fstring_format_spec*` up to the closing brace. Answers its node and the offset behind the brace.
  private mutating func formatSpecification(
    _ traits: StringTraits, _ mark: UInt8, _ level: Int
  ) -> (node: UInt32, end: Int)? {
    let colon = start
    if level > 1 {
      fail("f-string: expressions nested too deeply")
      return nil
    }
    let base = lexer.base
    let fieldDepth = lexer.fieldDepth
    let isTriple = traits.contains(.triple)
    let parts = scratchCount
    var p = lexer.position
    var textStart = p
    var textTraits = traits.intersection([.raw, .triple])
    func pushText(_ parser: inout Parser) {
      if p > textStart {
        parser.check(textTraits, textStart, p, literal: textStart)
        parser.pushPart(textTraits, textStart, p, textStart, p)
      }
    }
    while true {
      let byte = base[p]
      switch byte {
      case UInt8(ascii: "{"):
        pushText(&self)
        guard let next = replacementField(p, traits, mark, level: level + 1) else { return nil }
        lexer.depth = fieldDepth
        p = next
        textStart = p
        textTraits = traits.intersection([.raw, .triple])
      case UInt8(ascii: "}"):
        pushText(&self)
        let values = joined(since: parts)
        lexer.depth = fieldDepth - 1
        return (make(.joinedStr, colon, end: p, values), p + 1)
      case mark where !isTriple || (base[p + 1] == mark && base[p + 2] == mark):
        lexer.refuse("f-string: expecting `}`, or format specs", from: p, to: p + 1)
        return nil
      case 0x0A, 0x0D:
        if isTriple {
          p += 1
          continue
        }
        // CPython 3.12 ends the specification here (3.13.1 and later refuse it).
        pushText(&self)
        let values = joined(since: parts)
        let node = make(.joinedStr, colon, end: p, values)
        lexer.kind = .comma
        lexer.position = p
        lexer.advance()
        if kind != .rightBrace {
          fail("f-string: expecting `}`, or format specs")
          return nil
        }
        return (node, lexer.end)
      case 0:
        lexer.refuse("f-string: expecting `}`, or format specs", from: p, to: p)
        return nil
      case UInt8(ascii: "\\"):
        textTraits.formUnion(.backslash)
        p += 1
        scanEscape(&p, textTraits)
      default:
        p += 1
      }
    }
  }
}
