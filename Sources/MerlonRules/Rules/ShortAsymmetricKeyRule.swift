import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for RSA and DSA keys shorter than 2048 bits (NIST SP 800-131A).
struct ShortAsymmetricKeyRule: CallRule {
  static let weakness = Weakness.shortAsymmetricKey
  static let concepts: [Concept] = [.generateRSAKey, .generateDSAKey]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let bits = context.int(call["bits"]), bits < 2048 else { return }
    context.report(Self.weakness, at: call.node, "a key of \(bits) bits can be factored; 2048 is the least")
  }
}
