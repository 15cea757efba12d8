import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for decoding that does not check for whom, or by whom, a token was issued.
struct JWTAudienceNotVerifiedRule: CallRule {
  static let weakness = Weakness.jwtAudienceNotVerified
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard !context.isSignatureCheckOff(call) else { return }
    for (option, claim) in [("verify_aud", "aud"), ("verify_iss", "iss")]
    where context.isOptionOff(option, of: call) {
      context.report(
        Self.weakness, at: call.node,
        "the `\(claim)` claim is not checked (`\(option)` is off): tokens issued for another service are accepted")
      return
    }
  }
}
