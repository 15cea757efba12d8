import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for values of the caller's that may be objects in queries of document stores.
struct NoSQLInjectionRule: ModelRule {
  static let weakness = Weakness.noSQLInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.nosql], as: Self.weakness, in: context) {
      "the criteria of `\($0.calleeName)`, operators included"
    }
  }
}
