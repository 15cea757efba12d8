import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for data of the caller's that is unpacked in memory without a bound.
struct UnboundedDecompressionRule: ModelRule {
  static let weakness = Weakness.unboundedDecompression

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.decompress], as: Self.weakness, in: context) {
      "how much memory `\($0.calleeName)` takes"
    }
  }
}
