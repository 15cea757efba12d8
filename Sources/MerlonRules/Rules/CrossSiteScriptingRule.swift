import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that becomes part of an HTML page.
struct CrossSiteScriptingRule: ModelRule {
  static let weakness = Weakness.crossSiteScripting

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.html], as: Self.weakness, in: context) { _ in
      "a part of the HTML of the answer"
    }
  }
}
