import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoSecurityLogRule: ProjectRule {
  static let weakness = Weakness.postureNoSecurityLog
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.logs else { return }
    application.context.report(Self.weakness, at: application.call.node, "nothing is logged: an attack leaves no trace")
  }
}
