import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations that check a credential, refuse it, and log nothing.
struct SecurityEventsNotLoggedRule: ModelRule {
  static let weakness = Weakness.securityEventsNotLogged

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits where trait.kind == .refusalNotLogged {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          flow: trait.steps)
      }
    }
  }
}
