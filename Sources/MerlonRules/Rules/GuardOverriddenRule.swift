import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for guards that production code replaces through `dependency_overrides`, which is made for tests.
struct GuardOverriddenRule: SyntaxRule {
  static let weakness = Weakness.guardOverridden
  static let kinds: [NodeKind] = [.assign]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    for target in tree[tree.assign(node).targets] {
      for key in overridden(target, tree.assign(node).value, context) {
        guard let name = context.spelledName(key), guardsAccess(name) else { continue }
        context.report(
          Self.weakness, at: node, "`\(name)` is replaced for every request by `dependency_overrides`",
          confidence: .medium)
      }
    }
  }

  /// The callables that an assignment replaces.
  private func overridden(_ target: NodeID, _ value: NodeID, _ context: RuleContext) -> [NodeID] {
    let tree = context.tree
    if tree.kind(target) == .subscript {
      let subscripted = tree.subscript_(target)
      return isOverrides(subscripted.value, tree) ? [subscripted.slice] : []
    }
    guard isOverrides(target, tree), tree.kind(value) == .dict else { return [] }
    return tree[tree.dict(value).keys].filter { !$0.isNone }
  }

  private func isOverrides(_ node: NodeID, _ tree: Tree) -> Bool {
    tree.kind(node) == .attribute && tree.text(tree.attribute(node).name) == "dependency_overrides"
  }

  private func guardsAccess(_ name: String) -> Bool {
    let words = Set(SensitiveNames.words(of: name))
    return !words.isDisjoint(with: [
      "user", "auth", "authenticate", "authenticated", "authorize", "authorization", "admin", "token", "login",
      "permission", "permissions", "role", "principal", "identity", "session", "guard", "protected", "credentials",
    ]) && words.isDisjoint(with: ["service", "repository", "repo", "db", "database", "store", "manager", "factory"])
  }
}
