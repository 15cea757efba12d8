import Foundation
import MerlonBase
import MerlonCatalog
import Testing

/// The fixtures below `Tests/Fixtures/rules`: ordinary Python files that mark what is to be found in them.
@Suite struct FixtureTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/rules")

  /// Weaknesses that are judged on the model of the API; files that are about others are no complete applications.
  static let judgedOnModel: Set<String> = [
    "MRL125", "MRL126", "MRL127", "MRL210", "MRL211", "MRL212", "MRL213", "MRL214", "MRL215", "MRL216", "MRL217",
    "MRL218", "MRL219", "MRL220", "MRL221", "MRL222", "MRL225", "MRL226", "MRL227", "MRL324", "MRL325", "MRL410",
    "MRL411", "MRL420", "MRL802", "MRL803", "MRL804", "MRL805", "MRL901", "MRL902",
  ]

  static var files: [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".py") }.sorted()
  }

  @Test("A fixture gives exactly the findings that it marks", arguments: files)
  func fixture(path: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(path), encoding: .utf8)
    let differences = Expectations(text: text).differences(
      from: findings([("fixture.py", text)], about: String(path.prefix(6))))
    #expect(differences == [], "\(path)")
  }

  @Test("A weakness's unsafe example is found and its safe example is silent", arguments: Weakness.all.map(\.id))
  func examples(id: String) throws {
    let weakness = try #require(Weakness.find(id))
    guard weakness.unsafe.fileName.hasSuffix(".py") else { return }
    for example in [weakness.unsafe, weakness.safe] {
      let expectations = Expectations(text: example.code)
      let findings = findings([(example.fileName, example.code)], about: id)
      let differences = expectations.differences(from: findings)
      #expect(differences == [], "\(id) \(example.fileName)")
    }
    #expect(Expectations(text: weakness.unsafe.code).marks[.expect]?.contains { $0.id == id } ?? false)
  }

  /// The findings of files that are about one weakness. What is judged on the model of an API is left out where the files
  /// are about something else: they are no complete applications.
  private func findings(_ files: [(String, String)], about id: String) -> [Finding] {
    let found = ruleFindings(files, posture: id)
    return Self.judgedOnModel.contains(id) ? found : found.filter { !Self.judgedOnModel.contains($0.id) }
  }
}
