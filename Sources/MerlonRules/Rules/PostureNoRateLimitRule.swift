import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoRateLimitRule: ProjectRule {
  static let weakness = Weakness.postureNoRateLimit

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.limitsRate, !facts.isMounted else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node,
        "nothing limits how often an operation is called, the login included")
    }
  }
}
