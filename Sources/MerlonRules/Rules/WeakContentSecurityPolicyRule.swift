import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for Content-Security-Policy values that do not stop injected scripts.
struct WeakContentSecurityPolicyRule: SyntaxRule {
  static let weakness = Weakness.weakContentSecurityPolicy
  static let kinds: [NodeKind] = [.assign, .dict, .tuple, .call]

  func check(_ node: NodeID, in context: RuleContext) {
    for setting in context.headerSettings(node) where setting.name == "content-security-policy" {
      guard let text = setting.text else { continue }
      let policy = ContentSecurityPolicy(text)
      let flaws = policy.flaws
      guard let worst = flaws.first else { continue }
      let further = flaws.dropFirst().map(\.message)
      context.report(
        Self.weakness, at: setting.value,
        worst.message + (further.isEmpty ? "" : "; \(further.joined(separator: "; "))"),
        severity: worst.isSevere && policy.restrictsSources ? nil : .low)
    }
  }
}
