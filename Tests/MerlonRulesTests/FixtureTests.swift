import Foundation
import MerlonBase
import MerlonCatalog
import Testing

/// The fixtures below `Tests/Fixtures/rules`: ordinary Python files that mark what is to be found in them.
@Suite struct FixtureTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/rules")

  /// Weaknesses that are judged on the model of the API; `ModelRuleTests` shows them on models made by hand.
  static let judgedOnModel: Set<String> = [
    "MRL125", "MRL126", "MRL127", "MRL210", "MRL211", "MRL212", "MRL213", "MRL214", "MRL215", "MRL216", "MRL217",
    "MRL218", "MRL219", "MRL220", "MRL221", "MRL222", "MRL225", "MRL226", "MRL227", "MRL324", "MRL325", "MRL410",
    "MRL411", "MRL420", "MRL802", "MRL803", "MRL804", "MRL805", "MRL901", "MRL902",
  ]

  static var files: [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".py") && !judgedOnModel.contains(String($0.prefix(6))) }.sorted()
  }

  @Test("A fixture gives exactly the findings that it marks", arguments: files)
  func fixture(path: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(path), encoding: .utf8)
    let differences = Expectations(text: text).differences(from: codeFindings([("fixture.py", text)]))
    #expect(differences == [], "\(path)")
  }

  @Test("A weakness's unsafe example is found and its safe example is silent", arguments: Weakness.all.map(\.id))
  func examples(id: String) throws {
    let weakness = try #require(Weakness.find(id))
    guard weakness.unsafe.fileName.hasSuffix(".py"), !Self.judgedOnModel.contains(id) else { return }
    for example in [weakness.unsafe, weakness.safe] {
      let expectations = Expectations(text: example.code)
      let findings = codeFindings([(example.fileName, example.code)], posture: id)
      let differences = expectations.differences(from: findings)
      #expect(differences == [], "\(id) \(example.fileName)")
    }
    #expect(Expectations(text: weakness.unsafe.code).marks[.expect]?.contains { $0.id == id } ?? false)
  }

  /// The findings of a file that is no complete application: what is judged on the model of one is left out.
  private func codeFindings(_ files: [(String, String)], posture: String? = nil) -> [Finding] {
    ruleFindings(files, posture: posture).filter { !Self.judgedOnModel.contains($0.id) }
  }
}
