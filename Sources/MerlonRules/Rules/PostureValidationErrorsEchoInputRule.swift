import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureValidationErrorsEchoInputRule: ProjectRule {
  static let weakness = Weakness.postureValidationErrorsEchoInput
  init() {}

  func check(_ project: ProjectContext) {
    guard let application = project.mainApplication else { return }
    let facts = project.posture
    guard !facts.handlesValidationErrors else { return }
    application.context.report(Self.weakness, at: application.call.node, "validation errors repeat the rejected input, passwords included, in the answer 422")
  }
}
