import MerlonBase
import MerlonReport
import Testing

@Suite("Markdown report")
struct MarkdownReportTests {
  @Test("Says everything")
  func everything() throws {
    try expectSnapshot(
      Samples.text(Samples.everything(), .markdown, Samples.options(prefix: "backend/")), "everything.markdown")
  }

  @Test("Fits into a comment and says what did not", arguments: [10, 1_000, 20_000])
  func bounded(count: Int) {
    let findings = (1...count).map {
      Samples.finding(
        severity: $0.isMultiple(of: 2) ? .high : .low, message: "number \($0)",
        at: Samples.location("shop/api.py", (3, 0), (3, 3)))
    }
    let limits = (1...count).map { Limit(kind: "unreadable-file", message: "number \($0)") }
    let text = Samples.text(Samples.report(findings: findings, limits: limits), .markdown)
    #expect(text.utf8.count <= 65_536)
    #expect(text.contains("did not fit here") == (count > 10))
    #expect(text.contains("| high | low |"))
  }
}

@Suite("GitHub annotations")
struct GitHubReportTests {
  @Test("Are workflow commands")
  func everything() throws {
    try expectSnapshot(
      Samples.text(Samples.everything(), .github, Samples.options(prefix: "backend/")), "everything.github")
  }
}
