import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for tokens that are issued or accepted with the algorithm `none`.
struct JWTNoneAlgorithmRule: CallRule {
  static let weakness = Weakness.jwtNoneAlgorithm
  static let concepts: [Concept] = [.jwtDecode, .jwtEncode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if let algorithms = call["algorithms"], let names = context.strings(algorithms),
      names.contains(where: TokenAlgorithm.isNone)
    {
      context.report(
        Self.weakness, at: call.node, "tokens with the algorithm `none`, which has no signature, are accepted")
    }
    guard call.has(.jwtEncode), let algorithm = call["algorithm"] else { return }
    let isNone: Bool
    switch context.constant(algorithm) {
    case .none?: isNone = true
    case .string(let name)?: isNone = TokenAlgorithm.isNone(name)
    default: isNone = false
    }
    if isNone { context.report(Self.weakness, at: call.node, "the token is issued without a signature") }
  }
}
