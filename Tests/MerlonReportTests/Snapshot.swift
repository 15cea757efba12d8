import Foundation
import Testing

/// Compares a rendered text with the file `Snapshots/NAME`. `MERLON_UPDATE_SNAPSHOTS=1` writes the file instead: then
/// read the difference.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
  let file = packageRoot.appendingPathComponent("Tests/MerlonReportTests/Snapshots/\(name)")
  if ProcessInfo.processInfo.environment["MERLON_UPDATE_SNAPSHOTS"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  guard text != expected else { return }
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let first = zip(new, old).enumerated().first { $1.0 != $1.1 }?.offset ?? min(new.count, old.count)
  let was = first < old.count ? String(old[first]) : "nothing"
  let now = first < new.count ? String(new[first]) : "nothing"
  Issue.record("\(name):\(first + 1): was `\(was)`, is `\(now)`", sourceLocation: sourceLocation)
}

let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A file of the folder beside the repository that holds vectors which are not ours to publish; nil without it.
func sharedFile(_ path: String) -> URL? {
  ["../shared", "../../shared"].map { packageRoot.appendingPathComponent($0).appendingPathComponent(path) }
    .first { FileManager.default.fileExists(atPath: $0.path) }
}
