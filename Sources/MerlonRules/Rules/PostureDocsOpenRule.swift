import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureDocsOpenRule: ProjectRule {
  static let weakness = Weakness.postureDocsOpen
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    guard application.call["openapiURL"] == nil && !application.call.isOpen else { return }
    application.context.report(Self.weakness, at: application.call.node, "`/docs`, `/redoc` and `/openapi.json` are open to everyone; no dependency covers them")
  }
}
