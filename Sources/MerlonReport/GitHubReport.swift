import MerlonBase
import MerlonCatalog

/// Workflow commands that GitHub Actions shows as annotations beside the changed lines.
///
/// `::error file=a.py,line=1,col=5,endLine=1,endColumn=9,title=MRL101 …::message`; the escapes are those of the
/// toolkit (actions/toolkit, `packages/core/src/command.ts`). GitHub shows ten annotations of each level a step, hence
/// the most severe first. Findings for information are left out: what comes up beside the code on every run teaches its
/// readers to look away.
struct GitHubReport {
  private let context: RenderContext
  private var output = ""

  init(context: RenderContext) {
    self.context = context
  }

  consuming func bytes() -> [UInt8] {
    for finding in context.findings where finding.severity > .info { append(finding) }
    for problem in context.report.problems {
      let place = context.place(path: problem.path, position: problem.position).map { $0 + ": " } ?? ""
      command("warning", [("title", "Merlon: problem")], [place + problem.message])
    }
    if !context.limits.isEmpty {
      var kinds: [(kind: String, count: Int)] = []
      for limit in context.limits {
        if kinds.last?.kind == limit.kind {
          kinds[kinds.count - 1].count += 1
        } else {
          kinds.append((limit.kind, 1))
        }
      }
      let text = kinds.map { "\(grouped($0.count)) \($0.kind)" }.joined(separator: ", ")
      command("notice", [("title", "Merlon: not looked at, or not decided")], [text])
    }
    if !context.report.isComplete {
      command("error", [("title", "Merlon")], ["the run did not complete and is not to be trusted"])
    }
    return Array(output.utf8)
  }

  private mutating func append(_ finding: Finding) {
    let location = finding.location
    let file = context.sources.file(location.path)
    var properties = [("file", context.path(location.path)), ("line", "\(location.start.line)")]
    // Columns are only looked at when both ends are in one line.
    if location.start.line == location.end.line {
      properties.append(("col", "\(file?.characterColumn(location.start) ?? location.start.column + 1)"))
    }
    properties.append(("endLine", "\(location.end.line)"))
    if location.start.line == location.end.line {
      properties.append(("endColumn", "\(file?.characterColumn(location.end) ?? location.end.column + 1)"))
    }
    properties.append(("title", "\(finding.id) \(finding.name) (\(finding.severity.rawValue))"))
    var lines = [finding.message]
    if let operation = finding.operation { lines.append("Operation: \(operation.title), open to \(operation.access)") }
    if let remedy = context.weakness(of: finding)?.guide.first { lines.append("Fix: \(remedy)") }
    command(level(of: finding.severity), properties, lines)
  }

  private func level(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "notice"
    }
  }

  private mutating func command(_ name: String, _ properties: [(String, String)], _ lines: [String]) {
    let list = properties.map { "\($0.0)=\(escapedProperty($0.1))" }.joined(separator: ",")
    let message = lines.map(DisplayText.sanitized).joined(separator: "\n")
    output += "::\(name) \(list)::\(escapedData(message))\n"
  }

  private func escapedData(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private func escapedProperty(_ text: String) -> String {
    var escaped = ""
    for scalar in escapedData(DisplayText.sanitized(text)).unicodeScalars {
      switch scalar {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
