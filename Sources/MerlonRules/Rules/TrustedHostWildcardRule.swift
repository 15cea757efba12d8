import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for a host check that accepts every host.
struct TrustedHostWildcardRule: CallRule {
  static let weakness = Weakness.trustedHostWildcard
  static let concepts: [Concept] = [.trustedHostMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let hosts = call["allowedHosts"]
    if hosts == nil {
      guard !call.isOpen else { return }
      context.report(Self.weakness, at: call.node, "without `allowed_hosts` the host check accepts every host")
    } else if context.allowsEveryOrigin(hosts) {
      context.report(Self.weakness, at: call.node, "`*` among the allowed hosts makes the host check accept every host")
    }
  }
}
