import MerlonBase
import MerlonCatalog

/// The report for code-scanning services: SARIF 2.1.0 with errata 01 (OASIS), as GitHub, GitLab, Azure DevOps and
/// editors read it.
///
/// Section numbers below are those of that standard.
struct SARIFReport {
  private let context: RenderContext
  private var json = JSONWriter(layout: .indented)

  init(context: RenderContext) {
    self.context = context
  }

  consuming func bytes() -> [UInt8] {
    object {
      $0.member(
        "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      $0.member("version", "2.1.0")
      $0.array("runs", [0]) { report, _ in report.writeRun() }
    }
    json.newline()
    return json.bytes
  }

  private mutating func writeRun() {
    object("tool") { report in
      report.object("driver") {
        $0.member("name", "Merlon")
        $0.member("semanticVersion", $0.context.report.toolVersion)
        $0.member("version", $0.context.report.toolVersion)
        $0.member("informationUri", Merlon.informationURI)
        let weaknesses = $0.context.weaknesses
        $0.array("rules", weaknesses) { $0.write($1) }
      }
    }
    array("invocations", [0]) { report, _ in report.writeInvocation() }
    object("originalUriBaseIds") { report in
      // Where the tree lies is the reader's business (3.14.14), so only its meaning is told.
      report.object(Self.root) { $0.message("description", "The root of the source tree.") }
    }
    member("columnKind", "utf16CodeUnits")
    array("results", context.findings + context.suppressed) { $0.write($1) }
    object("properties") { report in
      let applications = report.context.report.applications
      report.array("applications", applications) {
        $0.member("name", $1.name)
        $0.member("kind", $1.kind)
        $0.member("path", $1.path)
        $0.member("line", $1.line)
      }
      report.member("files", report.context.report.statistics.files)
      report.member("lines", report.context.report.statistics.lines)
      report.member("hidden", report.context.report.statistics.hidden)
    }
  }

  private static let root = "%SRCROOT%"

  // MARK: Rules (3.49)

  private mutating func write(_ weakness: Weakness) {
    member("id", weakness.id)
    member("name", weakness.name)
    object("shortDescription") { $0.member("text", weakness.summary) }
    object("fullDescription") { $0.member("text", "\(weakness.summary). \(weakness.why)") }
    if let page = weakness.references.first { member("helpUri", page) }
    object("help") {
      $0.member("text", helpText(of: weakness))
      $0.member("markdown", RulePage(weakness).markdown)
    }
    object("defaultConfiguration") { $0.member("level", level(of: weakness.severity)) }
    let tags = tags(of: weakness)
    object("properties") {
      // What is reported by default is meant to be true; a doubtful finding says so in its own confidence.
      $0.member("precision", "high")
      if let score = securitySeverity(of: weakness.severity) { $0.member("security-severity", score) }
      $0.member("problem.severity", problemSeverity(of: weakness.severity))
      $0.strings("tags", tags)
    }
  }

  private func tags(of weakness: Weakness) -> [String] {
    let weaknesses = weakness.cwe.map { number in
      // CodeQL's form, which GitHub links: at least three digits.
      let digits = "\(number)"
      return "external/cwe/cwe-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
    let lists = weakness.owasp.map {
      "external/owasp/" + $0.description.lowercased().replacing(where: { !$0.isSlugByte }, with: "-")
    }
    var seen: Set<String> = []
    return (["security"] + weaknesses + lists + weakness.practices).filter { seen.insert($0).inserted }
  }

  // MARK: The run (3.20)

  private mutating func writeInvocation() {
    let report = context.report
    json.key("executionSuccessful")
    json.value(report.isComplete)
    if !report.startTime.isEmpty { member("startTimeUtc", report.startTime) }
    let limits = context.limits.map {
      Notification(kind: $0.kind, level: "note", message: $0.message, path: $0.path, position: $0.position)
    }
    let problems = report.problems.map {
      Notification(
        kind: "problem", level: report.isComplete ? "warning" : "error", message: $0.message, path: $0.path,
        position: $0.position)
    }
    array("toolExecutionNotifications", problems + limits) { $0.write($1) }
  }

  /// What the tool says of its own run (3.58).
  private struct Notification {
    var kind: String
    var level: String
    var message: String
    var path: String?
    var position: SourcePosition?
  }

  private mutating func write(_ notification: Notification) {
    object("descriptor") { $0.member("id", notification.kind) }
    member("level", notification.level)
    message("message", notification.message)
    guard let path = notification.path else { return }
    array("locations", [path]) { report, path in
      report.object("physicalLocation") {
        $0.writeArtifact(path)
        guard let position = notification.position else { return }
        $0.object("region") {
          $0.member("startLine", position.line)
          $0.member("startColumn", $0.column(position, in: path))
        }
      }
    }
  }

  // MARK: Results (3.27)

  private mutating func write(_ finding: Finding) {
    member("ruleId", finding.id)
    if let index = context.weaknesses.firstIndex(where: { $0.id == finding.id }) { member("ruleIndex", index) }
    member("level", level(of: finding.severity))
    message("message", finding.message)
    array("locations", [finding.location]) { report, location in
      report.writePhysical(location)
      guard !finding.scope.isEmpty else { return }
      report.array("logicalLocations", [finding.scope]) { $0.member("fullyQualifiedName", $1) }
    }
    if !finding.fingerprint.isEmpty {
      object("partialFingerprints") {
        $0.member("merlon/v1", finding.fingerprint)
        $0.member("merlonMoved/v1", finding.movedFingerprint)
      }
    }
    writeEvidence(finding.evidence)
    if context.report.baseline != nil {
      member("baselineState", finding.suppression?.kind == .baseline ? "unchanged" : "new")
    }
    writeSuppressions(finding.suppression)
    object("properties") {
      $0.member("severity", finding.severity.rawValue)
      $0.member("confidence", finding.confidence.rawValue)
      if let operation = finding.operation {
        $0.member("operation", operation.title)
        $0.member("access", operation.access)
        $0.strings(
          "guards", GuardNode.rows(operation.guards).map { String(repeating: "  ", count: $0.depth) + $0.text })
      }
      if let owner = finding.suppression?.owner { $0.member("suppressionOwner", owner) }
      if let until = finding.suppression?.until { $0.member("suppressedUntil", until) }
    }
  }

  private mutating func writeEvidence(_ evidence: [Evidence]) {
    var flows: [[FlowStep]] = []
    var related: [FlowStep] = []
    for item in evidence {
      switch item {
      case .codeFlow(let steps): if !steps.isEmpty { flows.append(steps) }
      case .related(let step): related.append(step)
      case .operation(let operation):
        related += operation.effects
        related += operation.siblings.compactMap { sibling in
          sibling.location.map {
            FlowStep(location: $0, message: "\(sibling.method) \(sibling.path) \(sibling.difference)")
          }
        }
      }
    }
    if !flows.isEmpty {
      array("codeFlows", flows) { report, steps in
        report.array("threadFlows", [steps]) { report, steps in
          report.array("locations", steps) { report, step in
            report.object("location") { $0.write(step) }
          }
        }
      }
    }
    if !related.isEmpty {
      array("relatedLocations", Array(related.enumerated())) {
        $0.member("id", $1.offset + 1)
        $0.write($1.element)
      }
    }
  }

  private mutating func write(_ step: FlowStep) {
    writePhysical(step.location)
    message("message", step.message)
  }

  /// An empty array says that the result was looked at and is not suppressed (3.27.23).
  private mutating func writeSuppressions(_ suppression: Suppression?) {
    array("suppressions", suppression.map { [$0] } ?? []) {
      $0.member("kind", $1.kind == .inline ? "inSource" : "external")
      $0.member("status", "accepted")
      let reason = $1.kind == .baseline && $1.reason.isEmpty ? "in the baseline" : $1.reason
      if !reason.isEmpty { $0.member("justification", reason) }
    }
  }

  // MARK: Places (3.29, 3.30)

  private mutating func writePhysical(_ location: SourceLocation) {
    object("physicalLocation") { report in
      report.writeArtifact(location.path)
      report.object("region") {
        $0.member("startLine", location.start.line)
        $0.member("startColumn", $0.column(location.start, in: location.path))
        $0.member("endLine", location.end.line)
        $0.member("endColumn", $0.column(location.end, in: location.path))
        $0.member("byteOffset", Int(location.range.start))
        $0.member("byteLength", location.range.count)
      }
    }
  }

  private mutating func writeArtifact(_ path: String) {
    object("artifactLocation") {
      $0.member("uri", percentEncoded($0.context.path(path)))
      $0.member("uriBaseId", Self.root)
    }
  }

  private func column(_ position: SourcePosition, in path: String) -> Int {
    context.sources.file(path)?.utf16Column(position) ?? position.column + 1
  }

  // MARK: JSON

  private mutating func object(_ key: String? = nil, members: (inout SARIFReport) -> Void) {
    if let key { json.key(key) }
    json.beginObject()
    members(&self)
    json.endObject()
  }

  /// An array of objects.
  private mutating func array<Element>(
    _ key: String, _ elements: [Element], members: (inout SARIFReport, Element) -> Void
  ) {
    json.key(key)
    json.beginArray()
    for element in elements { object { members(&$0, element) } }
    json.endArray()
  }

  private mutating func strings(_ key: String, _ values: [String]) {
    json.key(key)
    json.beginArray()
    for value in values { json.value(value) }
    json.endArray()
  }

  private mutating func member(_ key: String, _ value: String) {
    json.key(key)
    json.value(value)
  }

  private mutating func member(_ key: String, _ value: Int) {
    json.key(key)
    json.value(value)
  }

  private mutating func message(_ key: String, _ text: String) {
    object(key) { $0.member("text", plainMessage(text)) }
  }
}

/// `text` so that no viewer makes more of it than text: a message may hold links, `[text](target)` (3.11.6), and
/// placeholders, `{0}` (3.11.5), and ours quote foreign code.
private func plainMessage(_ text: String) -> String {
  var safe = ""
  var last: Unicode.Scalar = " "
  for scalar in DisplayText.sanitized(text).unicodeScalars {
    if last == "]" && scalar == "(" || last == "{" && ("0"..."9").contains(scalar) { safe += " " }
    safe.unicodeScalars.append(scalar)
    last = scalar
  }
  return safe
}

/// A path as a relative reference (RFC 3986): all but unreserved characters and `/` are encoded, so that a colon makes
/// no scheme and a question mark no query.
func percentEncoded(_ path: String) -> String {
  var encoded = ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return encoded
}

private func level(of severity: Severity) -> String {
  switch severity {
  case .critical, .high: "error"
  case .medium: "warning"
  case .low, .info: "note"
  }
}

/// GitHub sorts by this number: above 9.0 critical, from 7.0 high, from 4.0 medium, below low. Ours are the middles.
private func securitySeverity(of severity: Severity) -> String? {
  switch severity {
  case .critical: "9.5"
  case .high: "8.0"
  case .medium: "5.5"
  case .low: "2.5"
  case .info: nil
  }
}

private func problemSeverity(of severity: Severity) -> String {
  switch severity {
  case .critical, .high: "error"
  case .medium: "warning"
  case .low, .info: "recommendation"
  }
}

/// For viewers that show no Markdown.
private func helpText(of weakness: Weakness) -> String {
  let steps = weakness.guide.map { "- \($0)" }.joined(separator: "\n")
  let parts = ["\(weakness.summary).", weakness.why, steps, weakness.references.joined(separator: "\n")]
  return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
}

extension String {
  fileprivate func replacing(where isReplaced: (UInt8) -> Bool, with replacement: Character) -> String {
    String(utf8.map { isReplaced($0) ? replacement : Character(Unicode.Scalar($0)) })
  }
}

extension UInt8 {
  fileprivate var isSlugByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
