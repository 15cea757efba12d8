import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that decides where the server sends a request.
struct ServerSideRequestForgeryRule: ModelRule {
  static let weakness = Weakness.serverSideRequestForgery

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.requestURL], as: Self.weakness, in: context) {
      "where `\($0.calleeName)` sends a request"
    }
  }
}
