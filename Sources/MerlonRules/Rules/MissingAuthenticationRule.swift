import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations that anyone may call although they do what their siblings ask a login for.
///
/// No authentication anywhere is a design, and one note (MRL520); where there is some, what stands out is a finding.
struct MissingAuthenticationRule: ModelRule {
  static let weakness = Weakness.missingAuthentication

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      if let required = context.options.requiredDependency { demand(required, of: operation, in: context) }
      guard let open = OpenOperation(operation, in: context.facts), !isToldOtherwise(operation, context) else {
        continue
      }
      if HandlerText(operation, context).callsGuard { continue }
      if open.effect == nil, open.kind == .read, HandlerText(operation, context).isConstant { continue }
      var message = "anyone can \(open.words)"
      let siblings = context.facts.guardedSiblings(of: operation)
      if let (sibling, asks) = siblings.first { message += ", while `\(sibling.title)` \(asks)" }
      context.report(
        Self.weakness, on: operation, message, confidence: open.confidence, severity: open.severity,
        effects: open.effect.map { [$0] } ?? [], siblings: siblings, flow: open.effect?.through ?? [])
    }
  }

  /// True where another weakness says better why the operation is open.
  private func isToldOtherwise(_ operation: Operation, _ context: ModelContext) -> Bool {
    if !operation.gaps.isEmpty { return true }
    // The same handler is guarded on another path (MRL225).
    if context.operations.contains(where: { $0.route.endpoint == operation.route.endpoint && !$0.isOpen }) {
      return true
    }
    // A class or a factory that was handed over uncalled (MRL202, MRL203), a guard that fails open (MRL117, MRL201).
    if context.isReported(["MRL202", "MRL203", "MRL201"], in: operation.definition) { return true }
    return operation.route.dependencies.contains {
      context.isReported(["MRL117", "MRL110"], in: $0.callable.location) || isUncalled($0, context)
    } || operation.route.traits.contains { $0.kind == .identityFromInput || $0.kind == .privilegeFromInput }
  }

  /// True for a security class, or the maker of a guard that others call.
  private func isUncalled(_ dependency: Dependency, _ context: ModelContext) -> Bool {
    if dependency.kind == .class, dependency.callable.module.hasPrefix("fastapi.security") { return true }
    let prefix = dependency.callable.fullName + ".<locals>."
    return context.guardsByName.keys.contains { $0.hasPrefix(prefix) }
  }

  private func demand(_ required: String, of operation: Operation, in context: ModelContext) {
    guard AccessFacts.counts(operation), !operation.access.isPublicOnPurpose,
      !operation.route.dependencies.contains(where: { $0.callable.fullName == required })
    else { return }
    context.report(
      Self.weakness, on: operation, "the dependency `\(required)`, which the configuration demands, is missing",
      subject: "required", severity: .high)
  }
}
