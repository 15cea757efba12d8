import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoAuthenticationRule: ProjectRule {
  static let weakness = Weakness.postureNoAuthentication
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.authenticates else { return }
    application.context.report(Self.weakness, at: application.call.node, "no authentication anywhere: every operation can be called by everyone")
  }
}
