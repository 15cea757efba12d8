import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for token decoding with the signature check switched off.
///
/// Silent when the same function also decodes with the check on: reading `iss` or `kid` first to choose a key is right.
struct JWTSignatureNotVerifiedRule: CallRule {
  static let weakness = Weakness.jwtSignatureNotVerified
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    // A value that is read from settings says nothing; one that names both ways is judged by its own branch.
    guard context.isSignatureCheckOff(call), !context.readsOnlyRoutingClaims(call.node) else { return }
    // What is returned goes to callers unchecked, whatever other ways through the function do.
    let isReturned = context.tree.kind(context.module.parent(of: call.node)) == .return
    guard isReturned || !context.verifiesTokenNearby(call.node) else { return }
    if isFromProvider(call, context) {
      context.report(
        Self.weakness, at: call.node,
        "the token's signature is not verified; that is allowed only for one that came straight from the provider's token endpoint",
        confidence: .medium, severity: .medium)
      return
    }
    if saysUnverified(call.node, context) {
      context.report(
        Self.weakness, at: call.node,
        "the token's signature is not verified: what this function returns may only choose how the token is checked",
        confidence: .medium, severity: .medium)
      return
    }
    context.report(
      Self.weakness, at: call.node, "the token's signature is not verified, so a caller can write any claims into it")
  }

  /// True in a function whose name tells its callers that nothing is verified (`get_unverified_claims`): what they make
  /// of the claims decides.
  private func saysUnverified(_ node: NodeID, _ context: RuleContext) -> Bool {
    let words = SensitiveNames.words(of: context.enclosingFunctionName(node))
    return words.contains("unverified") || words.contains("unsafe") || words.contains("insecure")
  }

  /// True for an ID token that this service got in exchange for a code (OIDC Core §3.1.3.7 lets TLS stand for the
  /// signature there): by its name, or because the function itself talks to the provider.
  private func isFromProvider(_ call: ModelledCall, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let token = call["token"] else { return false }
    let words = SensitiveNames.words(of: context.spelledName(token) ?? "")
    if words.suffix(2) == ["id", "token"] { return true }
    let functionWords = Set(SensitiveNames.words(of: context.enclosingFunctionName(call.node)))
    if !functionWords.isDisjoint(with: ["sso", "oauth", "oidc", "callback", "exchange"]) { return true }
    guard let function = context.module.enclosingFunction(of: call.node) else { return false }
    var talks = false
    context.walkOwnBody(function) { node in
      guard !talks, tree.kind(node) == .call else { return }
      talks = context.modelledCalls(node).contains { $0.has(.httpRequest) }
    }
    return talks
  }
}
