import MerlonBase
import MerlonReport
import Testing

@Suite("Findings about an operation")
struct OperationEvidenceTests {
  static let finding = Samples.finding(
    "MRL210", "missing-authentication", severity: .high, message: "anyone can delete `Item`",
    at: Samples.location("shop/api.py", (11, 0), (11, 13)),
    evidence: [
      .operation(
        OperationEvidence(
          method: "DELETE", path: "/items/{item_id}", handler: "shop.api.delete_item", access: "anyone",
          guards: [
            GuardNode(
              name: "shop.security.optional_user", summary: "lets callers without a credential through",
              children: [GuardNode(name: "bearer", summary: "takes a credential")])
          ],
          effects: [FlowStep(location: Samples.location("shop/api.py", (13, 0), (13, 4)), message: "deletes `Item`")],
          siblings: [OperationSibling(method: "POST", path: "/items", difference: "asks for `current_user`")]))
    ])

  @Test("Show operation, guards, effect and siblings in every format", arguments: ReportFormat.allCases)
  func shown(format: ReportFormat) {
    let text = Samples.text(Samples.report(findings: [Self.finding]), format, Samples.options(width: 200))
    #expect(text.contains("DELETE"))
    #expect(text.contains("/items/{item_id}"))
    guard format != .github else { return }
    #expect(text.contains("optional"))
    #expect(text.contains("takes a credential"))
    #expect(text.contains("deletes "))
    if format != .sarif { #expect(text.contains("current") && text.contains("user")) }
  }

  @Test("Draw guards as a tree, what they need below them")
  func tree() {
    let text = Samples.text(Samples.report(findings: [Self.finding]), .text)
    let lines = text.split(separator: "\n").map(String.init)
    let outer = lines.first { $0.contains("optional_user") }?.prefix { $0 == " " }.count
    let inner = lines.first { $0.contains("- bearer") }?.prefix { $0 == " " }.count
    #expect(inner == outer.map { $0 + 2 })
  }

  @Test("Name the operation beside the place in JSON")
  func json() throws {
    let value = try JSONValue(
      parsing: render(Samples.report(findings: [Self.finding]), format: .json, options: Samples.options()))
    let finding = value["findings"]?.array?.first
    #expect(finding?["operation"]?["path"]?.string == "/items/{item_id}")
    let evidence = finding?["evidence"]?.array?.first
    #expect(evidence?["guards"]?.array?.first?["needs"]?.array?.first?["name"]?.string == "bearer")
    #expect(evidence?["siblings"]?.array?.first?["difference"]?.string == "asks for `current_user`")
  }
}
