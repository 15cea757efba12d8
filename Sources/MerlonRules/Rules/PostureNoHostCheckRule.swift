import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoHostCheckRule: ProjectRule {
  static let weakness = Weakness.postureNoHostCheck

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.checksHost, !facts.isMounted else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node,
        "the `Host` header is not checked: redirects and links follow whatever a caller sends")
    }
  }
}
