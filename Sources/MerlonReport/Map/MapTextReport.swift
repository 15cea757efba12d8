import MerlonAPI
import MerlonBase

/// The map as a table for people at a terminal: a line for every operation, authentication and authorisation in columns
/// of their own, since knowing who calls is not yet deciding what they may do.
struct MapTextReport {
  private let report: MapReport
  private let options: MapRenderOptions
  private let view: MapView
  private let style: Style
  private let width: Int?
  private var output = ""

  init(report: MapReport, options: MapRenderOptions) {
    self.report = report
    self.options = options
    view = MapView(report)
    style = Style(usesColor: options.usesColor)
    width = options.width.map { max(40, $0) }
  }

  consuming func bytes() -> [UInt8] {
    for application in view.applications { append(application) }
    let tail = MapTail(report: report, options: options, view: view)
    return Array((output + tail.text).utf8)
  }

  private mutating func append(_ application: ApplicationView) {
    output += MapTail.head(of: application, options: options, style: style)
    guard !application.groups.isEmpty else {
      line(style(.faint, "  no operations"))
      line("")
      return
    }
    let rows = application.groups.map { group in group.rows.map(cells) }
    let table = MapTable(columns: columns, rows: rows.flatMap { $0 }, width: width, style: style)
    line("")
    line(table.head)
    for (group, cells) in zip(application.groups, rows) {
      if let mount = group.mount {
        line(
          style(.bold, "Below the mount \(safe(mount))")
            + style(.faint, " (outside the dependencies of what mounts it)"))
      }
      for (row, cells) in zip(group.rows, cells) {
        for text in table.lines(cells) { line(text) }
        append(row.marks)
      }
    }
    line("")
  }

  private mutating func append(_ marks: [MapRow.Mark]) {
    guard !marks.isEmpty else { return }
    let text = marks.map { style($0.isWarning ? .severity(.medium) : .faint, $0.text) }
    line("        " + text.joined(separator: style(.faint, ", ")))
  }

  /// Without room for guards, the tree tells them.
  private var showsGuards: Bool { width.map { $0 >= 100 } ?? true }

  private var columns: [MapTable.Column] {
    var columns = [
      MapTable.Column(title: "METHOD", minimum: 6, breaks: [","]),
      MapTable.Column(title: "PATH", minimum: 16, breaks: ["/"]),
      MapTable.Column(title: "AUTHN", minimum: 6, breaks: [" ", ","]),
      MapTable.Column(title: "AUTHZ", minimum: 8, breaks: [" ", ",", ":"]),
    ]
    if showsGuards { columns.append(MapTable.Column(title: "GUARDS", minimum: 10, breaks: [" ", ",", "_", "."])) }
    columns.append(MapTable.Column(title: "HANDLER", minimum: 14, breaks: ["/"]))
    return columns
  }

  private func cells(_ row: MapRow) -> [MapTable.Cell] {
    var cells = [
      MapTable.Cell(text: safe(row.method), role: row.route.changesState ? .bold : nil),
      MapTable.Cell(text: safe(row.route.path)),
      MapTable.Cell(text: safe(row.authentication), role: role(of: row.route.access)),
      MapTable.Cell(text: row.authorization.isEmpty ? "-" : safe(row.authorization.joined(separator: ", "))),
    ]
    if showsGuards {
      cells.append(MapTable.Cell(text: row.guards.isEmpty ? "-" : safe(row.guards.joined(separator: ", "))))
    }
    cells.append(MapTable.Cell(text: safe(row.place(prefix: options.pathPrefix)), role: .place))
    return cells
  }

  private func role(of access: AccessRequirement) -> Style.Role? {
    switch access.level {
    case .anonymous: access.isPublicOnPurpose ? .faint : .severity(.high)
    case .unknown: .severity(.medium)
    case .authenticated, .authorized, .owner: .allowed
    }
  }

  private mutating func line(_ text: String) { output += text + "\n" }

  private func safe(_ text: String) -> String { DisplayText.sanitized(text) }
}

/// What text and tree have in common: the head of each application and what stands at the end.
struct MapTail {
  let report: MapReport
  let options: MapRenderOptions
  let view: MapView
  private var style: Style { Style(usesColor: options.usesColor) }
  private var width: Int { min(options.width ?? 100, 120) }

  init(report: MapReport, options: MapRenderOptions, view: MapView) {
    self.report = report
    self.options = options
    self.view = view
  }

