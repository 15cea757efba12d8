import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for HTTP Basic, which sends the password with every request.
struct HTTPBasicAuthenticationRule: CallRule {
  static let weakness = Weakness.httpBasicAuthentication
  static let concepts: [Concept] = [.httpBasic]

  func check(_ call: ModelledCall, in context: RuleContext) {
    context.report(Self.weakness, at: call.node, "HTTP Basic sends the password itself with every request")
  }
}
