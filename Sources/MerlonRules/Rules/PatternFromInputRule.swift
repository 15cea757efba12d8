import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that is used as a regular expression.
struct PatternFromInputRule: ModelRule {
  static let weakness = Weakness.patternFromInput

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.pattern], as: Self.weakness, in: context) {
      "the regular expression of `\($0.calleeName)`"
    }
  }
}
