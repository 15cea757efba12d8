import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for lists and searches that forget the owner's filter which the single operation has.
struct ListWithoutOwnerFilterRule: ModelRule {
  static let weakness = Weakness.listWithoutOwnerFilter

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations
    where (operation.access.level == .authenticated || operation.access.level == .unknown) && operation.knowsCaller
      && !context.asksRole(operation)
    {
      for trait in operation.route.traits where trait.kind == .listWithoutOwnerFilter {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          effects: operation.effects.filter { $0.target == trait.subject }, flow: trait.steps)
      }
    }
  }
}
