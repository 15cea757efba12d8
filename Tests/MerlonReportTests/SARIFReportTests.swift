import Foundation
import MerlonBase
import MerlonCatalog
import MerlonReport
import Testing

@Suite("SARIF report")
struct SARIFReportTests {
  @Test("Is valid against the schema of the standard", .enabled(if: sarifSchema != nil))
  func schema() throws {
    let schema = try JSONValue(parsing: [UInt8](Data(contentsOf: #require(sarifSchema))))
    for report in [Samples.everything(), Samples.report(findings: []), Hostile.report()] {
      let value = try JSONValue(parsing: render(report, format: .sarif, options: Samples.options()))
      let errors = SchemaValidator(root: schema).errors(value)
      #expect(errors.isEmpty, "\(errors.prefix(5))")
    }
  }

  @Test("Describes every weakness of the catalogue validly", arguments: [ReportFormat.sarif, .json])
  func catalogue(format: ReportFormat) throws {
    let published = format == .json ? packageRoot.appendingPathComponent("docs/report.schema.json") : sarifSchema
    guard let published else { return }
    let place = Samples.location("shop/api.py", (1, 0), (1, 4))
    var report = Samples.report(
      findings: Weakness.all.map { Samples.finding($0.id, $0.name, severity: $0.severity, at: place) })
    report.weaknesses = Weakness.all
    let value = try JSONValue(parsing: render(report, format: format, options: Samples.options()))
    let errors = try SchemaValidator(root: JSONValue(parsing: [UInt8](Data(contentsOf: published)))).errors(value)
    #expect(errors.isEmpty, "\(errors.prefix(5))")
  }

  @Test("Says everything")
  func everything() throws {
    try expectSnapshot(
      Samples.text(Samples.everything(), .sarif, Samples.options(prefix: "backend/")), "everything.sarif")
  }

  @Test("Counts columns in UTF-16 units, as it declares")
  func columns() throws {
    let finding = Samples.finding(at: Samples.location("shop/api.py", (13, 43), (13, 48)))
    let run = try run(Samples.report(findings: [finding]))
    #expect(run["columnKind"]?.string == "utf16CodeUnits")
    let region = run["results"]?.array?.first?["locations"]?.array?.first?["physicalLocation"]?["region"]
    // The picture before it takes two units.
    #expect(region?["startColumn"]?.integer == 36)
    #expect(region?["endColumn"]?.integer == 41)
  }

  @Test(
    "Encodes paths as URI references",
    arguments: [
      ("a b/c#d?e%f.py", "a%20b/c%23d%3Fe%25f.py"), ("c:x.py", "c%3Ax.py"), ("ä\n.py", "%C3%A4%0A.py"),
    ])
  func paths(path: String, uri: String) throws {
    let run = try run(Samples.report(findings: [Samples.finding(at: Samples.location(path, (1, 0), (1, 1)))]))
    let artifact = run["results"]?.array?.first?["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]
    #expect(artifact?["uri"]?.string == uri)
    #expect(artifact?["uriBaseId"]?.string == "%SRCROOT%")
  }

  @Test("An incomplete run is not called successful")
  func incomplete() throws {
    let run = try run(Samples.report(findings: [], isComplete: false))
    #expect(run["invocations"]?.array?.first?["executionSuccessful"]?.bool == false)
  }

  private func run(_ report: Report) throws -> JSONValue {
    let value = try JSONValue(parsing: render(report, format: .sarif, options: Samples.options()))
    return try #require(value["runs"]?.array?.first)
  }
}

private let sarifSchema = sharedFile("vectors/schemas/sarif-2.1.0.schema.json")
