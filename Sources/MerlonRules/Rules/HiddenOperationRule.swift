import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Says which operations the document leaves out although they are served to everyone.
struct HiddenOperationRule: ModelRule {
  static let weakness = Weakness.hiddenOperation

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations
    where operation.route.kind == .http && !operation.route.isInSchema && operation.isOpen
      && operation.route.endpoint?.location != nil && !operation.access.isPublicOnPurpose
    {
      let names = OperationNames(operation.route)
      guard !names.isEntrance, !names.isPublicContent, !operation.route.path.hasSuffix(".html"),
        names.isAdministrative || operation.changes.contains(where: { $0.kind.gravity > 1 })
          || operation.effects.contains(where: { EntityNames.isSecret($0.target) })
      else { continue }
      context.report(
        Self.weakness, on: operation, "`\(operation.title)` is not in the document, and is served to anyone who asks",
        effects: operation.effects)
    }
  }
}
