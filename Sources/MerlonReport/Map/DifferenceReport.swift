package import MerlonAPI
package import MerlonBase

/// What `merlon map` says of two descriptions of an API: two states of the code, or code and a published document.
package struct DifferenceReport: Sendable {
  package enum Subject: Sendable, Hashable {
    /// Code against a commit, by the name that the user gave it.
    case change(since: String)
    /// Code against a document, by its path or address.
    case document(String)
  }

  package var toolVersion: String
  package var startTime: String
  package var root: String
  package var isComplete: Bool
  package var subject: Subject
  /// In the order in which they are shown.
  package var differences: [APIDifference]
  /// Operations on both sides.
  package var before: Int
  package var after: Int
  package var limits: [Limit]

  package init(
    toolVersion: String, startTime: String, root: String, isComplete: Bool, subject: Subject,
    differences: [APIDifference], before: Int, after: Int, limits: [Limit]
  ) {
    self.toolVersion = toolVersion
    self.startTime = startTime
    self.root = root
    self.isComplete = isComplete
    self.subject = subject
    self.differences = differences
    self.before = before
    self.after = after
    self.limits = limits
  }

  /// The formats that differences can be had in.
  package static let formats: [MapFormat] = [.text, .json, .markdown]
}

/// The differences as bytes; a format that they can't be had in gives text.
package func render(_ report: DifferenceReport, format: MapFormat, options: MapRenderOptions) -> [UInt8] {
  switch format {
  case .json: DifferenceJSON(report: report).bytes()
  case .markdown: Array(DifferenceText(report: report, options: options).markdown.utf8)
  default: Array(DifferenceText(report: report, options: options).text.utf8)
  }
}

private struct DifferenceText {
  let report: DifferenceReport
  let options: MapRenderOptions
  private var style: Style { Style(usesColor: options.usesColor) }

  init(report: DifferenceReport, options: MapRenderOptions) {
    self.report = report
    self.options = options
  }

  private var title: String {
    switch report.subject {
    case .change(let reference): "What changed in the exposure of the API since `\(reference)`"
    case .document(let name): "The code against the document `\(name)`"
    }
  }

