import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's in messages of logs.
struct LogInjectionRule: ModelRule {
  static let weakness = Weakness.logInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.log], as: Self.weakness, once: true, in: context) {
      "what `\($0.calleeName)` writes, line breaks included"
    }
  }
}
