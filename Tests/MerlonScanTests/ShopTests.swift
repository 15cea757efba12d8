import Foundation
import MerlonBase
import MerlonProgram
import MerlonScan
import Testing

/// The example applications: what is planted in one is found, and its safe twin is silent.
@Suite struct ShopTests {
  static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Examples")

  /// A weakness and the file that it is in, relative to the example.
  struct Place: Hashable, Comparable, CustomStringConvertible {
    var file: String
    var id: String
    static func < (left: Place, right: Place) -> Bool { (left.file, left.id) < (right.file, right.id) }
    var description: String { "\(file): \(id)" }
  }

  static func scan(_ name: String) throws -> ScanResult {
    let options = ScanOptions(
      roles: [.production], exclude: [], maximumFileSize: 4 << 20, selection: RuleSelection(select: nil, ignore: []),
      threadCount: 2, packagePath: [], fastAPIVersion: nil, headersAtProxy: false, policy: Policy(),
      ignores: IgnoreOptions(
        policy: InlineIgnore.Policy(
          weaknesses: [], requiresOwner: false, requiresUntil: false, honorsNosec: false), configured: [],
        configurationPrefix: "", today: "2026-11-24"))
    return try Scanner.scan(
      RawPath(examples.appendingPathComponent(name).path), options: options, files: DiskFileSystem())
  }

  @Test("What WEAKNESSES.md plants in the vulnerable shop is found, and nothing else")
  func vulnerableShop() throws {
    let table = try String(
      contentsOf: Self.examples.appendingPathComponent("vulnerable-shop/WEAKNESSES.md"), encoding: .utf8)
    var planted: Set<Place> = []
    for line in table.split(separator: "\n") where line.hasPrefix("| W") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
      let foundBy = cells[5].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      if foundBy.contains("scan") { planted.insert(Place(file: cells[1], id: cells[3])) }
    }
    let found = Set(try Self.scan("vulnerable-shop").findings.map { Place(file: $0.location.path, id: $0.id) })
    #expect(planted.subtracting(found).sorted() == [], "not found")
    #expect(found.subtracting(planted).sorted() == [], "not planted")
  }

  @Test("The hardened shop is silent, with all notes for information")
  func hardenedShop() throws {
    let result = try Self.scan("hardened-shop")
    #expect(result.findings.map { "\($0.location.path):\($0.location.start.line) \($0.id) \($0.message)" } == [])
    #expect(result.applications.count >= 1)
  }
}
