import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoAuthenticationRule: ProjectRule {
  static let weakness = Weakness.postureNoAuthentication

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.authenticates else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node, "no operation of this application asks who is calling")
    }
  }
}
