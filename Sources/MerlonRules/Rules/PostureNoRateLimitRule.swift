import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoRateLimitRule: ProjectRule {
  static let weakness = Weakness.postureNoRateLimit
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.limitsRate else { return }
    application.context.report(Self.weakness, at: application.call.node, "nothing limits how often an operation is called, the login included")
  }
}
