import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for the OAuth 2 flows that RFC 9700 §2.1.2 and §2.4 rule out: implicit and resource owner password.
struct DeprecatedOAuth2FlowRule: CallRule {
  static let weakness = Weakness.deprecatedOauth2Flow
  static let concepts: [Concept] = [.oauth2Scheme]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(mark: "password") {
      context.report(
        Self.weakness, at: call.node,
        "the password flow gives the user's password to the client; fine only for your own first-party client",
        severity: .info)
      return
    }
    guard let flows = call["flows"] else { return }
    if givesImplicitFlow(flows, context) {
      context.report(
        Self.weakness, at: call.node, "the implicit flow hands tokens over in the address", severity: .medium)
    }
  }

  private func givesImplicitFlow(_ flows: NodeID, _ context: RuleContext) -> Bool {
    for origin in context.semantics.origins(of: flows) where context.keyword("implicit", of: origin) != nil {
      return true
    }
    return context.entry("implicit", of: flows) != nil
  }
}
