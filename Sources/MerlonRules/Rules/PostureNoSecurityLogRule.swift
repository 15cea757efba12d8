import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoSecurityLogRule: ProjectRule {
  static let weakness = Weakness.postureNoSecurityLog

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.logsRefusals, !facts.isMounted else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node, "refused logins and forbidden requests leave no trace")
    }
  }
}
