import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for servers that believe `X-Forwarded-For` and `X-Forwarded-Proto` from anyone.
struct ProxyHeadersTrustedFromAllRule: CallRule {
  static let weakness = Weakness.proxyHeadersTrustedFromAll
  static let concepts: [Concept] = [.proxyHeadersMiddleware, .serverRun]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let hosts = call["trustedHosts"] ?? call["forwardedAllowIPs"], context.allowsEveryOrigin(hosts) else {
      return
    }
    context.report(
      Self.weakness, at: call.node,
      "proxy headers are believed from every address: a caller can choose its own client address")
  }
}
