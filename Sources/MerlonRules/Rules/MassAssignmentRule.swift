import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for input that is written whole into stored objects, where it can hold what the caller must not set.
struct MassAssignmentRule: ModelRule {
  static let weakness = Weakness.massAssignment

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits where trait.kind == .massAssignment {
        let input = BodyInput(operation, model.applications[operation.applicationIndex])
        // The reader of effects has compared the fields of the input with those of the row.
        let isNamed = trait.message.contains("lets the caller set")
        guard let reason = isNamed ? "" : input.danger.map({ ": " + $0 }) else { continue }
        // Administrators may set what they like.
        if context.asksRole(operation), !input.isOpen { continue }
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message + reason, subject: trait.subject,
          confidence: trait.message.contains("`a stored object`") ? .low : input.isOpen ? .high : .medium,
          severity: operation.access.level == .authorized ? .medium : .high, effects: operation.changes,
          flow: trait.steps, related: context.bodyClasses(of: operation))
      }
    }
  }
}
