import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoBodyLimitRule: ProjectRule {
  static let weakness = Weakness.postureNoBodyLimit

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.limitsBody, !facts.isMounted else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node,
        "request bodies have no limit: FastAPI reads them whole before any dependency runs")
    }
  }
}
