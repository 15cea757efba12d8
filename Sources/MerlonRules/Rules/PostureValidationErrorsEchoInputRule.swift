import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureValidationErrorsEchoInputRule: ProjectRule {
  static let weakness = Weakness.postureValidationErrorsEchoInput

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.handlesValidationErrors else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node,
        "validation errors repeat the rejected input, passwords included, in the answer 422")
    }
  }
}
