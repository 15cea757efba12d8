import Foundation
import MerlonBase
import MerlonReport
import Testing

@Suite("JSON report")
struct JSONReportTests {
  @Test("Keeps to its published schema")
  func schema() throws {
    let schema = try JSONValue(
      parsing: [UInt8](Data(contentsOf: packageRoot.appendingPathComponent("docs/report.schema.json"))))
    for report in [Samples.everything(), Samples.report(findings: []), Hostile.report()] {
      let value = try JSONValue(parsing: render(report, format: .json, options: Samples.options()))
      let errors = SchemaValidator(root: schema).errors(value)
      #expect(errors.isEmpty, "\(errors)")
    }
  }

  @Test("Says everything")
  func everything() throws {
    try expectSnapshot(Samples.text(Samples.everything(), .json), "everything.json")
  }

  @Test("Counts columns in characters")
  func columns() throws {
    let finding = Samples.finding(at: Samples.location("shop/api.py", (13, 43), (13, 48)))
    let value = try JSONValue(
      parsing: render(Samples.report(findings: [finding]), format: .json, options: Samples.options()))
    let location = value["findings"]?.array?.first?["location"]
    // `\tname = "Größe 漢字 😀"; user = read(token)`: 43 bytes before it are 34 characters.
    #expect(location?["column"]?.integer == 35)
    #expect(location?["end_column"]?.integer == 40)
  }

  @Test("Does not depend on the order in which findings come")
  func order() {
    var report = Samples.everything()
    let bytes = render(report, format: .json, options: Samples.options())
    report.findings.reverse()
    report.limits.reverse()
    #expect(render(report, format: .json, options: Samples.options()) == bytes)
  }
}
