import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoSecurityHeadersRule: ProjectRule {
  static let weakness = Weakness.postureNoSecurityHeaders

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.setsSecurityHeaders, !facts.isMounted, !project.options.headersAtProxy else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node, "nothing sets security headers: FastAPI sends none by itself")
    }
  }
}
