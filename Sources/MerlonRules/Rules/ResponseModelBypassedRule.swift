import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for answers that pass by the declared model: an explicit response object is not filtered.
struct ResponseModelBypassedRule: ModelRule {
  static let weakness = Weakness.responseModelBypassed

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits where trait.kind == .responseModelBypassed {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          flow: trait.steps)
      }
    }
  }
}
