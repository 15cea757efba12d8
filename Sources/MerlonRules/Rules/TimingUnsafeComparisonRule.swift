import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for secrets that are compared with `==` or `!=`, which stops at the first difference.
///
/// One side must be what a caller sends, or the other a stored secret; comparisons inside a query (`User.token == x`) are
/// SQL, and those with a literal are `hard-coded-secret` or a mode.
struct TimingUnsafeComparisonRule: SyntaxRule {
  static let weakness = Weakness.timingUnsafeComparison
  static let kinds: [NodeKind] = [.compare]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let compare = tree.compare(node)
    let operators = tree.comparisonOperators(compare)
    guard operators.count == 1, let op = operators.first, op == .equal || op == .notEqual,
      let right = tree[compare.comparators].first
    else { return }
    let sides = [compare.left, right]
    // A literal, None or a number on one side is no secret, unless the other is a password: then the literal is one.
    if let literal = sides.first(where: { tree.kind($0) == .constant }) {
      guard let text = tree.stringValue(literal), text.utf8.count >= 4,
        sides.contains(where: {
          SensitiveNames.isPassword(context.spelledName($0) ?? "") && tree.kind($0) == .attribute
        })
      else { return }
    }
    guard let name = sides.lazy.compactMap({ secretName($0, context) }).first else { return }
    guard !sides.contains(where: { namesSomething($0, context) }) else { return }
    guard isPlainComparison(node, sides, context) else { return }
    // Time tells something only to a caller who can ask again and again: where the comparison decides about a request.
    guard decidesAboutCaller(node, context) else { return }
    context.report(
      Self.weakness, at: node,
      "`\(name)` is compared with `\(op == .equal ? "==" : "!=")`: the time taken tells how much of a guess is right",
      confidence: sides.allSatisfy { secretName($0, context) != nil } ? .high : .medium)
  }

  /// True when the function around a comparison is a guard: it is called one, refuses with 401 or 403, or handles requests.
  private func decidesAboutCaller(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let function = context.module.enclosingFunction(of: node), context.isFunction(function) else { return false }
    let words = SensitiveNames.words(of: tree.text(tree.functionDef(function).name))
    if !Set(words).isDisjoint(with: Self.guardWords) { return true }
    if context.isOperation(function) || isAnswer(node, context) { return true }
    var found = false
    tree.walk(function) { inner in
      switch tree.kind(inner) {
      case .constant:
        if let status = tree.integerValue(inner), status == 401 || status == 403 { found = true }
      case .attribute:
        let name = tree.text(tree.attribute(inner).name)
        found =
          name.hasPrefix("HTTP_401") || name.hasPrefix("HTTP_403") || name == "UNAUTHORIZED" || name == "FORBIDDEN"
      case .call: found = context.modelledCalls(inner).contains { $0.has(.httpException) }
      default: break
      }
      return !found
    }
    return found
  }

  /// True when the comparison is what a predicate answers: `return a == b`, or `if a == b: return True`.
  private func isAnswer(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var current = node
    for _ in 0..<8 {
      let parent = context.module.parent(of: current)
      switch tree.kind(parent) {
      case .boolOp, .unaryOp: current = parent
      case .return: return true
      case .if:
        guard let last = tree[tree.conditional(parent).body].last, tree.kind(last) == .return else { return false }
        return context.bool(tree.value(last)) != nil
      default: return false
      }
    }
    return false
  }

  private static let guardWords: Set<String> = [
    "verify", "verified", "check", "validate", "valid", "authenticate", "authenticated", "auth", "authorize",
    "authorized",
    "require", "guard", "login", "signin", "current", "allowed", "matches", "match", "dispatch", "access",
  ]

  private func secretName(_ side: NodeID, _ context: RuleContext) -> String? {
    guard let name = context.spelledName(side) else { return nil }
    let words = SensitiveNames.words(of: name)
    if words.contains(where: Self.bookkeeping.contains) || words.suffix(2) == ["session", "id"] { return nil }
    // `options_signature` tells versions apart; `expected_signature` guards a message.
    if words.last == "signature" {
      return words.dropLast().allSatisfy(Self.signatureWords.contains) ? name : nil
    }
    if words.last == "hmac" { return name }
    // A constant that only names something (`SENTINEL_API_KEY = "internal"`).
    if let text = context.string(side), !SecretValues.looksLikeSecret(text, called: name) { return nil }
    if words.suffix(2) == ["hexdigest"] { return name }
    if SensitiveNames.isOneTimeSecret(name) { return name }
    guard let kind = SensitiveNames.kind(of: name) else { return nil }
    // `token` alone is as often a word of a language as a credential.
    if words == ["token"] { return kind == .credential && isHeaderOrSetting(side, context) ? name : nil }
    return name
  }

  /// Words of values that keep records in order: who holds a lease, what a marker is, what a parser reads.
  private static let bookkeeping: Set<String> = [
    "owner", "lease", "lock", "fencing", "sentinel", "attribute", "dynamic", "retiring", "legacy", "finalized",
    "previous", "prev", "cached", "caller",
  ]

  /// Words beside `signature` that leave it the signature of a message.
  private static let signatureWords: Set<String> = [
    "expected", "computed", "calculated", "actual", "received", "provided", "given", "request", "webhook", "payload",
    "message", "hub", "x", "sha", "256", "sha256", "sha1", "hmac", "header", "stripe", "github", "slack", "sig", "body",
    "url", "cookie", "event", "local", "our", "their", "client", "server", "digest", "hex", "valid", "good", "correct",
  ]

  /// True for a marker, or a constant whose text only names something: no secret is compared with it.
  private func namesSomething(_ side: NodeID, _ context: RuleContext) -> Bool {
    guard context.tree.kind(side) != .constant else { return false }
    let name = context.spelledName(side) ?? ""
    if SensitiveNames.words(of: name).contains(where: Self.bookkeeping.contains) { return true }
    guard let text = context.string(side) else { return false }
    return !SecretValues.looksLikeSecret(text, called: name)
  }

  private func isHeaderOrSetting(_ side: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard tree.kind(side) == .attribute else { return false }
    let owner = context.spelledName(tree.attribute(side).value) ?? ""
    return ["settings", "config", "credentials", "self"].contains(owner)
  }

  /// Not a column of a query, not in an assertion or a comparison of new and repeated password.
  private func isPlainComparison(_ node: NodeID, _ sides: [NodeID], _ context: RuleContext) -> Bool {
    let tree = context.tree
    for side in sides where tree.kind(side) == .attribute {
      let owner = tree.attribute(side).value
      if context.semantics.type(of: owner)?.isClassObject == true { return false }
      if let name = context.spelledName(owner), let first = name.unicodeScalars.first, first.properties.isUppercase,
        name.uppercased() != name
      {
        return false
      }
    }
    let names = sides.compactMap(context.spelledName).flatMap(SensitiveNames.words)
    if !Set(names).isDisjoint(with: [
      "confirm", "confirmation", "repeat", "repeated", "again", "new", "old", "retype", "verify",
    ]) {
      return false
    }
    let parent = context.module.parent(of: node)
    switch tree.kind(parent) {
    case .assert, .comprehension: return false
    case .call:
      let name = context.spelledName(tree.call(parent).function) ?? ""
      return !["where", "filter", "filter_by", "and_", "or_", "having", "on", "join", "exists"].contains(name)
    default: return true
    }
  }
}
