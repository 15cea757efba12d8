import MerlonAPI
import MerlonBase

/// The map as tables for a wiki or a comment on a pull request.
struct MapMarkdownReport {
  private let report: MapReport
  private let options: MapRenderOptions
  private let view: MapView
  private var output = ""

  init(report: MapReport, options: MapRenderOptions) {
    self.report = report
    self.options = options
    view = MapView(report)
  }

  consuming func bytes() -> [UInt8] {
    output += "# Map of the API\n\n"
    let counts = view.counts
    output += "**\(counted(counts.operations, "operation"))** of "
    output += "\(counted(view.applications.count, "application"))"
    output += counts.operations > 0 ? ": \(MapTail.sentence(counts)).\n\n" : ".\n\n"
    if !report.isComplete { output += "**The run is not to be trusted.**\n\n" }
    if !report.selection.isEmpty {
      output += "Selected by \(MarkdownText.codeSpan(report.selection.joined(separator: " "))); "
      output += "\(counted(report.statistics.hidden, "route")) left out.\n\n"
    }
    for application in view.applications { append(application) }
    appendLimits()
    output += "Made by Merlon \(MarkdownText.plain(report.toolVersion)) from "
    output += "\(MarkdownText.codeSpan(report.root)), \(counted(report.statistics.files, "file")).\n"
    return Array(output.utf8)
  }

  private mutating func append(_ application: ApplicationView) {
    output += "## \(MarkdownText.codeSpan(application.name))\n\n"
    if let title = application.title { output += "\(MarkdownText.plain(title))\n\n" }
    if !application.schemes.isEmpty {
      let schemes = application.schemes.map { "\(MarkdownText.codeSpan($0.name)) (\(grouped($0.count)))" }
      output += "Credentials: \(schemes.joined(separator: ", "))\n\n"
    }
    let documentation = application.documentationPaths
    if !documentation.isEmpty {
      output += "Documentation, open to anyone: \(documentation.map(MarkdownText.codeSpan).joined(separator: ", "))\n\n"
    }
    for group in application.groups {
      if let mount = group.mount { output += "### Below the mount \(MarkdownText.codeSpan(mount))\n\n" }
      output += "| Method | Path | Authentication | Authorisation | Guards | Handler | Notes |\n"
      output += "|---|---|---|---|---|---|---|\n"
      for row in group.rows {
        let level = row.route.access.level
        let authentication = MarkdownText.plain(row.authentication)
        let cells = [
          cell(row.method), cell(row.route.path),
          level == .anonymous && !row.route.access.isPublicOnPurpose ? "**\(authentication)**" : authentication,
          row.authorization.map(cell).joined(separator: ", "), row.guards.map(cell).joined(separator: ", "),
          cell(row.place(prefix: options.pathPrefix)),
          row.marks.map { $0.isWarning ? "**\($0.text)**" : $0.text }.joined(separator: ", "),
        ]
        output += "| " + cells.joined(separator: " | ") + " |\n"
      }
      output += "\n"
    }
  }

  private mutating func appendLimits() {
    guard !view.limits.isEmpty else { return }
    output += "<details><summary>\(counted(view.limits.count, "limit")) of this run</summary>\n\n"
    let shown = options.isVerbose ? view.limits.count : 50
    for limit in view.limits.prefix(shown) {
      let place = limit.path.map { path in
        MarkdownText.codeSpan(options.pathPrefix + path + (limit.position.map { ":\($0.line)" } ?? "")) + " "
      }
      output += "- \(place ?? "")\(MarkdownText.inline("\(limit.kind): \(limit.message)"))\n"
    }
    if view.limits.count > shown { output += "- and \(grouped(view.limits.count - shown)) more\n" }
    output += "\n</details>\n\n"
  }

  private func cell(_ text: String) -> String { Self.cell(text) }

  /// A code span inside a table. A bar would end the cell even there, and a backslash in front of it may itself be
  /// escaped (https://github.github.com/gfm/#example-200), so that what has one stands as escaped text.
  static func cell(_ text: String) -> String {
    text.contains("|") ? MarkdownText.plain(text) : MarkdownText.codeSpan(text)
  }
}
