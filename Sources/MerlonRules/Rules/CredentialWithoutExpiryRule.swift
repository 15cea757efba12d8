import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for codes and tokens that an operation hands out and that never end.
struct CredentialWithoutExpiryRule: ModelRule {
  static let weakness = Weakness.credentialWithoutExpiry

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits where trait.kind == .tokenWithoutExpiry {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          flow: trait.steps)
      }
    }
  }
}
