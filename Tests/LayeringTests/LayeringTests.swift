import Foundation
import Testing

/// The layers of the design: a target imports from lower layers, and inside its layer only as listed.
@Suite("Layering")
struct LayeringTests {
  static let layers: [String: Int] = [
    "MerlonBase": 0,
    "MerlonAPI": 1, "MerlonCatalog": 1, "MerlonHTTP": 1, "MerlonSchema": 1, "MerlonSensitive": 1, "MerlonAdvisory": 1,
    "CMerlonData": 1,
    "MerlonFlow": 2, "MerlonProgram": 2, "MerlonModels": 2, "MerlonPython": 2, "MerlonRegex": 2, "MerlonTemplates": 2,
    "MerlonRules": 3, "MerlonFastAPI": 3, "MerlonAudit": 3, "MerlonSecrets": 3,
    "MerlonFix": 4, "MerlonScan": 4, "MerlonReport": 4, "MerlonProbe": 4, "MerlonGuard": 4,
    "MerlonWatch": 5, "MerlonAgent": 5,
    "merlon": 6, "merlon-dev": 6,
  ]

  /// Inside one layer, a target imports only those to its right.
  static let chains = [["MerlonFlow", "MerlonProgram", "MerlonModels", "MerlonPython"], ["MerlonFix", "MerlonScan"]]

  /// Guard and probe see the model of the API, never the analyser.
  static let withoutAnalyser: Set<String> = ["MerlonGuard", "MerlonProbe"]

  /// Modules of the tool chain, the system and the packages, with the lowest layer that may import them.
  static let outside: [String: Int] = [
    "Swift": 0, "Glibc": 0, "Darwin": 0, "Synchronization": 0, "Dispatch": 2,
    "FoundationEssentials": 0, "Foundation": 4, "Yams": 3, "ArgumentParser": 6,
  ]

  @Test("a target imports only from lower layers", arguments: LayeringTests.targets())
  func importsGoDown(target: String) throws {
    let layer = try #require(LayeringTests.layers[target], "`\(target)` is in no layer; add it to the table")
    for (file, module) in try LayeringTests.imports(of: target) {
      let place = Comment(rawValue: "\(file) imports \(module)")
      if let other = LayeringTests.layers[module] {
        #expect(other < layer || LayeringTests.isInChain(target, module), place)
        if LayeringTests.withoutAnalyser.contains(target) { #expect(other < 2, place) }
      } else {
        let lowest = try #require(LayeringTests.outside[module], "\(place): not in the table of outside modules")
        #expect(layer >= lowest, place)
      }
    }
  }

  @Test("the sources of all targets are found")
  func targetsAreFound() {
    let targets = LayeringTests.targets()
    #expect(targets.contains("MerlonPython"))
    #expect(targets.contains("merlon"))
  }

  private static func isInChain(_ target: String, _ module: String) -> Bool {
    chains.contains { chain in
      guard let from = chain.firstIndex(of: target), let to = chain.firstIndex(of: module) else { return false }
      return from < to
    }
  }

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  static func targets() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The modules that the files of a target import, without what `import` can say of kinds and access.
  static func imports(of target: String) throws -> [(file: String, module: String)] {
    let folder = sources.appending(path: target)
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    var found: [(String, String)] = []
    for file in files.sorted() where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      // Examples in the catalogue are Python files, with imports of their own, in literals of several lines.
      var isInLiteral = false
      for line in text.split(separator: "\n") {
        let wasInLiteral = isInLiteral
        if !line.ranges(of: "\"\"\"").count.isMultiple(of: 2) { isInLiteral.toggle() }
        if wasInLiteral { continue }
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), words[..<position].allSatisfy(isModifier) else { continue }
        let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "let", "var"]
        guard let name = words[(position + 1)...].first(where: { !kinds.contains($0) }) else { continue }
        found.append((file, String(name.split(separator: ".")[0])))
      }
    }
    return found
  }

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
  }
}
