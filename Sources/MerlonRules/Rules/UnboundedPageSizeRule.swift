import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for numbers of objects that the caller chooses without an upper bound.
struct UnboundedPageSizeRule: ModelRule {
  static let weakness = Weakness.unboundedPageSize

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations where operation.route.kind == .http && operation.isSafeMethod {
      guard operation.effects.isEmpty || operation.effects.contains(where: { $0.kind == .read }) else { continue }
      for parameter in operation.route.parameters
      where parameter.place == .query && parameter.content == .number && Self.names.contains(parameter.name) {
        guard parameter.constraints["le"] == nil, parameter.constraints["lt"] == nil,
          !HandlerText(operation, context).bounds(parameter.name)
        else { continue }
        let place = parameter.location.flatMap { $0.path == operation.route.endpoint?.location?.path ? $0 : nil }
        context.report(
          Self.weakness, on: operation, at: place,
          "`\(parameter.alias)` of `\(operation.title)` has no upper bound: the caller decides how much is read",
          subject: parameter.name, confidence: .medium, severity: operation.isOpen ? .low : .low)
      }
    }
  }

  private static let names: Set<String> = [
    "limit", "size", "page_size", "per_page", "pagesize", "perpage", "top", "first", "take", "max_results", "count",
    "max_items", "items_per_page", "results_per_page", "num_results", "n_results", "top_k",
  ]
}
