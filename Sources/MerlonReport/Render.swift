import MerlonBase
import MerlonCatalog

/// The forms in which a report can be had.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people at a terminal.
  case text
  /// For programs: `docs/report.schema.json`.
  case json
  /// For code-scanning services: SARIF 2.1.0.
  case sarif
  /// For a comment on a pull request.
  case markdown
  /// Workflow commands that GitHub Actions turns into annotations.
  case github
}

/// What the encoders ask of their caller. Options that a format has no use for are ignored by it.
package struct RenderOptions: Sendable {
  /// The bytes of a scanned file, by its path in the findings; nil when it can't be read any more.
  package var source: @Sendable (String) -> [UInt8]?
  /// Put in front of each path, so that it leads from where the reader stands to the file (`backend/`); empty or
  /// ending with `/`. JSON keeps the paths of the scanned root.
  package var pathPrefix: String
  /// ANSI colours (text only).
  package var usesColor: Bool
  /// Columns of the terminal (text only); what is less than 40 counts as 40.
  package var width: Int
  /// Every limit instead of the first of each kind (text only).
  package var isVerbose: Bool
  /// Most bytes of a Markdown report. GitHub refuses a comment of more than 65,536 characters.
  package var markdownLimit: Int

  package init(
    pathPrefix: String, usesColor: Bool, width: Int, isVerbose: Bool, markdownLimit: Int = 65_536,
    source: @escaping @Sendable (String) -> [UInt8]?
  ) {
    self.source = source
    self.pathPrefix = pathPrefix
    self.usesColor = usesColor
    self.width = width
    self.isVerbose = isVerbose
    self.markdownLimit = markdownLimit
  }
}

/// The report as the bytes of a file or of standard output, with a line break at the end. The same report, options and
/// sources give the same bytes.
package func render(_ report: Report, format: ReportFormat, options: RenderOptions) -> [UInt8] {
  let context = RenderContext(report: report, options: options)
  switch format {
  case .text: return TextReport(context: context).bytes()
  case .json: return JSONReport(context: context).bytes()
  case .sarif: return SARIFReport(context: context).bytes()
  case .markdown: return MarkdownReport(context: context).bytes()
  case .github: return GitHubReport(context: context).bytes()
  }
}

/// A report made ready for an encoder: ordered, with its sources at hand.
struct RenderContext {
  let report: Report
  let options: RenderOptions
  /// Those that count, the most important first.
  let findings: [Finding]
  /// Those that a comment, the configuration or a baseline takes out of the verdict, in the same order.
  let suppressed: [Finding]
  let limits: [Limit]
  let sources: SourceCache
  /// The weaknesses of the findings, ordered by id.
  let weaknesses: [Weakness]
  private let weaknessesByID: [String: Weakness]

  init(report: Report, options: RenderOptions) {
    self.report = report
    self.options = options
    let ordered = report.findings.sorted(by: isMoreImportant)
    findings = ordered.filter { $0.suppression == nil }
    suppressed = ordered.filter { $0.suppression != nil }
    limits = report.limits.sorted(by: isEarlier)
    sources = SourceCache(read: options.source)
    let used = Set(report.findings.map(\.id))
    weaknessesByID = Dictionary(report.weaknesses.filter { used.contains($0.id) }.map { ($0.id, $0) }) { first, _ in
      first
    }
    weaknesses = weaknessesByID.values.sorted { $0.id < $1.id }
  }

  func weakness(of finding: Finding) -> Weakness? { weaknessesByID[finding.id] }

  /// The path as the reader is to open it. Not yet safe to print.
  func path(_ path: String) -> String { options.pathPrefix + path }

  /// `path:line:column`, the column in characters from 1.
  func place(_ location: SourceLocation) -> String {
    let start = sources.file(location.path)?.characterColumn(location.start) ?? location.start.column + 1
    return "\(path(location.path)):\(location.start.line):\(start)"
  }

  func place(path: String?, position: SourcePosition?) -> String? {
    guard let path else { return nil }
    guard let position else { return self.path(path) }
    let column = sources.file(path)?.characterColumn(position) ?? position.column + 1
    return "\(self.path(path)):\(position.line):\(column)"
  }

  /// How many findings that count have each severity, the worst first, without those that have none.
  func counts(of findings: [Finding]) -> [(severity: Severity, count: Int)] {
    Severity.allCases.reversed().compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : (severity, count)
    }
  }

  func suppressedCount(_ kinds: Set<Suppression.Kind>) -> Int {
    suppressed.count { finding in finding.suppression.map { kinds.contains($0.kind) } ?? false }
  }
}

/// The most important first: who reads only the beginning reads the worst. Findings of one file stay together within
/// a severity. The rest of the key only makes the order total.
private func isMoreImportant(_ left: Finding, _ right: Finding) -> Bool {
  if left.severity != right.severity { return left.severity > right.severity }
  if left.confidence != right.confidence { return left.confidence > right.confidence }
  if left.location.path != right.location.path { return left.location.path < right.location.path }
  if left.location.start != right.location.start { return left.location.start < right.location.start }
  if left.id != right.id { return left.id < right.id }
  if left.location.end != right.location.end { return left.location.end < right.location.end }
  if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint }
  return left.message < right.message
}

private func isEarlier(_ left: Limit, _ right: Limit) -> Bool {
  if left.kind != right.kind { return left.kind < right.kind }
  if left.path != right.path { return left.path ?? "" < right.path ?? "" }
  let start = SourcePosition(line: 0, column: 0)
  if left.position != right.position { return left.position ?? start < right.position ?? start }
  return left.message < right.message
}

/// `n noun` with the noun in the plural when it has to be.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// Decimal digits with a comma between thousands.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}
