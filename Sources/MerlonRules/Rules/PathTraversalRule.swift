import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that decides which file is read or written.
struct PathTraversalRule: ModelRule {
  static let weakness = Weakness.pathTraversal

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.fileRead, .fileWrite], as: Self.weakness, in: context) {
      "which file `\($0.calleeName)` \($0.sink == .fileRead ? "reads" : "writes")"
    }
  }
}
