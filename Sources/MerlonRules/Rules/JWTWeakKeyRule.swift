import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for HMAC keys that are constants shorter than the hash's output.
struct JWTWeakKeyRule: CallRule {
  static let weakness = Weakness.jwtWeakKey
  static let concepts: [Concept] = [.jwtEncode, .jwtDecode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let key = call["key"], let length = keyLength(key, in: context) else { return }
    let names = context.strings(call["algorithm"] ?? call["algorithms"]) ?? (call.has(.jwtEncode) ? ["HS256"] : [])
    guard let name = names.first(where: { TokenAlgorithm.leastKeyBytes($0) != nil }),
      let least = TokenAlgorithm.leastKeyBytes(name), length > 0, length < least
    else { return }
    context.report(
      Self.weakness, at: call.node,
      "the key of `\(name)` has \(length) bytes; fewer than \(least) can be found by trying (RFC 7518 §3.2)")
  }

  private func keyLength(_ key: NodeID, in context: RuleContext) -> Int? {
    switch context.constant(key) {
    case .string(let text)?: text.utf8.count
    case .bytes(let bytes)?: bytes.count
    default: nil
    }
  }
}
