import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for claims that are read without a check of the signature.
struct JWTUnverifiedClaimsUsedRule: CallRule {
  static let weakness = Weakness.jwtUnverifiedClaimsUsed
  static let concepts: [Concept] = [.jwtUnverifiedClaims]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard !context.verifiesTokenNearby(call.node) else { return }
    context.report(
      Self.weakness, at: call.node, "claims are read from a token whose signature nobody has checked")
  }
}

/// Looks for tokens that are taken apart by hand: `base64decode(token.split(".")[1])`.
struct JWTDecodedByHandRule: SyntaxRule {
  static let weakness = Weakness.jwtUnverifiedClaimsUsed
  static let kinds: [NodeKind] = [.subscript]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let part = tree.subscript_(node)
    guard tree.integerValue(part.slice) == 1, tree.kind(part.value) == .call else { return }
    let split = tree.call(part.value)
    guard tree.kind(split.function) == .attribute, tree.text(tree.attribute(split.function).name) == "split",
      let separator = tree[split.arguments].first, tree.stringValue(separator) == ".",
      let name = context.spelledName(tree.attribute(split.function).value),
      !Set(SensitiveNames.words(of: name)).isDisjoint(with: ["token", "jwt"]),
      let function = context.module.enclosingFunction(of: node)
    else { return }
    var decodes = false
    context.walkOwnBody(function) { other in
      guard tree.kind(other) == .call, let name = context.semantics.qualifiedName(of: tree.call(other).function) else {
        return
      }
      if name.hasPrefix("base64.") { decodes = true }
    }
    guard decodes, !context.verifiesTokenNearby(node) else { return }
    context.report(
      Self.weakness, at: node, "the token's payload is decoded by hand, without a check of its signature",
      confidence: .medium)
  }
}
