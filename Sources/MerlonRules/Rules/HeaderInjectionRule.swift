import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's in headers of responses and mails.
struct HeaderInjectionRule: ModelRule {
  static let weakness = Weakness.headerInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.header], as: Self.weakness, in: context) {
      "the header `\($0.callee)`"
    }
  }
}
