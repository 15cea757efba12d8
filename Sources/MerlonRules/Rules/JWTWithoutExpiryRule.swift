import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for tokens that are issued from claims without `exp`.
///
/// Only claims that can be read whole are judged: a dictionary display, with what the function adds to it. Claims that
/// come from a caller or from a model are left to data flow.
struct JWTWithoutExpiryRule: CallRule {
  static let weakness = Weakness.jwtWithoutExpiry
  static let concepts: [Concept] = [.jwtEncode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let claims = call["claims"] else { return }
    let tree = context.tree
    let origins = context.semantics.origins(of: claims)
    guard !origins.isEmpty, origins.allSatisfy({ isWholeDisplay($0, in: context) }) else { return }
    // Whatever sets `exp` in this function (an update, a subscript, a keyword) is taken to reach the claims.
    let root = context.module.enclosingFunction(of: call.node) ?? tree.root
    var setsExpiry = false
    tree.walk(root) { node in
      switch tree.kind(node) {
      case .constant: setsExpiry = setsExpiry || tree.stringValue(node) == "exp"
      case .keyword: setsExpiry = setsExpiry || tree.text(tree.keyword(node).name) == "exp"
      default: break
      }
      return !setsExpiry
    }
    guard !setsExpiry else { return }
    context.report(Self.weakness, at: call.node, "the token is issued without an `exp` claim: it is valid for ever")
  }

  private func isWholeDisplay(_ node: NodeID, in context: RuleContext) -> Bool {
    let tree = context.tree
    if tree.kind(node) == .call {
      // dict(sub=…, scope=…)
      let call = tree.call(node)
      return context.semantics.qualifiedName(of: call.function) == "builtins.dict" && tree[call.arguments].isEmpty
        && tree[call.keywords].allSatisfy { !tree.text(tree.keyword($0).name).isEmpty }
    }
    guard tree.kind(node) == .dict else { return false }
    return tree[tree.dict(node).keys].allSatisfy { !$0.isNone && tree.stringValue($0) != nil }
  }
}
