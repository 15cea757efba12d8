import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for API keys that are taken from the query string.
struct APIKeyInQueryRule: CallRule {
  static let weakness = Weakness.apiKeyInQuery
  static let concepts: [Concept] = [.apiKeyQuery]

  func check(_ call: ModelledCall, in context: RuleContext) {
    context.report(
      Self.weakness, at: call.node, "the key travels in the address, which logs, histories and proxies keep")
  }
}
