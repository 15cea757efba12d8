import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for answers that tell strangers whether an account exists.
struct AccountEnumerationRule: ModelRule {
  static let weakness = Weakness.accountEnumeration

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits where trait.kind == .accountEnumeration {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          flow: trait.steps)
      }
    }
  }
}
