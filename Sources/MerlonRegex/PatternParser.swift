/// Reads Python's `re` syntax, as CPython 3.13 does in `Lib/re/_parser.py`.
///
/// Depth and length are bounded, so the recursion is too.
struct PatternParser {
  /// Longest pattern that is read, in scalars; the longest in the packages that were looked at has some 3,000.
  static let maximumLength = 8_000
  /// Deepest nesting of groups.
  static let maximumDepth = 60

  let scalars: [Unicode.Scalar]
  var position = 0
  private var groupCount = 0
  private var groupNames: [String: Int] = [:]
  private var openGroups: Set<Int> = []
  private var depth = 0

  private init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  static func parse(_ pattern: String, flags: PatternFlags) throws(PatternError) -> PatternNode {
    guard pattern.utf8.count <= 4 * maximumLength else { throw PatternError("the pattern is too long") }
    var parser = PatternParser(pattern)
    guard parser.scalars.count <= maximumLength else { throw PatternError("the pattern is too long") }
    var flags = flags
    try parser.readLeadingFlags(&flags)
    let node = try parser.alternatives(&flags)
    guard parser.position == parser.scalars.count else { throw PatternError("unbalanced parenthesis") }
    return node
  }

  // MARK: Scalars

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    let index = position + offset
    return index < scalars.count ? scalars[index] : nil
  }

  mutating func take() -> Unicode.Scalar? {
    guard let scalar = peek() else { return nil }
    position += 1
    return scalar
  }

  mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard peek() == wanted else { return false }
    position += 1
    return true
  }

  mutating func take(_ wanted: String) -> Bool {
    let wanted = Array(wanted.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  // MARK: Structure

  private mutating func alternatives(_ flags: inout PatternFlags) throws(PatternError) -> PatternNode {
    guard depth < Self.maximumDepth else { throw PatternError("groups are nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    var parts = [try sequence(&flags)]
    while take("|") { parts.append(try sequence(&flags)) }
    return parts.count == 1 ? parts[0] : Self.merged(parts, flags)
  }

  /// Alternatives as CPython compiles them (`_parse_sub`): a common start is taken out, and what remains is one set when
  /// each alternative is one. `(?:\d|\w)*` has two ways over a digit as written, and one when it runs.
  private static func merged(_ parts: [PatternNode], _ flags: PatternFlags) -> PatternNode {
    var rests = parts.map { part -> ArraySlice<PatternNode> in
      if case .sequence(let items) = part { return items[...] }
      return [part]
    }
    var prefix: [PatternNode] = []
    // Case is ignored later in CPython: `A` and `a` are one set there, not a common start.
    let areSingle = flags.contains(.ignoreCase) && rests.allSatisfy { $0.count == 1 }
    while !areSingle, let first = rests[0].first, rests.allSatisfy({ $0.first == first }) {
      prefix.append(first)
      rests = rests.map { $0.dropFirst() }
    }
    let sets = rests.compactMap { rest -> CharacterRanges? in
      guard rest.count == 1, case .set(let set, isPlain: true)? = rest.first else { return nil }
      return set
    }
    let choice: PatternNode =
      sets.count == rests.count
      ? .set(CharacterRanges(sets.flatMap(\.ranges)), isPlain: true)
      : .alternatives(rests.map { $0.count == 1 ? $0[$0.startIndex] : .sequence(Array($0)) })
    return prefix.isEmpty ? choice : .sequence(prefix + [choice])
  }

  private mutating func sequence(_ flags: inout PatternFlags) throws(PatternError) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = peek(), scalar != "|", scalar != ")" {
      let start = position
      if flags.contains(.verbose) {
        if scalar.properties.isWhitespace {
          position += 1
          continue
        }
        if scalar == "#" {
          while let next = take(), next != "\n" {}
          continue
        }
      }
      position += 1
      guard let item = try item(scalar, &flags) else { continue }
      parts.append(try quantified(item, from: start, flags))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  /// One item; nil for comments and flags, which nothing can repeat.
  private mutating func item(
    _ scalar: Unicode.Scalar, _ flags: inout PatternFlags
  ) throws(PatternError) -> PatternNode? {
    switch scalar {
    case ".": return .set(flags.contains(.dotAll) ? .all : CharacterRanges("\n").inverted, isPlain: false)
    case "^": return .anchor(flags.contains(.multiLine) ? .lineStart : .textStart)
    case "$": return .anchor(flags.contains(.multiLine) ? .lineEnd : .nearTextEnd)
    case "[":
      let isPlain = peek() != "^"
      return .set(try characterClass(flags), isPlain: isPlain)
    case "\\": return try escape(flags)
    case "(": return try group(&flags)
    case "*", "+", "?": throw PatternError("nothing to repeat")
    default:
      // A brace that is no quantifier is itself; one that is one has nothing to repeat here.
      if scalar == "{" {
        position -= 1
        let isQuantifier = try quantifier() != nil
        if isQuantifier { throw PatternError("nothing to repeat") }
        position += 1
      }
      return .set(literal(scalar, flags), isPlain: true)
    }
  }

  func literal(_ scalar: Unicode.Scalar, _ flags: PatternFlags) -> CharacterRanges {
    let set = CharacterRanges(scalar)
    return flags.contains(.ignoreCase) ? set.ignoringCase(isASCII: flags.contains(.ascii)) : set
  }

  // MARK: Quantifiers

  private mutating func quantified(
    _ item: PatternNode, from start: Int, _ flags: PatternFlags
  ) throws(PatternError) -> PatternNode {
    skipVerboseSpace(flags)
    guard let (minimum, maximum) = try quantifier() else { return item }
    // A group that holds nothing but an anchor can be repeated, the anchor itself can't.
    if case .anchor = item, scalars[start] != "(" { throw PatternError("nothing to repeat") }
    let isLazy = take("?")
    let isPossessive = !isLazy && take("+")
    let end = position
    skipVerboseSpace(flags)
    let isRepeatedAgain = try quantifier() != nil
    if isRepeatedAgain { throw PatternError("multiple repeat") }
    let node = PatternNode.repeated(
      .init(body: item, minimum: minimum, maximum: maximum, isLazy: isLazy, source: start..<end))
    return isPossessive ? .atomic(node) : node
  }

  private mutating func skipVerboseSpace(_ flags: PatternFlags) {
    guard flags.contains(.verbose) else { return }
    while let scalar = peek() {
      if scalar.properties.isWhitespace {
        position += 1
      } else if scalar == "#" {
        while let next = take(), next != "\n" {}
      } else {
        return
      }
    }
  }

  /// `*`, `+`, `?`, `{2}`, `{2,}`, `{,5}`, `{2,5}`; nil, and nothing taken, where none stands.
  private mutating func quantifier() throws(PatternError) -> (minimum: Int, maximum: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{"), peek() != "}" else {
      position = start
      return nil
    }
    let low = try number()
    var high = low
    let hasComma = take(",")
    if hasComma { high = try number() }
    guard take("}"), hasComma || low != nil else {
      position = start
      return nil
    }
    if let low, let high, high < low { throw PatternError("min repeat greater than max repeat") }
    return (low ?? 0, high)
  }

  mutating func number() throws(PatternError) -> Int? {
    var value: Int?
    while let scalar = peek(), let digit = Self.digit(scalar, radix: 10) {
      position += 1
      value = (value ?? 0) * 10 + digit
      guard value ?? 0 <= 1_000_000 else { throw PatternError("a repeat count is too large") }
    }
    return value
  }

  static func digit(_ scalar: Unicode.Scalar, radix: Int) -> Int? {
    guard scalar.isASCII, let digit = Character(scalar).hexDigitValue, digit < radix else { return nil }
    return digit
  }

  // MARK: Groups

  private mutating func group(_ flags: inout PatternFlags) throws(PatternError) -> PatternNode? {
    guard take("?") else { return try capture(named: nil, flags) }
    guard let kind = take() else { throw PatternError("unexpected end of pattern") }
    switch kind {
    case "P":
      if take("<") { return try capture(named: try name(until: ">"), flags) }
      guard take("=") else { throw PatternError("unknown extension") }
      let name = try name(until: ")")
      guard let number = groupNames[name] else { throw PatternError("unknown group name") }
      return .backreference(number)
    case ":": return try body(flags)
    case ">": return .atomic(try body(flags))
    case "=", "!": return .look(try body(flags), isBehind: false, isNegated: kind == "!")
    case "<":
      guard let direction = take(), direction == "=" || direction == "!" else {
        throw PatternError("unknown extension")
      }
      let body = try body(flags)
      guard body.fixedWidth != nil else { throw PatternError("look-behind requires fixed-width pattern") }
      return .look(body, isBehind: true, isNegated: direction == "!")
    case "#":
      while let next = take() {
        if next == ")" { return nil }
      }
      throw PatternError("missing )")
    case "(": return try conditional(flags)
    default:
      position -= 1
      return try inlineFlags(&flags)
    }
  }

  private mutating func body(_ flags: PatternFlags) throws(PatternError) -> PatternNode {
    var inner = flags
    let node = try alternatives(&inner)
    guard take(")") else { throw PatternError("missing )") }
    return node
  }

  private mutating func capture(named name: String?, _ flags: PatternFlags) throws(PatternError) -> PatternNode {
    groupCount += 1
    let number = groupCount
    if let name {
      guard groupNames[name] == nil else { throw PatternError("redefinition of group name") }
      groupNames[name] = number
    }
    openGroups.insert(number)
    defer { openGroups.remove(number) }
    return .group(number, try body(flags))
  }

  private mutating func name(until end: Unicode.Scalar) throws(PatternError) -> String {
    var text = ""
    while let scalar = take() {
      if scalar == end {
        guard !text.isEmpty else { throw PatternError("missing group name") }
        return text
      }
      text.unicodeScalars.append(scalar)
    }
    throw PatternError("unterminated name")
  }

  func closedGroup(_ number: Int) throws(PatternError) -> Int {
    guard number >= 1, number <= groupCount, !openGroups.contains(number) else {
      throw PatternError("invalid group reference")
    }
    return number
  }

  private mutating func conditional(_ flags: PatternFlags) throws(PatternError) -> PatternNode {
    let name = try name(until: ")")
    guard let number = groupNames[name] ?? Int(name), number >= 1 else { throw PatternError("unknown group name") }
    var inner = flags
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw PatternError("groups are nested too deeply") }
    let yes = try sequence(&inner)
    let no = take("|") ? try sequence(&inner) : .empty
    guard take(")") else { throw PatternError("conditional backref with more than two branches") }
    return .conditional(group: number, yes, no)
  }

  // MARK: Flags

  /// Flags in front are those of the whole pattern; that of the verbose mode has to be known before reading on.
  private mutating func readLeadingFlags(_ flags: inout PatternFlags) throws(PatternError) {
    while peek() == "(", peek(1) == "?" {
      var length = 2
      while let scalar = peek(length), Self.flag(scalar) != nil { length += 1 }
      guard length > 2, peek(length) == ")" else { return }
      position += 2
      _ = try inlineFlags(&flags)
    }
  }

  /// `(?i)` sets flags of what follows and gives nil, `(?i-s:…)` is a group. Before 3.11 flags in the middle were those
  /// of the whole pattern; what stands before them is then read a little wrongly.
  private mutating func inlineFlags(_ flags: inout PatternFlags) throws(PatternError) -> PatternNode? {
    var inner = flags
    var removes = false
    while let scalar = take() {
      switch scalar {
      case ")":
        guard !removes else { throw PatternError("missing :") }
        flags = inner
        return nil
      case ":": return try body(inner)
      case "-" where !removes: removes = true
      default:
        guard let flag = Self.flag(scalar) else { throw PatternError("unknown extension") }
        if removes { inner.subtract(flag) } else { inner.formUnion(flag) }
        if scalar == "u" { inner.subtract(.ascii) }
      }
    }
    throw PatternError("missing -, : or )")
  }

  private static func flag(_ scalar: Unicode.Scalar) -> PatternFlags? {
    switch scalar {
    case "i": .ignoreCase
    case "m": .multiLine
    case "s": .dotAll
    case "x": .verbose
    case "a": .ascii
    case "L", "u": []
    default: nil
    }
  }
}
