/// Escapes and character classes (`_escape`, `_class_escape` and the part for `[` in CPython's `_parser.py`).
extension PatternParser {
  /// What follows a backslash outside of classes.
  mutating func escape(_ flags: PatternFlags) throws(PatternError) -> PatternNode {
    guard let scalar = take() else { throw PatternError("bad escape at the end") }
    let isASCII = flags.contains(.ascii)
    switch scalar {
    case "A": return .anchor(.textStart)
    case "Z", "z": return .anchor(.textEnd)
    case "b": return .anchor(.wordBoundary(isASCII: isASCII))
    case "B": return .anchor(.notWordBoundary(isASCII: isASCII))
    case "0":
      position -= 1
      return .set(literal(try octal(upTo: 3), flags), isPlain: true)
    case "1"..."9":
      // Three octal digits are a character, one or two digits a group.
      if let second = peek(), let third = peek(1), scalar <= "3", Self.digit(scalar, radix: 8) != nil,
        Self.digit(second, radix: 8) != nil, Self.digit(third, radix: 8) != nil
      {
        position -= 1
        return .set(literal(try octal(upTo: 3), flags), isPlain: true)
      }
      var number = Self.digit(scalar, radix: 10) ?? 0
      if let next = peek(), let digit = Self.digit(next, radix: 10) {
        position += 1
        number = number * 10 + digit
      }
      return .backreference(try closedGroup(number))
    default:
      if let set = namedClass(scalar, flags) { return .set(set, isPlain: true) }
      return .set(literal(try character(after: scalar), flags), isPlain: true)
    }
  }

  private func namedClass(_ scalar: Unicode.Scalar, _ flags: PatternFlags) -> CharacterRanges? {
    let isASCII = flags.contains(.ascii)
    return switch scalar {
    case "d": .digits(isASCII: isASCII)
    case "D": .digits(isASCII: isASCII).inverted
    case "s": .spaces(isASCII: isASCII)
    case "S": .spaces(isASCII: isASCII).inverted
    case "w": .words(isASCII: isASCII)
    case "W": .words(isASCII: isASCII).inverted
    default: nil
    }
  }

  /// The character that an escape stands for.
  private mutating func character(after scalar: Unicode.Scalar) throws(PatternError) -> Unicode.Scalar {
    switch scalar {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "U": return try hexadecimal(8)
    default:
      // `\N{…}` asks for the names of Unicode; other letters are refused by CPython.
      guard !scalar.properties.isAlphabetic || !scalar.isASCII else { throw PatternError("bad escape") }
      return scalar
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(PatternError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let next = take(), let digit = Self.digit(next, radix: 16) else { throw PatternError("incomplete escape") }
      value = value &* 16 &+ UInt32(digit)
    }
    // A lone surrogate is a character for Python and matches nothing that is well formed.
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func octal(upTo count: Int) throws(PatternError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let next = peek(), let digit = Self.digit(next, radix: 8) else { break }
      position += 1
      value = value * 8 + UInt32(digit)
    }
    guard value <= 0o377, let scalar = Unicode.Scalar(value) else { throw PatternError("octal escape out of range") }
    return scalar
  }

  // MARK: Classes

  private enum ClassItem {
    case character(Unicode.Scalar)
    case set(CharacterRanges)
  }

  /// What follows `[`.
  mutating func characterClass(_ flags: PatternFlags) throws(PatternError) -> CharacterRanges {
    let isNegated = take("^")
    var sets: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let scalar = take() else { throw PatternError("unterminated character set") }
      if scalar == "]", !isFirst { break }
      isFirst = false
      let low = try classItem(scalar, flags)
      guard peek() == "-", let next = peek(1), next != "]" else {
        switch low {
        case .character(let character): sets.append(character.value...character.value)
        case .set(let set): sets += set.ranges
        }
        continue
      }
      position += 2
      guard case .character(let from) = low, case .character(let to) = try classItem(next, flags),
        from.value <= to.value
      else { throw PatternError("bad character range") }
      sets.append(from.value...to.value)
    }
    var result = CharacterRanges(sets)
    if flags.contains(.ignoreCase) { result = result.ignoringCase(isASCII: flags.contains(.ascii)) }
    return isNegated ? result.inverted : result
  }

  private mutating func classItem(
    _ scalar: Unicode.Scalar, _ flags: PatternFlags
  ) throws(PatternError) -> ClassItem {
    guard scalar == "\\" else { return .character(scalar) }
    guard let next = take() else { throw PatternError("bad escape at the end") }
    if let set = namedClass(next, flags) { return .set(set) }
    if next == "b" { return .character("\u{08}") }
    if Self.digit(next, radix: 8) != nil {
      position -= 1
      return .character(try octal(upTo: 3))
    }
    return .character(try character(after: next))
  }
}
