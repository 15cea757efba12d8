import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for a token whose claims are thrown away by a function that identifies a caller.
///
/// A function that only answers whether a token is valid may ignore the claims.
struct JWTDecodeResultUnusedRule: CallRule {
  static let weakness = Weakness.jwtDecodeResultUnused
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let tree = context.tree
    guard tree.kind(context.module.parent(of: call.node)) == .expr,
      let function = context.module.enclosingFunction(of: call.node), context.isFunction(function)
    else { return }
    let words = SensitiveNames.words(of: tree.text(tree.functionDef(function).name))
    guard
      Set(words).isDisjoint(with: ["verify", "validate", "check", "is", "valid", "require", "ensure", "assert", "test"])
    else { return }
    var returnsValue = false
    context.walkOwnBody(function) { node in
      guard tree.kind(node) == .return, !tree.value(node).isNone else { return }
      if context.bool(tree.value(node)) == nil { returnsValue = true }
    }
    guard returnsValue else { return }
    context.report(
      Self.weakness, at: call.node,
      "the token is verified and its claims are ignored: who calls is decided by something else", confidence: .medium)
  }
}
