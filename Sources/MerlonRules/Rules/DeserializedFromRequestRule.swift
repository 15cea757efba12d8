import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for data of the caller's that reaches a deserialiser which can run code.
struct DeserializedFromRequestRule: ModelRule {
  static let weakness = Weakness.unsafeDeserialization

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.deserialize], as: Self.weakness, in: context) {
      "what `\($0.calleeName)` rebuilds, and so which code runs"
    }
  }
}
