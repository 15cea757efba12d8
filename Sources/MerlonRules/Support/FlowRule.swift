import MerlonAPI
import MerlonBase
package import MerlonCatalog
package import MerlonModels

/// A rule that the models of a project declare: which sources must not reach which places.
struct FlowRule: Sendable {
  let rule: OwnRule
  let weakness: Weakness

  init(_ rule: OwnRule) {
    self.rule = rule
    weakness = Weakness(rule)
  }

  func check(in context: ModelContext) {
    FlowReporting.report(as: weakness, in: context) { flow in
      guard rule.sinks.contains(flow.sink),
        rule.sources.isEmpty || rule.sources.contains(flow.origin ?? FlowWords.request)
      else { return nil }
      return rule.message.replacing("{source}", with: flow.source).replacing("{callee}", with: flow.calleeName)
    }
  }
}

extension Weakness {
  /// What a rule of a project's own is about, for reports.
  package init(_ rule: OwnRule) {
    self.init(
      id: rule.id, name: rule.name, severity: rule.severity, cwe: rule.cwe, owasp: [], practices: [], since: "",
      summary: rule.name, why: rule.why, guide: [], unsafe: Example(""), safe: Example(""), references: [])
  }
}
