import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for rows of the database that are the answer, with nothing that says what leaves.
struct ORMObjectReturnedRule: ModelRule {
  static let weakness = Weakness.ormObjectReturned

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations where operation.route.response.model == nil || !operation.route.isInSchema {
      for trait in operation.route.traits where trait.kind == .entityReturned {
        let isPrivate = EntityNames.isPrivate(trait.subject)
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          severity: isPrivate ? .medium : .low, flow: trait.steps)
      }
    }
  }
}
