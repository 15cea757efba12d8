import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for numbers of the caller's that decide how long or how much the server works.
struct AmountFromCallerRule: ModelRule {
  static let weakness = Weakness.amountFromCaller

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.amount], as: Self.weakness, in: context) {
      "how much `\($0.calleeName)` does"
    }
  }
}
