import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureDocsOpenRule: ProjectRule {
  static let weakness = Weakness.postureDocsOpen

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let call = posture.application.call
      guard ["openapiURL", "docsURL", "redocURL"].allSatisfy({ call[$0] == nil }), !call.isOpen else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node,
        "`/docs`, `/redoc` and `/openapi.json` are open to everyone; no dependency covers them")
    }
  }
}
