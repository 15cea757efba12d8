/// Checks of `match` statements (`compile.c`, `compiler_match` and what it calls).
extension SemanticChecker {
  mutating func checkMatch(_ id: NodeID) {
    let cases = tree[tree.match(id).cases]
    for (position, id) in cases.enumerated() {
      let matchCase = tree.matchCase(id)
      if position < cases.count - 1, matchCase.guard.isNone { checkRefutable(matchCase.pattern) }
      var names = Set<NameID>()
      collectNames(of: matchCase.pattern, into: &names)
    }
  }

  /// Only the last alternative may match everything.
  private mutating func checkRefutable(_ pattern: NodeID) {
    var current = pattern
    while true {
      let node = tree[current]
      switch node.kind {
      case .matchAs where node.a == 0:
        let name = NameID(node.b)
        report(
          current,
          name.isNone
            ? "wildcard makes remaining patterns unreachable"
            : "name capture `\(tree.text(name))` makes remaining patterns unreachable")
        return
      case .matchAs: current = NodeID(node.a)
      case .matchOr:
        // The alternatives before the last are checked with the alternatives themselves.
        guard let last = tree[ListID(node.a)].last else { return }
        current = last
      default: return
      }
    }
  }

  /// Names that a pattern binds; reports what binds twice and alternatives that bind different names.
  ///
  /// Patterns nest no deeper than the parser's limit, which bounds the recursion.
  private mutating func collectNames(of pattern: NodeID, into names: inout Set<NameID>) {
    let node = tree[pattern]
    switch node.kind {
    case .matchValue where isFormatted(NodeID(node.a)):
      report(NodeID(node.a), "patterns may only match literals and attribute lookups")
    case .matchStar: bind(NameID(node.a), at: pattern, in: &names)
    case .matchAs:
      if node.a != 0 { collectNames(of: NodeID(node.a), into: &names) }
      bind(NameID(node.b), at: pattern, in: &names)
    case .matchSequence:
      let elements = tree[ListID(node.a)]
      for star in elements.filter({ tree.kind($0) == .matchStar }).dropFirst() {
        report(star, "multiple starred expressions in sequence pattern")
      }
      for element in elements { collectNames(of: element, into: &names) }
    case .matchMapping:
      checkKeys(tree[ListID(node.a)])
      for element in tree[ListID(node.b)] { collectNames(of: element, into: &names) }
      bind(NameID(node.c), at: pattern, in: &names)
    case .matchClass:
      var attributes = Set<NameID>()
      for attribute in tree.names(ListID(tree.slot(node, 2))) where !attributes.insert(attribute).inserted {
        report(pattern, "attribute name repeated in class pattern: `\(tree.text(attribute))`")
      }
      for element in tree[ListID(tree.slot(node, 1))] { collectNames(of: element, into: &names) }
      for element in tree[ListID(tree.slot(node, 3))] { collectNames(of: element, into: &names) }
    case .matchOr: collectAlternatives(tree[ListID(node.a)], into: &names)
    default: return
    }
  }

  private mutating func collectAlternatives(_ alternatives: NodeList, into names: inout Set<NameID>) {
    var first: Set<NameID>?
    for (position, alternative) in alternatives.enumerated() {
      if position < alternatives.count - 1 { checkRefutable(alternative) }
      var own = Set<NameID>()
      collectNames(of: alternative, into: &own)
      if let first {
        if first != own { report(alternative, "alternative patterns bind different names") }
      } else {
        first = own
      }
    }
    if let start = alternatives.first { for name in first ?? [] { bind(name, at: start, in: &names) } }
  }

  private mutating func bind(_ name: NameID, at pattern: NodeID, in names: inout Set<NameID>) {
    guard !name.isNone else { return }
    if !names.insert(name).inserted {
      report(pattern, "multiple assignments to name `\(tree.text(name))` in pattern")
    }
  }

  /// Literal keys of a mapping pattern are different.
  private mutating func checkKeys(_ keys: NodeList) {
    for key in keys where isFormatted(key) {
      report(key, "mapping pattern keys may only match literals and attribute lookups")
    }
    guard keys.count > 1 else { return }
    var seen = Set<[UInt8]>()
    var seenNumbers = Set<[Double]>()
    for key in keys {
      let isRepeated: Bool
      if let number = complexValue(of: key) {
        isRepeated = !seenNumbers.insert(number).inserted
      } else if tree.kind(key) == .constant {
        isRepeated = !seen.insert(tree.constantRepr(key)).inserted
      } else {
        isRepeated = false
      }
      if isRepeated { report(key, "mapping pattern checks duplicate key `\(tree.text(key))`") }
    }
  }

  private func isFormatted(_ id: NodeID) -> Bool {
    tree.kind(id) == .joinedStr || tree.kind(id) == .templateStr
  }

  /// Real and imaginary part of a number, however it is written; nil for other keys and for integers that a float
  /// cannot hold.
  private func complexValue(of key: NodeID) -> [Double]? {
    let node = tree[key]
    switch node.kind {
    case .constant:
      switch tree.constantKind(key) {
      case .false: return [0, 0]
      case .true: return [1, 0]
      case .integer: return tree.integerValue(key).flatMap { Double(exactly: $0) }.map { [$0, 0] }
      case .float: return tree.floatValue(key).map { [$0, 0] }
      case .imaginary: return tree.floatValue(key).map { [0, $0] }
      case .none, .ellipsis, .string, .bytes: return nil
      }
    case .unaryOp: return complexValue(of: NodeID(node.a))?.map { 0 - $0 }
    case .binOp:
      guard let left = complexValue(of: NodeID(node.a)), let right = complexValue(of: NodeID(node.b)) else {
        return nil
      }
      let sign: Double = node.flag == BinaryOperator.sub.rawValue ? -1 : 1
      return zip(left, right).map { $0 + sign * $1 }
    default: return nil
    }
  }
}
