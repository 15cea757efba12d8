import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations that change something although their method says that they only read.
struct StateChangedByGetRule: ModelRule {
  static let weakness = Weakness.stateChangedByGet

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations
    where operation.route.kind == .http && operation.isSafeMethod && !operation.isOpen {
      let names = OperationNames(operation.route)
      // Links in mails and answers of identity providers are GET by nature.
      guard !names.isEntrance, !names.isWebhook, names.words.isDisjoint(with: ["verify", "confirm", "activate"]),
        let change = operation.changes.first(where: { change in
          // What happens further down is tidying up more often than it is the purpose.
          [.delete, .payment].contains(change.kind) && change.through.isEmpty
            || change.through.count <= 1 && isCommand(change, names)
        })
      else { continue }
      context.report(
        Self.weakness, on: operation, "`\(operation.title)` \(change.words), and a link or an image can call it",
        confidence: .medium, effects: [change], flow: change.through)
    }
  }

  /// A change that the name promises: counting views or noting the last visit is none.
  private func isCommand(_ effect: Effect, _ names: OperationNames) -> Bool {
    effect.kind.gravity >= 2
      && !names.words.isDisjoint(with: [
        "delete", "remove", "update", "set", "toggle", "enable", "disable", "reset", "clear", "approve", "reject",
        "promote", "ban", "transfer", "cancel", "change", "add", "create", "revoke", "grant", "purge", "deactivate",
      ])
  }
}
