import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for flows that cost money and that machines can run without limit.
struct BusinessFlowWithoutThrottleRule: ModelRule {
  static let weakness = Weakness.businessFlowWithoutThrottle

  func check(_ model: APIModel, in context: ModelContext) {
    let throttled = Throttling(context)
    for operation in context.operations
    where operation.route.kind == .http && !operation.isSafeMethod && operation.route.endpoint?.location != nil
      && operation.access.level != .authorized && !throttled.covers(operation)
    {
      guard isFlow(operation) else { continue }
      context.report(
        Self.weakness, on: operation, "machines can run `\(operation.title)` without limit", confidence: .medium,
        effects: operation.changes)
    }
  }

  private func isFlow(_ operation: Operation) -> Bool {
    let names = OperationNames(operation.route)
    guard !names.isWebhook else { return false }
    if operation.effects.contains(where: { $0.kind == .payment }) { return true }
    return !names.words.isDisjoint(with: [
      "redeem", "checkout", "purchase", "buy", "pay", "payout", "withdraw", "topup",
    ])
  }
}
