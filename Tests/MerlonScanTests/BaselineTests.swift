import MerlonBase
import MerlonScan
import Testing

@Suite("Baseline")
struct BaselineTests {
  @Test("AT-2.4: what only moved by 200 lines is in the baseline")
  func shifted() throws {
    let before = assigned([finding(line: 3), finding(line: 9)])
    var after = assigned([finding(line: 203), finding(line: 209)])
    let outcome = Baseline(of: before).apply(to: &after)
    #expect(outcome.comparison == BaselineComparison(new: 0, unchanged: 2, fixed: 0))
    #expect(after.allSatisfy { $0.suppression?.kind == .baseline })
  }

  @Test("A second equal finding is new: each entry serves once")
  func multiset() {
    let before = assigned([finding(line: 3)])
    var after = assigned([finding(line: 3), finding(line: 9)])
    let outcome = Baseline(of: before).apply(to: &after)
    #expect(outcome.comparison == BaselineComparison(new: 1, unchanged: 1, fixed: 0))
    #expect(after.count { $0.suppression == nil } == 1)
  }

  @Test("A finding in a renamed file is found again by its moved fingerprint")
  func renamed() {
    let before = assigned([finding(line: 3)])
    var after = assigned([finding(line: 3, module: "auth")])
    let outcome = Baseline(of: before).apply(to: &after)
    #expect(outcome.comparison == BaselineComparison(new: 0, unchanged: 1, fixed: 0))
  }

  @Test("A copy in a second file is new, however the two are ordered")
  func copied() {
    let before = assigned([finding(line: 3, module: "b")])
    for order in [["a", "b"], ["b", "a"]] {
      var after = assigned(order.map { finding(line: 3, module: $0) })
      let outcome = Baseline(of: before).apply(to: &after)
      #expect(outcome.comparison == BaselineComparison(new: 1, unchanged: 1, fixed: 0))
      #expect(after.first { $0.suppression == nil }?.location.path == "shop/a.py")
    }
  }

  @Test("What is gone is fixed")
  func fixed() {
    let before = assigned([finding(line: 3), finding(line: 9, evidence: "other")])
    var after = assigned([finding(line: 3)])
    let outcome = Baseline(of: before).apply(to: &after)
    #expect(outcome.comparison == BaselineComparison(new: 0, unchanged: 1, fixed: 1))
    #expect(outcome.fixed.map(\.fingerprint) == [before[1].fingerprint])
  }

  @Test("An ignored finding stays ignored, is not new, and is in no baseline")
  func ignored() {
    let before = assigned([finding(line: 3)])
    var after = before
    after[0].suppression = Suppression(kind: .inline, reason: "because")
    #expect(Baseline(of: after).entries.isEmpty)
    let outcome = Baseline(of: before).apply(to: &after)
    #expect(outcome.comparison == BaselineComparison(new: 0, unchanged: 1, fixed: 0))
    #expect(after[0].suppression?.kind == .inline)
    #expect(Baseline(entries: []).apply(to: &after).comparison.new == 0)
  }

  @Test("The small file is read back as it was written, one ordered line a finding")
  func file() throws {
    let findings = assigned([finding(line: 9, module: "z"), finding(line: 3, module: "a\n\"")])
    let bytes = Baseline(of: findings).bytes()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].contains("MRL101") && lines[1].contains("a\\n") && lines[2].contains("shop/z.py"))
    var again = findings
    let outcome = try Baseline(reading: bytes, path: "b.json").apply(to: &again)
    #expect(outcome.comparison == BaselineComparison(new: 0, unchanged: 2, fixed: 0))
    #expect(try Baseline(reading: Baseline(entries: []).bytes(), path: "b.json").entries.isEmpty)
  }

  @Test("A JSON report is a baseline too; what was ignored in it is not")
  func report() throws {
    let text = """
      {"schema_version": "1.0", "findings": [
        {"id": "MRL101", "fingerprint": "v1-aa", "moved_fingerprint": "v1-bb", "location": {"path": "a.py"}},
        {"id": "MRL101", "fingerprint": "v1-cc", "suppression": {"kind": "baseline", "reason": ""}},
        {"id": "MRL101", "fingerprint": "v1-dd", "suppression": {"kind": "inline", "reason": "x"}}
      ]}
      """
    let baseline = try Baseline(reading: Array(text.utf8), path: "r.json")
    #expect(baseline.entries.map(\.fingerprint) == ["v1-aa", "v1-cc"])
    #expect(baseline.entries.first?.path == "a.py")
  }

  @Test(
    "What is no baseline is refused with a reason and an advice",
    arguments: [
      ("{", "1:2: not a baseline: expected a key in double quotes"),
      ("[]", "neither a baseline nor a JSON report of merlon"),
      ("{\"merlon_baseline\": 2}", "a baseline of a version that is not known here"),
      ("{\"schema_version\": \"2.0\"}", "a report of version `2.0`"),
      ("{\"merlon_baseline\": 1}", "a baseline needs `findings`"),
      ("{\"merlon_baseline\": 1, \"findings\": [{}]}", "finding 1 has no `id` or no `fingerprint`"),
      (
        "{\"merlon_baseline\": 1, \"findings\": [{\"id\": \"MRL101\", \"fingerprint\": \"v9-0\"}]}",
        "finding 1 has a fingerprint of another version"
      ),
    ])
  func refused(text: String, message: String) {
    let problem = #expect(throws: Problem.self) { try Baseline(reading: Array(text.utf8), path: "b.json") }
    #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
    #expect(problem?.description.hasPrefix("b.json:") == true)
  }

  private func finding(line: Int, module: String = "api", evidence: String = "jwt.decode(token)") -> Finding {
    let start = SourcePosition(line: line, column: 4)
    return Finding(
      id: "MRL101", name: "jwt-signature-not-verified", severity: .critical, confidence: .high, message: "m",
      location: SourceLocation(
        path: "shop/\(module).py", range: TextRange(start: 0, end: 1), start: start, end: start),
      scope: "shop.\(module).read", scopeInModule: "read", normalizedEvidence: evidence)
  }

  private func assigned(_ findings: [Finding]) -> [Finding] {
    var findings = findings
    Fingerprint.assign(to: &findings)
    return findings
  }
}
