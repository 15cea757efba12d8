import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for `assert` where it decides who may do something: `python -O` removes it.
struct AssertForAuthorizationRule: SyntaxRule {
  static let weakness = Weakness.assertForAuthorization
  static let kinds: [NodeKind] = [.assert]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let test = tree.assert(node).test
    // `assert isinstance(user, User)` and `assert user is not None` tell the type checker something.
    guard let subject = subject(of: test, context) else { return }
    context.report(
      Self.weakness, at: node, "`\(subject)` is checked by `assert`, which `python -O` removes", confidence: .medium)
  }

  /// What a test says of a principal: `user.is_admin`, `user.role == "admin"`, `item.owner_id == user.id`.
  private func subject(of test: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    var found: String?
    tree.walk(test) { node in
      if found != nil { return false }
      switch tree.kind(node) {
      case .attribute:
        let name = tree.text(tree.attribute(node).name)
        let words = SensitiveNames.words(of: name)
        let isRole = [
          "is_admin", "is_superuser", "is_staff", "role", "roles", "scopes", "permissions", "is_active", "is_owner",
        ]
        .contains(name)
        if isRole || words == ["owner", "id"] || words == ["tenant", "id"] { found = tree.text(node) }
      case .call:
        let function = tree.call(node).function
        let words = SensitiveNames.words(of: context.spelledName(function) ?? "")
        if let last = words.last,
          words.first == "has" || words.first == "check" || words.first == "can" || words.first == "is",
          ["permission", "permissions", "access", "role", "scope", "admin", "authorized", "allowed"].contains(last)
        {
          found = tree.text(function)
        }
        if tree.kind(function) == .name,
          ["isinstance", "callable", "hasattr", "issubclass"].contains(tree.text(tree.nameID(function)))
        {
          return false
        }
      case .compare:
        // A comparison with None is a hint for type checkers.
        let compare = tree.compare(node)
        if tree[compare.comparators].contains(where: { tree.kind($0) == .constant && tree.constantKind($0) == .none }) {
          return false
        }
      default: break
      }
      return found == nil
    }
    return found
  }
}
