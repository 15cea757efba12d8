import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for initialization vectors and nonces that are always the same.
struct ConstantInitializationVectorRule: CallRule {
  static let weakness = Weakness.constantInitializationVector
  static let concepts: [Concept] = [.cipherModeIV]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let iv = call["iv"] else { return }
    switch context.constant(iv) {
    case .bytes?, .string?:
      context.report(
        Self.weakness, at: call.node, "the initialization vector is always the same: equal messages look equal")
    default: return
    }
  }
}
