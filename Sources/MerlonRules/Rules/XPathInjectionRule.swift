import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's in XPath expressions.
struct XPathInjectionRule: ModelRule {
  static let weakness = Weakness.xpathInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.xpath], as: Self.weakness, in: context) {
      "the XPath expression of `\($0.calleeName)`"
    }
  }
}
