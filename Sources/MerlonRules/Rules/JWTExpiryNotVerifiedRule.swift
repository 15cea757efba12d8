import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for decoding that does not check `exp`.
struct JWTExpiryNotVerifiedRule: CallRule {
  static let weakness = Weakness.jwtExpiryNotVerified
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.isOptionOff("verify_exp", of: call), !context.isSignatureCheckOff(call),
      !readsExpiry(around: call.node, context), !discardsClaims(call.node, context)
    else { return }
    context.report(Self.weakness, at: call.node, "expired tokens are accepted: `verify_exp` is switched off")
  }

  /// True when the function looks at `exp` itself (`claims["exp"]`, `claims.exp`, `require: ["exp"]`): it compares the
  /// time in its own way.
  private func readsExpiry(around node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let function = context.module.enclosingFunction(of: node) else { return false }
    var found = false
    tree.walk(function) { inner in
      switch tree.kind(inner) {
      case .constant: found = tree.stringValue(inner) == "exp"
      case .attribute: found = tree.text(tree.attribute(inner).name) == "exp"
      default: break
      }
      return !found
    }
    return found
  }

  /// A decoding whose claims nobody reads only asks who signed the token.
  private func discardsClaims(_ node: NodeID, _ context: RuleContext) -> Bool {
    context.tree.kind(context.module.parent(of: node)) == .expr
  }
}
