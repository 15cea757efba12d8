import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for guards that do not enforce what they seem to: a swallowed exception, an ignored result, a switch that is off
/// by default, a credential that nobody verifies. One finding a guard, at the guard: that is where it is repaired.
struct GuardCanBePassedRule: ModelRule {
  static let weakness = Weakness.guardCanBePassed

  func check(_ model: APIModel, in context: ModelContext) {
    var found: [Key: (dependency: Dependency, gap: GuardGap, operations: [Operation])] = [:]
    var order: [Key] = []
    for operation in context.operations where operation.isOpen && !operation.access.isPublicOnPurpose {
      let optional = operation.optionalGuard?.gap
      for (dependency, gap) in operation.gaps where Self.severities[gap.kind] != nil && gap != optional {
        let key = Key(name: dependency.callable.fullName, kind: gap.kind)
        if found[key] == nil { order.append(key) }
        found[key, default: (dependency, gap, [])].operations.append(operation)
      }
      for trait in operation.route.traits where trait.kind == .guardResultIgnored {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject,
          confidence: .medium, flow: trait.steps)
      }
    }
    for key in order {
      guard let (dependency, gap, operations) = found[key] else { continue }
      report(dependency, gap, operations, context)
    }
  }

  private struct Key: Hashable {
    let name: String
    let kind: GuardGap.Kind
  }

  private static let severities: [GuardGap.Kind: Severity] = [
    .exceptionSwallowed: .high, .resultIgnored: .high, .credentialNotVerified: .high, .switchedOffByDefault: .medium,
  ]

  private func report(
    _ dependency: Dependency, _ gap: GuardGap, _ operations: [Operation], _ context: ModelContext
  ) {
    // The same is told by rules that see the guard's own code.
    guard !context.isReported(["MRL117", "MRL110", "MRL101", "MRL201", "MRL202"], in: dependency.callable.location)
    else { return }
    let harmful = operations.filter {
      let names = OperationNames($0.route)
      return !names.isEntrance && !names.isPublicContent
    }
    // One that refuses on some way has conditions that were not understood.
    if gap.kind == .resultIgnored, context.raises(dependency.callable) { return }
    guard let first = harmful.first(where: { !$0.changes.isEmpty }) ?? harmful.first else { return }
    let place = gap.location ?? dependency.callable.location.map(context.head)
    if gap.kind == .credentialNotVerified, let reader = context.unverifiedReader(in: dependency.callable.location) {
      context.report(
        .jwtUnverifiedClaimsUsed, on: first, at: place,
        "`\(dependency.callable.qualifiedName)` takes the identity from `\(reader)`, which verifies nothing",
        subject: dependency.callable.qualifiedName, confidence: .medium, effects: first.changes)
      return
    }
    let name = dependency.callable.qualifiedName
    let others = harmful.count - 1
    let reach = others > 0 ? "`\(first.title)` and \(others) more" : "`\(first.title)`"
    context.report(
      Self.weakness, on: first, at: place, "`\(name)` can be passed: \(gap.message); it is all that guards \(reach)",
      subject: name + gap.kind.rawValue,
      // Whether an answer decides is often told by code further down.
      confidence: gap.kind == .resultIgnored ? .low : .medium, severity: Self.severities[gap.kind],
      effects: first.changes)
  }
}
