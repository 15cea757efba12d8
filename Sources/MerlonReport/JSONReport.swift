import MerlonBase
import MerlonCatalog

/// The report for programs. `docs/report.schema.json` describes it and is kept true by a test.
struct JSONReport {
  /// Major part: readers of an older one may break. Minor part: something was added.
  static let schemaVersion = "1.1"

  private let context: RenderContext
  private var json = JSONWriter(layout: .indented)

  init(context: RenderContext) {
    self.context = context
  }

  consuming func bytes() -> [UInt8] {
    let report = context.report
    json.beginObject()
    member("schema_version", Self.schemaVersion)
    json.key("tool")
    json.beginObject()
    member("name", "merlon")
    member("version", report.toolVersion)
    member("information_uri", Merlon.informationURI)
    json.endObject()
    if !report.startTime.isEmpty { member("started_at", report.startTime) }
    member("root", report.root)
    json.key("complete")
    json.value(report.isComplete)
    list("applications", report.applications) { $0.write($1) }
    writeStatistics()
    list("findings", context.findings + context.suppressed) { $0.write($1) }
    list("limits", context.limits) { $0.write($1) }
    list("problems", report.problems) { $0.write($1) }
    list("rules", context.weaknesses) { $0.write($1) }
    json.endObject()
    json.newline()
    return json.bytes
  }

  private mutating func write(_ application: ApplicationFact) {
    member("name", application.name)
    member("kind", application.kind)
    member("path", application.path)
    member("line", application.line)
  }

  private mutating func writeStatistics() {
    let statistics = context.report.statistics
    json.key("statistics")
    json.beginObject()
    member("files", statistics.files)
    member("lines", statistics.lines)
    json.key("seconds")
    json.value(statistics.seconds)
    json.key("by_severity")
    json.beginObject()
    for severity in Severity.allCases.reversed() {
      member(severity.rawValue, context.findings.count { $0.severity == severity })
    }
    json.endObject()
    member("suppressed", context.suppressedCount([.inline, .configuration]))
    member("baselined", context.suppressedCount([.baseline]))
    member("hidden", statistics.hidden)
    if let baseline = context.report.baseline {
      json.key("baseline")
      json.beginObject()
      member("new", baseline.new)
      member("unchanged", baseline.unchanged)
      member("fixed", baseline.fixed)
      json.endObject()
    }
    json.endObject()
  }

  private mutating func write(_ finding: Finding) {
    member("id", finding.id)
    member("name", finding.name)
    member("severity", finding.severity.rawValue)
    member("confidence", finding.confidence.rawValue)
    member("message", finding.message)
    member("fingerprint", finding.fingerprint)
    member("moved_fingerprint", finding.movedFingerprint)
    member("scope", finding.scope)
    write(finding.location)
    if let operation = finding.operation {
      json.key("operation")
      json.beginObject()
      member("method", operation.method)
      member("path", operation.path)
      member("handler", operation.handler)
      json.endObject()
    }
    list("evidence", finding.evidence) { $0.write($1) }
    guard let suppression = finding.suppression else { return }
    json.key("suppression")
    json.beginObject()
    member("kind", suppression.kind.rawValue)
    member("reason", suppression.reason)
    if let owner = suppression.owner { member("owner", owner) }
    if let until = suppression.until { member("until", until) }
    json.endObject()
  }

  private mutating func write(_ evidence: Evidence) {
    switch evidence {
    case .codeFlow(let steps):
      member("kind", "code-flow")
      list("steps", steps) { $0.write($1) }
    case .related(let step):
      member("kind", "related")
      write(step)
    case .operation(let operation):
      member("kind", "operation")
      member("access", operation.access)
      list("guards", operation.guards) { $0.write($1, depth: 0) }
      list("effects", operation.effects) { $0.write($1) }
      list("siblings", operation.siblings) { $0.write($1) }
    }
  }

  /// Deepest level of guards that is written, as in the reports for people.
  private static let deepestGuard = 16

  private mutating func write(_ node: GuardNode, depth: Int) {
    member("name", node.name)
    member("summary", node.summary)
    if let location = node.location { write(location) }
    list("needs", depth < Self.deepestGuard ? node.children : []) { $0.write($1, depth: depth + 1) }
  }

  private mutating func write(_ sibling: OperationSibling) {
    member("method", sibling.method)
    member("path", sibling.path)
    member("difference", sibling.difference)
    if let location = sibling.location { write(location) }
  }

  private mutating func write(_ step: FlowStep) {
    member("message", step.message)
    write(step.location)
  }

  private mutating func write(_ location: SourceLocation) {
    let file = context.sources.file(location.path)
    json.key("location")
    json.beginObject()
    member("path", location.path)
    member("line", location.start.line)
    member("column", file?.characterColumn(location.start) ?? location.start.column + 1)
    member("end_line", location.end.line)
    member("end_column", file?.characterColumn(location.end) ?? location.end.column + 1)
    member("byte_start", Int(location.range.start))
    member("byte_end", Int(location.range.end))
    json.endObject()
  }

  private mutating func write(_ limit: Limit) {
    member("kind", limit.kind)
    member("message", limit.message)
    writePlace(limit.path, limit.position)
  }

  private mutating func write(_ problem: Problem) {
    member("message", problem.message)
    writePlace(problem.path, problem.position)
  }

  private mutating func writePlace(_ path: String?, _ position: SourcePosition?) {
    guard let path else { return }
    member("path", path)
    guard let position else { return }
    member("line", position.line)
    member("column", context.sources.file(path)?.characterColumn(position) ?? position.column + 1)
  }

  private mutating func write(_ weakness: Weakness) {
    member("id", weakness.id)
    member("name", weakness.name)
    member("severity", weakness.severity.rawValue)
    member("summary", weakness.summary)
    member("why", weakness.why)
    strings("guide", weakness.guide)
    json.key("cwe")
    json.beginArray()
    for number in weakness.cwe { json.value(number) }
    json.endArray()
    strings("owasp", weakness.owasp.map(\.description))
    strings("asvs", weakness.asvs)
    strings("practices", weakness.practices)
    strings("references", weakness.references)
  }

  private mutating func member(_ key: String, _ value: String) {
    json.key(key)
    json.value(value)
  }

  private mutating func member(_ key: String, _ value: Int) {
    json.key(key)
    json.value(value)
  }

  private mutating func strings(_ key: String, _ values: [String]) {
    json.key(key)
    json.beginArray()
    for value in values { json.value(value) }
    json.endArray()
  }

  /// An array of objects whose members `write` writes.
  private mutating func list<Element>(
    _ key: String, _ elements: [Element], write: (inout JSONReport, Element) -> Void
  ) {
    json.key(key)
    json.beginArray()
    for element in elements {
      json.beginObject()
      write(&self, element)
      json.endObject()
    }
    json.endArray()
  }
}
