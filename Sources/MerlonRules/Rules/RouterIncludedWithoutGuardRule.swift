import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for handlers that two paths lead to, one of them past the guard: a router that is included twice.
struct RouterIncludedWithoutGuardRule: ModelRule {
  static let weakness = Weakness.routerIncludedWithoutGuard

  func check(_ model: APIModel, in context: ModelContext) {
    let served = context.operations.filter { AccessFacts.counts($0) && $0.route.endpoint?.location != nil }
    let byHandler = Dictionary(grouping: served) { $0.route.endpoint?.fullName ?? "" }
    for (_, operations) in byHandler.sorted(by: { $0.key < $1.key }) where operations.count > 1 {
      guard let open = operations.first(where: \.isOpen), !open.access.isPublicOnPurpose,
        let guarded = operations.first(where: { !$0.isOpen && $0.access.level != .unknown }),
        OpenOperation(open, in: context.facts) != nil || !open.changes.isEmpty
      else { continue }
      context.report(
        Self.weakness, on: open,
        "`\(guarded.title)` \(AccessFacts.asks(guarded)), and `\(open.title)` is the same without it",
        subject: open.title, effects: open.effects, siblings: [(guarded, AccessFacts.asks(guarded))])
    }
  }
}
