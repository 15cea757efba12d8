import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoSecurityHeadersRule: ProjectRule {
  static let weakness = Weakness.postureNoSecurityHeaders
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.setsSecurityHeaders && !project.options.headersAtProxy else { return }
    application.context.report(Self.weakness, at: application.call.node, "nothing sets security headers: FastAPI sends none by itself")
  }
}
