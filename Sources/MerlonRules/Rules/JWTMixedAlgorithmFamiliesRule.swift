import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for decoding that accepts both HMAC and public-key algorithms with one key.
struct JWTMixedAlgorithmFamiliesRule: CallRule {
  static let weakness = Weakness.jwtMixedAlgorithmFamilies
  static let concepts: [Concept] = [.jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let names = context.strings(call["algorithms"]) else { return }
    guard let symmetric = names.first(where: TokenAlgorithm.isSymmetric),
      let asymmetric = names.first(where: TokenAlgorithm.isAsymmetric)
    else { return }
    context.report(
      Self.weakness, at: call.node,
      "`\(symmetric)` and `\(asymmetric)` are accepted with one key: the public key can serve as HMAC secret")
  }
}