  private var summary: String {
    let counts = Severity.allCases.reversed().compactMap { severity in
      let count = report.differences.count { $0.severity == severity }
      return count == 0 ? nil : "\(grouped(count)) \(severity == .info ? "for information" : severity.rawValue)"
    }
    let sides: String
    switch report.subject {
    case .change: sides = "\(counted(report.before, "operation")) before, \(grouped(report.after)) now"
    case .document:
      sides = "\(counted(report.after, "operation")) in the code, \(grouped(report.before)) in the document"
    }
    let found = counts.isEmpty ? "No differences" : counted(report.differences.count, "difference")
    return found + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))") + "; \(sides)."
  }

  private func place(_ difference: APIDifference) -> String {
    guard let location = difference.route.endpoint?.location ?? difference.route.location else { return "" }
    return "\(options.pathPrefix)\(location.path):\(location.start.line)"
  }

  var text: String {
    var lines = [style(.bold, safe(title)), ""]
    for difference in report.differences {
      let severity = difference.severity.rawValue
      let operation = "\(difference.method) \(difference.path)"
      let head = wrapped(safe(operation + ": " + difference.message), width: max(30, (options.width ?? 10_000) - 10))
      for (index, part) in head.enumerated() {
        let label = severity + String(repeating: " ", count: 8 - severity.count)
        lines.append((index == 0 ? style(.severity(difference.severity), label) : "          ") + "  " + part)
      }
      let place = place(difference)
      if !place.isEmpty { lines.append("          " + style(.place, safe(place))) }
    }
    if !report.differences.isEmpty { lines.append("") }
    for limit in report.limits.prefix(options.isVerbose ? Int.max : 10) {
      lines.append(
        style(.faint, "limit: ") + safe("\(limit.kind): \((limit.path.map { $0 + ": " } ?? "") + limit.message)"))
    }
    if !options.isVerbose, report.limits.count > 10 {
      lines.append(style(.faint, "limit: ") + "and \(grouped(report.limits.count - 10)) more (--verbose lists them)")
    }
    if !report.isComplete { lines.append("The run is not to be trusted.") }
    lines.append(style(.bold, summary))
    return lines.joined(separator: "\n") + "\n"
  }

  var markdown: String {
    var text = "## \(MarkdownText.inline(title))\n\n\(summary)\n\n"
    if !report.isComplete { text += "**The run is not to be trusted.**\n\n" }
    if !report.differences.isEmpty {
      text += "| Severity | Operation | Difference | Place |\n|---|---|---|---|\n"
      // GitHub refuses a comment of more than 65,536 characters.
      var isCut = false
      for (index, difference) in report.differences.enumerated() {
        let operation = MapMarkdownReport.cell("\(difference.method) \(difference.path)")
        // Bars are escaped in running text; in a code span a table would take them for its own.
        let message =
          difference.message.contains("|")
          ? MarkdownText.plain(difference.message)
          : MarkdownText.inline(difference.message)
        let place = place(difference)
        let row =
          "| **\(difference.severity.rawValue)** | \(operation) | \(message) | "
          + (place.isEmpty ? "" : MapMarkdownReport.cell(place)) + " |\n"
        if text.utf8.count + row.utf8.count > 55_000 {
          text += "\n**\(counted(report.differences.count - index, "more difference")) did not fit here.**\n"
          isCut = true
          break
        }
        text += row
      }
      if !isCut { text += "\n" }
    }
    if !report.limits.isEmpty {
      text += "<details><summary>\(counted(report.limits.count, "limit")) of this run</summary>\n\n"
      for limit in report.limits.prefix(30) {
        let place = limit.path.map { MarkdownText.codeSpan($0) + " " } ?? ""
        text += "- \(place)\(MarkdownText.inline("\(limit.kind): \(limit.message)"))\n"
      }
      text += "\n</details>\n"
    }
    return text
  }

  private func safe(_ text: String) -> String { DisplayText.sanitized(text) }
}

private struct DifferenceJSON {
  let report: DifferenceReport
  private var json = JSONWriter(layout: .indented)

  init(report: DifferenceReport) { self.report = report }

  consuming func bytes() -> [UInt8] {
    json.beginObject()
    member("schema_version", MapJSONReport.schemaVersion)
    json.key("tool")
    json.beginObject()
    member("name", "merlon")
    member("version", report.toolVersion)
    json.endObject()
    if !report.startTime.isEmpty { member("started_at", report.startTime) }
    member("root", report.root)
    json.key("complete")
    json.value(report.isComplete)
    switch report.subject {
    case .change(let reference): member("diff_base", reference)
    case .document(let name): member("openapi", name)
    }
    for (key, count) in [("operations_before", report.before), ("operations_after", report.after)] {
      json.key(key)
      json.value(count)
    }
    json.key("differences")
    json.beginArray()
    for difference in report.differences { write(difference) }
    json.endArray()
    json.key("limits")
    json.beginArray()
    for limit in report.limits {
      json.beginObject()
      member("kind", limit.kind)
      member("message", limit.message)
      if let path = limit.path { member("path", path) }
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.newline()
    return json.bytes
  }

  private mutating func write(_ difference: APIDifference) {
    json.beginObject()
    member("severity", difference.severity.rawValue)
    member("kind", difference.kind)
    member("method", difference.method)
    member("path", difference.path)
    member("subject", difference.subject)
    if let before = difference.before { member("before", before) }
    if let after = difference.after { member("after", after) }
    member("message", difference.message)
    if let endpoint = difference.route.endpoint { member("handler", endpoint.fullName) }
    if let location = difference.route.endpoint?.location ?? difference.route.location {
      json.key("location")
      json.beginObject()
      member("path", location.path)
      json.key("line")
      json.value(location.start.line)
      json.endObject()
    }
    json.endObject()
  }

  private mutating func member(_ key: String, _ value: String) {
    json.key(key)
    json.value(value)
  }
}
