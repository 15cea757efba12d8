import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that is run as Python, or names what is called.
struct CodeInjectionRule: ModelRule {
  static let weakness = Weakness.codeInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.code], as: Self.weakness, in: context) {
      $0.callee == "getattr" ? "which attribute is called" : "the code that `\($0.calleeName)` runs"
    }
  }
}
