import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for token decoding that lets the token choose its algorithm.
struct JWTAlgorithmsNotRestrictedRule: CallRule {
  static let weakness = Weakness.jwtAlgorithmsNotRestricted
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if let algorithms = call["algorithms"] {
      if context.comes(algorithms, from: .jwtUnverifiedHeader) {
        context.report(
          Self.weakness, at: algorithms, "the accepted algorithm is taken from the token's own unverified header")
      } else if case .none? = context.constant(algorithms), call.has(mark: "algorithmsOptional") {
        context.report(Self.weakness, at: call.node, "`algorithms=None` accepts every algorithm that the library knows")
      }
      return
    }
    guard !call.isOpen, !context.isSignatureCheckOff(call), context.knowsOptions(of: call) else { return }
    // PyJWT 2 refuses to decode without the list; version 1 accepted every algorithm.
    context.report(
      Self.weakness, at: call.node, "the token is decoded without a list of accepted `algorithms`",
      confidence: call.has(mark: "algorithmsOptional") ? .high : .medium)
  }
}
