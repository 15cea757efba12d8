import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that becomes part of an SQL statement.
struct SQLInjectionRule: ModelRule {
  static let weakness = Weakness.sqlInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.sql], as: Self.weakness, in: context) {
      "a part of the SQL that `\($0.calleeName)` gets"
    }
  }
}
