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
    guard isPlainComparison(node, sides, context) else { return }
    context.report(
      Self.weakness, at: node,
      "`\(name)` is compared with `\(op == .equal ? "==" : "!=")`: the time taken tells how much of a guess is right",
      confidence: sides.allSatisfy { secretName($0, context) != nil } ? .high : .medium)
  }

  private func secretName(_ side: NodeID, _ context: RuleContext) -> String? {
    guard let name = context.spelledName(side) else { return nil }
    let words = SensitiveNames.words(of: name)
    if words.last == "signature" || words.last == "hmac" { return name }
    if words.suffix(2) == ["hexdigest"] { return name }
    if SensitiveNames.isOneTimeSecret(name) { return name }
    guard let kind = SensitiveNames.kind(of: name) else { return nil }
    // `token` alone is as often a word of a language as a credential.
    if words == ["token"] { return kind == .credential && isHeaderOrSetting(side, context) ? name : nil }
    return name
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
