import Foundation
import MerlonCatalog
import Testing

/// The fixtures below `Tests/Fixtures/deployment`: files as real projects have them, with marks.
@Suite struct DeploymentFixtureTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/deployment")

  static var files: [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  @Test("A deployment file gives exactly the findings that it marks", arguments: files)
  func fixture(path: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(path), encoding: .utf8)
    let differences = DeploymentCase(path: path, text: text).differences()
    #expect(differences == [], "\(path)")
  }

  @Test(
    "The example of a deployment's weakness is found and its safe twin is silent",
    arguments: Weakness.all.filter { !$0.unsafe.fileName.hasSuffix(".py") }.map(\.id))
  func examples(id: String) throws {
    let weakness = try #require(Weakness.find(id))
    for example in [weakness.unsafe, weakness.safe] {
      let differences = DeploymentCase(path: example.fileName, text: example.code).differences()
      #expect(differences == [], "\(id) \(example.fileName)")
    }
    #expect(!weakness.unsafe.expectedLines(of: id).isEmpty)
  }
}
