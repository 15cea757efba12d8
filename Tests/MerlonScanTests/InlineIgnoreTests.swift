import MerlonBase
import MerlonScan
import Testing

@Suite("Inline ignores")
struct InlineIgnoreTests {
  @Test("A well-formed ignore suppresses and keeps reason, owner and end")
  func wellFormed() {
    let result = run("# merlon: ignore[MRL301, weak-hash] until=2027-01-31 owner=api-team -- a cache key -- no secret")
    #expect(result.problems.isEmpty && result.limits.map(\.kind) == ["unused-ignore"])
    #expect(
      result.finding.suppression
        == Suppression(
          kind: .inline, reason: "a cache key -- no secret", owner: "api-team", until: "2027-01-31"))
  }

  @Test(
    "Names, other letter cases and other tools' comments before it are fine",
    arguments: [
      "# merlon: ignore[sql-injection] -- ok", "# merlon: ignore[mrl301] -- ok", "#merlon:ignore[MRL301]--ok",
      "# noqa: E501 # merlon: ignore[MRL301] -- ok", "#  merlon:  ignore [ MRL301 , MRL301 ]  --  ok  ",
    ])
  func spellings(text: String) {
    let result = run(text)
    #expect(result.finding.suppression?.reason == "ok")
    #expect(result.problems.isEmpty)
  }

  @Test(
    "AT-28.1: an ignore without a reason is refused, and so is any other malformed one",
    arguments: [
      ("# merlon: ignore[MRL301]", 11, "an ignore needs a reason"),
      ("# merlon: ignore[MRL301] --", 11, "an ignore needs a reason"),
      ("# merlon: ignore[MRL301] -- ...", 11, "an ignore needs a reason"),
      ("# merlon: ignore[MRL301] until=2027-01-31", 11, "an ignore needs a reason"),
      ("# merlon: ignore -- why", 11, "an ignore names its weaknesses"),
      ("# merlon: ignore[] -- why", 18, "an ignore names its weaknesses"),
      ("# merlon: ignore[MRL301 -- why", 25, "expected `,` or `]`"),
      ("# merlon: ignore[MRL301,] -- why", 25, "expected the id or the name of a weakness"),
      ("# merlon: ignroe[MRL301] -- why", 11, "unknown directive `merlon: ignroe`"),
      ("# merlon: ignore[MRL301] untl=2027-01-31 -- why", 26, "unknown key `untl`; did you mean `until`?"),
      ("# merlon: ignore[MRL301] until=2027-02-30 -- why", 26, "`until` must be a day"),
      ("# merlon: ignore[MRL301] until=soon -- why", 26, "not `soon`"),
      ("# merlon: ignore[MRL301] until= -- why", 26, "`until=` has no value"),
      ("# merlon: ignore[MRL301] owner=a owner=b -- why", 34, "`owner` is there twice"),
      ("# merlon: ignore[MRL301] because I say so", 26, "expected `until=YYYY-MM-DD`"),
    ])
  func malformed(text: String, column: Int, message: String) {
    let result = run(text)
    #expect(result.finding.suppression == nil)
    #expect(result.problems.count == 1)
    let description = result.problems.first?.description ?? ""
    // The comment starts in column 31 of line 5.
    #expect(description.hasPrefix("shop/api.py:5:\(30 + column): "), "\(description)")
    #expect(description.contains(message), "\(description)")
  }

  @Test("An unknown weakness is a problem that names the nearest; the known one beside it counts")
  func unknown() {
    let result = run("# merlon: ignore[sql-injektion,MRL301] -- why")
    #expect(result.finding.suppression != nil)
    #expect(
      result.problems.map(\.message)
        == ["unknown weakness `sql-injektion`; did you mean `sql-injection`? (list: merlon rules)"])
    #expect(run("# merlon: ignore[*] -- why").finding.suppression == nil)
    #expect(run("# merlon: ignore[MRL31] -- why").problems.first?.message.contains("did you mean `MRL301`?") == true)
    #expect(
      run("# merlon: ignore[MRL302] -- why").problems.map(\.message)
        == ["unknown weakness `MRL302` (list: merlon rules)"])
  }

  @Test("AT-28.2: after the last day the finding is back and says that its ignore expired")
  func expired() {
    let text = "# merlon: ignore[MRL301] until=2026-11-24 owner=api-team -- until the rewrite"
    #expect(run(text, today: "2026-11-24").finding.suppression != nil)
    let result = run(text, today: "2026-11-25")
    #expect(result.finding.suppression == nil)
    guard case .related(let note) = result.finding.evidence.last else {
      Issue.record("no evidence")
      return
    }
    #expect(
      note.message
        == "expired ignore: it held until 2026-11-24 (owner `api-team`), because: until the rewrite")
    #expect(note.location.start.line == 5)
    #expect(result.limits.isEmpty)
  }

  @Test("An ignore that matches nothing is told, unless its weakness was not looked for")
  func unused() {
    let result = run("# merlon: ignore[MRL301] -- why", findingLine: 50)
    #expect(result.finding.suppression == nil)
    #expect(result.limits.map(\.kind) == ["unused-ignore"])
    #expect(result.limits.first?.position?.line == 5)
    #expect(run("# merlon: ignore[MRL301] -- why", findingLine: 50, active: []).limits.isEmpty)
  }

  @Test(
    "Speaks of its line, else of its statement, else of nothing",
    arguments: [
      // Stands alone, lines of the statement, line of the finding, suppressed. The comment is in line 5.
      (false, 5...5, 5, true), (false, 3...5, 3, true), (false, 3...8, 7, true), (false, 5...5, 6, false),
      (false, 5...5, 4, false), (true, 6...6, 6, true), (true, 7...9, 7, true), (true, 7...9, 9, true),
      (true, 3...8, 6, true), (true, 3...8, 3, true), (true, 6...6, 5, false), (true, 6...6, 7, false),
    ])
  func reach(standsAlone: Bool, statement: ClosedRange<Int>, line: Int, isSuppressed: Bool) {
    let result = run(
      "# merlon: ignore[MRL301] -- why", findingLine: line, standsAlone: standsAlone, statement: statement)
    #expect((result.finding.suppression != nil) == isSuppressed)
  }

  @Test("Of two findings in one statement, only the one in the comment's line is meant")
  func nearest() {
    var findings = [finding(line: 4), finding(line: 5)]
    let read = InlineIgnore.read([comment("# merlon: ignore[MRL301] -- why", statement: 3...8)], policy: policy())
    _ = InlineIgnore.apply(read.ignores, to: &findings, today: "2026-11-24", activeRules: ["MRL301"])
    #expect(findings.map { $0.suppression != nil } == [false, true])
  }

  @Test("Another file's finding in the same line is not meant")
  func otherFile() {
    var findings = [finding(line: 5, path: "shop/other.py")]
    let read = InlineIgnore.read([comment("# merlon: ignore[MRL301] -- why")], policy: policy())
    let limits = InlineIgnore.apply(read.ignores, to: &findings, today: "2026-11-24", activeRules: ["MRL301"])
    #expect(findings[0].suppression == nil && limits.count == 1)
  }

  @Test("The configuration can require an owner and an end")
  func required() {
    let text = "# merlon: ignore[MRL301] -- why"
    let owner = run(text, policy: policy(requiresOwner: true))
    #expect(owner.finding.suppression == nil && owner.problems.first?.message.contains("owner=NAME") == true)
    let end = run(text, policy: policy(requiresUntil: true))
    #expect(end.finding.suppression == nil && end.problems.first?.message.contains("until=YYYY-MM-DD") == true)
  }

  @Test(
    "Bandit's comment counts when asked for, and only for what it names",
    arguments: [
      ("# nosec", true), ("#nosec B608", true), ("# nosec: B608, B105", true), ("# nosec B324", false),
      ("# noqa # nosec - a test", true), ("# nosecurity", false), ("# see nosec", false),
    ])
  func nosec(text: String, isSuppressed: Bool) {
    let honored = run(text, policy: policy(honorsNosec: true))
    #expect((honored.finding.suppression != nil) == isSuppressed)
    #expect(honored.limits.isEmpty && honored.problems.isEmpty)
    #expect(run(text).finding.suppression == nil)
  }

  @Test(
    "Ordinary comments are none of its business",
    arguments: ["# merlon", "# a merlon: part of a battlement", "#", "# ignore[MRL301]", "# type: ignore[arg-type]"])
  func ordinary(text: String) {
    let result = run(text)
    #expect(result.finding.suppression == nil && result.problems.isEmpty && result.limits.isEmpty)
  }

  @Test("Any cut of a comment is read without harm")
  func cuts() {
    let text = "# noqa # merlon: ignore[MRL301, ünknown] until=2027-01-31 owner=ä -- why 漢字"
    for end in text.indices {
      let read = InlineIgnore.read([comment(String(text[..<end]))], policy: policy(honorsNosec: true))
      #expect(read.ignores.count <= 1)
    }
  }

  @Test("The quick look lets every directive through")
  func quickLook() {
    #expect(InlineIgnore.mayBeDirective("#merlon:ignore[MRL301] -- x".utf8.map { $0 }))
    #expect(InlineIgnore.mayBeDirective("# noqa # nosec".utf8.map { $0 }))
    #expect(!InlineIgnore.mayBeDirective("# an ordinary comment".utf8.map { $0 }))
  }

  @Test("A comment belongs to the statement around it, else to the next one")
  func statements() {
    let lines = [1...1, 3...5, 9...9]
    let found = (1...10).map { SourceComment.statement(ofCommentInLine: $0, among: lines) }
    #expect(found == [1...1, 3...5, 3...5, 3...5, 3...5, 9...9, 9...9, 9...9, 9...9, nil])
  }

  // MARK: Set-up

  private struct Result {
    var finding: Finding
    var problems: [Problem]
    var limits: [Limit]
  }

  private func run(
    _ text: String, findingLine: Int = 5, standsAlone: Bool = false, statement: ClosedRange<Int> = 5...5,
    today: String = "2026-11-24", active: Set<String> = ["MRL301", "MRL703"], policy: InlineIgnore.Policy? = nil
  ) -> Result {
    var findings = [finding(line: findingLine)]
    let comment = comment(text, standsAlone: standsAlone, statement: statement)
    let read = InlineIgnore.read([comment], policy: policy ?? self.policy())
    let limits = InlineIgnore.apply(read.ignores, to: &findings, today: today, activeRules: active)
    return Result(finding: findings[0], problems: read.problems, limits: limits)
  }

  private func policy(
    requiresOwner: Bool = false, requiresUntil: Bool = false, honorsNosec: Bool = false
  ) -> InlineIgnore.Policy {
    InlineIgnore.Policy(
      weaknesses: [("MRL301", "sql-injection"), ("MRL703", "weak-hash")], requiresOwner: requiresOwner,
      requiresUntil: requiresUntil, honorsNosec: honorsNosec)
  }

  private func comment(
    _ text: String, standsAlone: Bool = false, statement: ClosedRange<Int> = 5...5
  ) -> SourceComment {
    SourceComment(
      text: text, location: location("shop/api.py", line: 5, column: 30), standsAlone: standsAlone,
      statement: statement)
  }

  private func finding(line: Int, path: String = "shop/api.py") -> Finding {
    Finding(
      id: "MRL301", name: "sql-injection", severity: .critical, confidence: .high, message: "m",
      location: location(path, line: line, column: 4), scope: "shop.api", normalizedEvidence: "\(line)")
  }

  private func location(_ path: String, line: Int, column: Int) -> MerlonBase.SourceLocation {
    let start = SourcePosition(line: line, column: column)
    return SourceLocation(path: path, range: TextRange(start: 0, end: 1), start: start, end: start)
  }
}
