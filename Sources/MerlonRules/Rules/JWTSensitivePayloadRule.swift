import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for secrets among the claims of a token, which anyone who holds it can read.
struct JWTSensitivePayloadRule: CallRule {
  static let weakness = Weakness.jwtSensitivePayload
  static let concepts: [Concept] = [.jwtEncode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let claims = call["claims"] else { return }
    let tree = context.tree
    for origin in context.semantics.origins(of: claims) where tree.kind(origin) == .dict {
      let dict = tree.dict(origin)
      for (key, value) in zip(tree[dict.keys], tree[dict.values]) {
        guard let name = tree.stringValue(key), isSensitive(name) else { continue }
        context.report(
          Self.weakness, at: key, "`\(name)` is put into the token: its payload is encoded, not encrypted",
          related: [(call.node, "the token is issued here"), (value, "the value")])
      }
    }
  }

  private func isSensitive(_ name: String) -> Bool {
    if let kind = SensitiveNames.kind(of: name), kind != .credential { return true }
    let words = SensitiveNames.words(of: name)
    let text = words.joined(separator: "_")
    return [
      "password_hash", "hashed_password", "ssn", "social_security_number", "credit_card", "card_number", "cvv", "cvc",
      "iban", "pin", "api_key", "secret", "client_secret",
    ].contains(text)
  }
}
