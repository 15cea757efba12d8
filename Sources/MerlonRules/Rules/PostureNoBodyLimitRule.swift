import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoBodyLimitRule: ProjectRule {
  static let weakness = Weakness.postureNoBodyLimit
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.limitsBody else { return }
    application.context.report(Self.weakness, at: application.call.node, "request bodies have no limit: FastAPI reads them whole before any dependency runs")
  }
}
