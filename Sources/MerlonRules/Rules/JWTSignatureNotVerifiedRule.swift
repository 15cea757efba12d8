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
  init() {}

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.isSignatureCheckOff(call), !context.verifiesTokenNearby(call.node) else { return }
    context.report(
      Self.weakness, at: call.node, "the token's signature is not verified, so a caller can write any claims into it")
  }
}
