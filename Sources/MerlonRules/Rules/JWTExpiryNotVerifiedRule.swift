import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for decoding that does not check `exp`.
struct JWTExpiryNotVerifiedRule: CallRule {
  static let weakness = Weakness.jwtExpiryNotVerified
  static let concepts: [Concept] = [.jwtDecode]
  init() {}

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.isOptionOff("verify_exp", of: call), !context.isSignatureCheckOff(call) else { return }
    context.report(Self.weakness, at: call.node, "expired tokens are accepted: `verify_exp` is switched off")
  }
}
