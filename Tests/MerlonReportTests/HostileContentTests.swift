import MerlonBase
import MerlonReport
import Testing

/// A report on a repository that tries to attack the readers of reports.
enum Hostile {
  static let text =
    "x\n::error file=a::pwned\r\n\u{1B}[2J\u{1B}]0;t\u{7}\u{9B}31m`</code></summary><img src=x onerror=alert(1)>` "
    + "<script>alert(1)</script> | ]]> ``` \u{202E}evil\u{2028} [click](javascript:alert(1)) ![i](http://evil.example/x) "
    + "@admins #1 {0} %0A::warning::x &lt; https://evil.example www.evil.example </details>\n# big\n---\n| a | b |"
  static let path = "a`|\n\u{1B}[31m<b>@all,x::y%]]>:.py"
  static let source: [UInt8] =
    Array("s = '```\u{1B}[31m</details><script>' # \u{202E} ::error::x".utf8) + [0xFF, 0xFE, 0x0D, 0x9B, 0x0A]
    + Array("``````\n</details>\n".utf8)

  static func report() -> Report {
    let place = Samples.location(path, (1, 0), (3, 2))
    let step = FlowStep(location: place, message: text)
    var findings = [
      Samples.finding(message: text, at: place, evidence: [.codeFlow([step, step]), .related(step)]),
      Samples.finding("MRL520", "posture-no-authentication", severity: .info, message: text, at: place),
      Samples.finding(
        severity: .low, message: text, at: Samples.location(path, (1, 4), (1, 9)),
        suppression: Suppression(kind: .inline, reason: text, owner: text)),
    ]
    for index in findings.indices { findings[index].scope = text }
    Fingerprint.assign(to: &findings)
    return Samples.report(
      findings: findings,
      limits: [Limit(kind: "unreadable-file", message: text, path: path, position: SourcePosition(line: 1, column: 2))],
      problems: [Problem(path: path, position: SourcePosition(line: 2, column: 0), message: text)])
  }

  static func rendered(_ format: ReportFormat) -> String {
    Samples.text(report(), format, Samples.options(sources: [path: source]))
  }
}

@Suite("Hostile content")
struct HostileContentTests {
  @Test("No format lets a control character or a bidirectional control through", arguments: ReportFormat.allCases)
  func controls(format: ReportFormat) {
    let bad = Hostile.rendered(format).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    #expect(bad.isEmpty)
  }

  @Test("Looks as it did when it was last read", arguments: [ReportFormat.text, .markdown, .github])
  func snapshots(format: ReportFormat) throws {
    try expectSnapshot(Hostile.rendered(format), "hostile.\(format.rawValue)")
  }

  @Test("Foreign text never starts a line of a report", arguments: [ReportFormat.text, .markdown, .github])
  func lines(format: ReportFormat) {
    for line in Hostile.rendered(format).split(separator: "\n") {
      if format == .github {
        #expect(["::error file=", "::warning title=Merlon", "::notice "].contains { line.hasPrefix($0) }, "\(line)")
      } else {
        for start in ["::", "# big", "---", "| a"] { #expect(!line.hasPrefix(start), "\(line)") }
      }
    }
  }

  @Test("A workflow command's properties hold no separators of their own")
  func properties() throws {
    let line = try #require(Hostile.rendered(.github).split(separator: "\n").first)
    let body = line.dropFirst("::error ".count)
    let end = try #require(body.firstRange(of: "::"))
    let keys = body[..<end.lowerBound].split(separator: ",").map { $0.split(separator: "=").first.map(String.init) }
    #expect(keys == ["file", "line", "endLine", "title"])
  }

  @Test("Markdown comes out without foreign elements, links and mentions")
  func markdown() {
    let text = outsideCode(Hostile.rendered(.markdown)).replacing(/\\./, with: "")
    for part in ["<img", "<script", "](javascript", "](http", "@admins", "@all", "#1", "https://", "www.evil"] {
      #expect(!text.contains(part), "\(part)")
    }
    // As many blocks are closed as were opened: one finding, notes, problems and limits.
    #expect(text.components(of: "<details>") == 4)
    #expect(text.components(of: "</details>") == 4)
    #expect(text.components(of: "</summary>") == 4)
  }

  @Test("SARIF messages hold neither links nor placeholders")
  func sarif() throws {
    let value = try JSONValue(parsing: Array(Hostile.rendered(.sarif).utf8))
    let message = value["runs"]?.array?.first?["results"]?.array?.first?["message"]?["text"]?.string
    let text = try #require(message)
    #expect(!text.contains("](") && !text.contains("{0}"))
  }

  /// Markdown without its fenced blocks and code spans.
  private func outsideCode(_ markdown: String) -> String {
    var fence: Substring?
    var kept: [String] = []
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        kept.append(withoutSpans(String(line)))
      }
    }
    return kept.joined(separator: "\n")
  }
}

/// CommonMark 6.1: a run of backticks opens a span that the next run of the same length closes.
private func withoutSpans(_ line: String) -> String {
  var kept = ""
  var rest = Substring(line)
  while let start = rest.firstIndex(of: "`") {
    kept += rest[..<start]
    if kept.last == "\\" {
      kept += "`"
      rest = rest[rest.index(after: start)...]
      continue
    }
    let run = rest[start...].prefix { $0 == "`" }
    var search = rest[run.endIndex...]
    var end: Substring.Index?
    while end == nil, let next = search.firstIndex(of: "`") {
      let closing = search[next...].prefix { $0 == "`" }
      if closing.count == run.count { end = closing.endIndex }
      search = search[closing.endIndex...]
    }
    if end == nil { kept += run }
    rest = rest[(end ?? run.endIndex)...]
  }
  return kept + rest
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
