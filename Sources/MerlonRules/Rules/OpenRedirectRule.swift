import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that decides where the browser is sent.
struct OpenRedirectRule: ModelRule {
  static let weakness = Weakness.openRedirect

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.redirect], as: Self.weakness, in: context) { _ in
      "where the browser is sent"
    }
  }
}
