import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that decides which command the server runs.
struct CommandInjectionRule: ModelRule {
  static let weakness = Weakness.commandInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.command], as: Self.weakness, in: context) {
      "what `\($0.calleeName)` runs"
    }
  }
}
