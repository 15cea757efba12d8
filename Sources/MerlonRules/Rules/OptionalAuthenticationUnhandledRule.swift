import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations whose guard lets callers without a credential through, and that do what needs one.
///
/// An optional login is a good thing where the page only looks different; what counts is what a stranger reaches.
struct OptionalAuthenticationUnhandledRule: ModelRule {
  static let weakness = Weakness.optionalAuthenticationUnhandled

  func check(_ model: APIModel, in context: ModelContext) {
    let uses = Dictionary(
      context.operations.compactMap { $0.optionalGuard?.dependency.callable.fullName }.map { ($0, 1) },
      uniquingKeysWith: +)
    let guarded = context.operations.count { !$0.isOpen }
    for operation in context.operations {
      guard let (dependency, gap) = operation.optionalGuard,
        let open = OpenOperation(operation, in: context.facts)
      else { continue }
      // Where most of the application takes whoever comes, doing without a log-in is a choice of the operator.
      let count = uses[dependency.callable.fullName, default: 0]
      guard count <= max(3, guarded) else { continue }
      let name = dependency.callable.qualifiedName
      context.report(
        Self.weakness, on: operation,
        "`\(name)` lets callers without a credential through, so anyone can \(open.words)",
        confidence: open.confidence, severity: open.severity, effects: open.effect.map { [$0] } ?? [],
        siblings: context.facts.guardedSiblings(of: operation), flow: open.effect?.through ?? [],
        related: gap.location.map { [FlowStep(location: $0, message: gap.message)] } ?? [])
    }
  }
}
