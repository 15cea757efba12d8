import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels

/// Looks for members of archives that are written under the name that the archive gives them.
struct ArchiveMemberPathRule: ModelRule {
  static let weakness = Weakness.unsafeArchiveExtraction

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.fileWrite], as: Self.weakness, from: FlowWords.archive, in: context) {
      "which file `\($0.calleeName)` writes: `../` in it leads out of the folder"
    }
  }
}
