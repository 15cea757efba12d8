import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for keys that stand as literals in the call that signs or verifies with them.
struct HardCodedKeyArgumentRule: CallRule {
  static let weakness = Weakness.hardCodedSecret
  static let concepts: [Concept] = [.jwtEncode, .jwtDecode, .hmacNew]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let key = call["key"], context.tree.kind(key) == .constant, !context.isSignatureCheckOff(call) else { return }
    let length = context.tree.stringValue(key)?.utf8.count ?? context.tree.bytesValue(key)?.count ?? 0
    guard length >= 3 else { return }
    context.report(
      Self.weakness, at: key, "the key is written into the source, where every reader of the repository has it")
  }
}