  static func head(of view: ApplicationView, options: MapRenderOptions, style: Style) -> String {
    let application = view.application
    var text = style(.bold, DisplayText.sanitized(view.name))
    if let title = view.title { text += "  " + DisplayText.sanitized(title) }
    if application.isMounted { text += style(.faint, "  mounted in another application") }
    if let location = application.location {
      text +=
        "  " + style(.place, DisplayText.sanitized("\(options.pathPrefix)\(location.path):\(location.start.line)"))
    }
    var lines = [text]
    func fact(_ name: String, _ value: String) {
      let width = max(40, min(options.width ?? 100, 120)) - 16
      for (index, part) in wrapped(DisplayText.sanitized(value), width: width).enumerated() {
        let label = index == 0 ? name : ""
        lines.append("  " + style(.faint, label + String(repeating: " ", count: 14 - label.count)) + part)
      }
    }
    fact("operations", "\(grouped(view.counts.operations)): " + sentence(view.counts))
    if !view.schemes.isEmpty {
      fact("credentials", view.schemes.map { "\($0.name) (\(grouped($0.count)))" }.joined(separator: ", "))
    }
    if !application.middleware.isEmpty {
      fact(
        "middleware",
        application.middleware.map { middleware in
          let name = MapRow.shortName(middleware.function?.qualifiedName ?? middleware.className)
          let enforced = (middleware.guardFacts?.enforces ?? []).map(\.word).sorted()
          return enforced.isEmpty ? name : "\(name) (\(enforced.joined(separator: ", ")))"
        }.joined(separator: ", "))
    }
    let documentation = view.documentationPaths
    if !documentation.isEmpty { fact("documentation", documentation.joined(separator: ", ") + " (open)") }
    return lines.joined(separator: "\n") + "\n"
  }

  static func sentence(_ counts: AccessCounts) -> String {
    counts.parts.map { "\(grouped($0.count)) \($0.word)" }.joined(separator: ", ")
  }

  var text: String {
    var lines: [String] = []
    appendLimits(to: &lines)
    if !report.isComplete { lines.append(style(.bold, "The run is not to be trusted.")) }
    let applications = view.applications.count
    var summary =
      "\(counted(view.counts.operations, "operation")) of \(counted(applications, "application"))"
    if !view.mounted.isEmpty {
      summary += " (with \(DisplayText.sanitized(view.mounted.joined(separator: ", "))) mounted)"
    }
    if view.counts.operations > 0 { summary += ": " + Self.sentence(view.counts) }
    lines += wrapped(summary + ".", width: width).map { style(.bold, $0) }
    if !report.selection.isEmpty {
      let hidden = report.statistics.hidden
      lines.append(
        "Selected by \(DisplayText.sanitized(report.selection.joined(separator: " "))); "
          + "\(counted(hidden, "route")) left out.")
    }
    lines += wrapped(
      "Read `\(DisplayText.sanitized(report.root))` (\(counted(report.statistics.files, "file")), "
        + "\(counted(report.statistics.lines, "line"))\(framework)) in \(seconds(report.statistics.seconds)) s with "
        + "Merlon \(DisplayText.sanitized(report.toolVersion)).", width: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private var framework: String {
    guard let fact = report.fastAPI else { return "" }
    return DisplayText.sanitized(", FastAPI \(fact.version) by \(fact.source)")
  }

  /// Limits of one kind that are shown when not all are asked for.
  private static let limitsPerKind = 3

  private func appendLimits(to lines: inout [String]) {
    guard !view.limits.isEmpty else { return }
    lines.append(style(.bold, "Not looked at, or not decided:"))
    var index = 0
    while index < view.limits.count {
      let kind = view.limits[index].kind
      let group = view.limits[index...].prefix { $0.kind == kind }
      index += group.count
      let isFolded = !options.isVerbose && group.count > Self.limitsPerKind + 1
      for limit in isFolded ? group.prefix(Self.limitsPerKind) : group {
        var place = limit.path.map { options.pathPrefix + $0 } ?? ""
        if let position = limit.position { place += ":\(position.line)" }
        let text = DisplayText.sanitized("\(kind): " + (place.isEmpty ? "" : place + ": ") + limit.message)
        for (number, part) in wrapped(text, width: max(30, width - 4)).enumerated() {
          lines.append((number == 0 ? "  " : "    ") + part)
        }
      }
      if isFolded {
        lines.append("  \(kind): and \(grouped(group.count - Self.limitsPerKind)) more (--verbose lists them)")
      }
    }
    lines.append("")
  }
}
