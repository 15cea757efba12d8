import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels

/// Looks for what language models answer where code, commands or SQL run.
struct ModelOutputTrustedRule: ModelRule {
  static let weakness = Weakness.modelOutputTrusted

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report(
      [.code, .command, .sql, .template, .deserialize, .fileWrite], as: Self.weakness, from: FlowWords.languageModel,
      in: context
    ) {
      "what `\($0.calleeName)` gets"
    }
  }
}
