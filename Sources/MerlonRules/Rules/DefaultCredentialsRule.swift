import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for users that are made, or let in, with a password that everyone knows.
struct DefaultCredentialsRule: SyntaxRule {
  static let weakness = Weakness.defaultCredentials
  static let kinds: [NodeKind] = [.call, .compare]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    if tree.kind(node) == .compare {
      let compare = tree.compare(node)
      guard tree.comparisonOperators(compare) == [.equal] || tree.comparisonOperators(compare) == [.notEqual],
        let right = tree[compare.comparators].first,
        SensitiveNames.isPassword(context.spelledName(compare.left) ?? ""), tree.kind(right) == .constant,
        let text = tree.stringValue(right), !text.isEmpty
      else { return }
      context.report(Self.weakness, at: node, "this password stands in the source: everyone who reads it can log in")
      return
    }
    // User(username="admin", password=hash("admin")), create_user("admin", password="admin")
    guard makesUser(node, context), let value = passwordKeyword(node, context), let text = literal(value, context),
      !text.isEmpty,
      hasUserName(node, context)
    else { return }
    context.report(Self.weakness, at: node, "a user is made with a password that stands in the source")
  }

  /// The callee's name speaks of people: `User(…)`, `create_superuser(…)`, `seed_admin(…)`; not `Connection(…)`.
  private func makesUser(_ call: NodeID, _ context: RuleContext) -> Bool {
    guard let name = context.spelledName(context.tree.call(call).function) else { return false }
    return !Set(SensitiveNames.words(of: name)).isDisjoint(with: AccountNames.words)
  }

  private func passwordKeyword(_ call: NodeID, _ context: RuleContext) -> NodeID? {
    let tree = context.tree
    for id in tree[tree.call(call).keywords] {
      let keyword = tree.keyword(id)
      let name = tree.text(keyword.name)
      if SensitiveNames.isPassword(name) || ["password_hash", "hashed_password"].contains(name) {
        return keyword.value
      }
    }
    return nil
  }

  /// The literal password, also inside one hashing call.
  private func literal(_ value: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    if tree.kind(value) == .constant { return tree.stringValue(value) }
    if tree.kind(value) == .call, let first = tree[tree.call(value).arguments].first, tree.kind(first) == .constant,
      let name = context.spelledName(tree.call(value).function), name.contains("hash")
    {
      return tree.stringValue(first)
    }
    return nil
  }

  private func hasUserName(_ call: NodeID, _ context: RuleContext) -> Bool {
    ["username", "user", "email", "login", "name", "user_name"].contains { name in
      guard let value = context.keyword(name, of: call) else { return false }
      return context.tree.kind(value) == .constant && context.tree.stringValue(value) != nil
    }
  }
}
