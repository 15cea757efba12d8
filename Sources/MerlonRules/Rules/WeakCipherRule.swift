import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for ciphers that can be broken, and for the ECB mode, which shows equal blocks as equal.
struct WeakCipherRule: CallRule {
  static let weakness = Weakness.weakCipher
  static let concepts: [Concept] = [.weakCipher, .cipherModeECB]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.cipherModeECB) {
      context.report(Self.weakness, at: call.node, "ECB encrypts equal blocks to equal blocks: the text shows through")
    } else {
      let name = call.entity.marks.sorted().first ?? "this cipher"
      context.report(Self.weakness, at: call.node, "`\(name)` can be broken with today's means")
    }
  }
}

/// Looks for the ECB mode given as a constant (`AES.MODE_ECB`).
struct ECBModeConstantRule: SyntaxRule {
  static let weakness = Weakness.weakCipher
  static let kinds: [NodeKind] = [.attribute]

  func check(_ node: NodeID, in context: RuleContext) {
    guard context.tree.text(context.tree.attribute(node).name) == "MODE_ECB", context.denotes(node, .cipherModeECB)
    else {
      return
    }
    context.report(Self.weakness, at: node, "ECB encrypts equal blocks to equal blocks: the text shows through")
  }
}
