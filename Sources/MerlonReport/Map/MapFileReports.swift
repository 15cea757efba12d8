import MerlonAPI
import MerlonBase

/// The OpenAPI document of the first application.
struct MapOpenAPIReport {
  let report: MapReport

  func bytes() -> [UInt8] {
    var json = JSONWriter(layout: .indented)
    json.value(report.model.applications.first.map { OpenAPIWriter.document(of: $0) } ?? .object([]))
    json.newline()
    return json.bytes
  }
}

/// The map as comma-separated values: a row for every method of every route (RFC 4180, with a header).
struct MapCSVReport {
  let report: MapReport
  let options: MapRenderOptions

  static let columns = [
    "application", "method", "path", "kind", "access", "authn", "credentials", "authz", "owner", "guards", "handler",
    "file", "line", "tags", "in_document", "deprecated", "mounted_at", "rate_limited", "effects", "notes",
  ]

  func bytes() -> [UInt8] {
    var text = record(Self.columns)
    for application in MapView(report).applications {
      for row in application.rows {
        let methods = row.route.methods.isEmpty ? [row.route.kind.label] : row.route.methods
        for method in methods { text += record(fields(row, method: method, application: application.name)) }
      }
    }
    return Array(text.utf8)
  }

  private func fields(_ row: MapRow, method: String, application: String) -> [String] {
    let route = row.route
    let location = route.endpoint?.location ?? route.location
    let isAsked: String
    switch route.access.level {
    case .anonymous: isAsked = "no"
    case .unknown: isAsked = "unsure"
    case .authenticated, .authorized, .owner: isAsked = "yes"
    }
    return [
      application, method, route.path, route.kind.rawValue, route.access.word, isAsked,
      row.schemes.joined(separator: "; "), route.requiredRoles.joined(separator: "; "),
      flag(route.access.level == .owner), row.guards.joined(separator: "; "), route.endpoint?.fullName ?? row.handler,
      location.map { options.pathPrefix + $0.path } ?? "", location.map { "\($0.start.line)" } ?? "",
      route.tags.joined(separator: "; "), flag(route.isInSchema), flag(route.isDeprecated), route.mountedAt ?? "",
      flag(route.access.isRateLimited),
      route.effects.map { "\($0.kind.rawValue) \($0.target)" }.joined(separator: "; "),
      row.marks.map(\.text).joined(separator: "; "),
    ]
  }

  private func flag(_ value: Bool) -> String { value ? "yes" : "no" }

  private func record(_ fields: [String]) -> String {
    fields.map(Self.field).joined(separator: ",") + "\r\n"
  }

  /// A field that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection): what
  /// begins as one gets an apostrophe in front.
  static func field(_ text: String) -> String {
    var text = DisplayText.sanitized(text)
    // A blank or a full-width sign in front does not stop every spreadsheet.
    let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    if let first, "=+-@|%\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == " " || $0 == ";" }) else {
      return text
    }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// The map as a flowchart: applications, what lies below each mount, the modules that hold the handlers, and the
/// operations coloured by who may call them (https://mermaid.js.org/syntax/flowchart.html).
struct MapMermaidReport {
  private let view: MapView
  private var lines: [String] = []
  private var number = 0

  /// More operations than a page can show are drawn as one node for each module and kind of access.
  private static let operationsShown = 60

  init(report: MapReport) {
    view = MapView(report)
  }

  consuming func bytes() -> [UInt8] {
    lines = ["flowchart LR"]
    for application in view.applications { append(application) }
    for (name, style) in Self.classes { lines.append("  classDef \(name) \(style)") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Dark text on light ground, with borders that differ, so that the chart can be read without colours.
  private static let classes = [
    ("open", "fill:#fde2e1,stroke:#b3261e,color:#410e0b,stroke-width:3px"),
    ("public", "fill:#f1f1f1,stroke:#6b6b6b,color:#222222"),
    ("unsure", "fill:#fff1cc,stroke:#8a5a00,color:#3d2800,stroke-dasharray:6 3"),
    ("authenticated", "fill:#dcebfd,stroke:#1a5fb4,color:#0b2a50"),
    ("role", "fill:#e0f2e3,stroke:#26703a,color:#0d3217"),
    ("owner", "fill:#e0f2e3,stroke:#26703a,color:#0d3217,stroke-width:3px"),
  ]

  private mutating func append(_ application: ApplicationView) {
    let root = id()
    lines.append("  \(root)[[\"\(label(application.name))\"]]")
    let isFolded = view.counts.operations > Self.operationsShown
    for group in application.groups {
      var parent = root
      if let mount = group.mount {
        parent = id()
        lines.append("  \(root) --> \(parent)[/\"mount \(label(mount))\"/]")
      }
      var modules: [String] = []
      var rows: [String: [MapRow]] = [:]
      for row in group.rows {
        let module = row.route.endpoint?.module ?? row.route.mountedClass ?? ""
        if rows[module] == nil { modules.append(module) }
        rows[module, default: []].append(row)
      }
      for module in modules { append(rows[module] ?? [], of: module, below: parent, isFolded: isFolded) }
    }
  }

  private mutating func append(_ rows: [MapRow], of module: String, below parent: String, isFolded: Bool) {
    var parent = parent
    if !module.isEmpty {
      let node = id()
      lines.append("  \(parent) --> \(node)(\"\(label(module))\")")
      parent = node
    }
    guard isFolded else {
      for row in rows {
        let text = "\(row.method) \(row.route.path)\(detail(row))"
        lines.append("  \(parent) --> \(id())[\"\(label(text))\"]:::\(row.route.access.word)")
      }
      return
    }
    for (name, _) in Self.classes {
      let members = rows.filter { $0.route.access.word == name }
      guard !members.isEmpty else { continue }
      let count = members.reduce(0) { $0 + $1.operations }
      let text = "\(counted(count, "operation")): \(name)"
      lines.append("  \(parent) --> \(id())[\"\(label(text))\"]:::\(name)")
    }
  }

  private func detail(_ row: MapRow) -> String {
    switch row.route.access.level {
    case .authorized, .owner: " (\(row.authorization.joined(separator: ", ")))"
    case .anonymous, .authenticated, .unknown: " (\(row.route.access.word))"
    }
  }

  private mutating func id() -> String {
    number += 1
    return "n\(number)"
  }

  /// Inside quotes only entities end a text; `#` begins one
  /// (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
  private func label(_ text: String) -> String {
    var safe = ""
    for scalar in DisplayText.sanitized(text).unicodeScalars.prefix(160) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "/", "_", "-", ".", ",", ":", "{", "}", "(", ")", "?", "=", "+":
        safe.unicodeScalars.append(scalar)
      default: safe += "#\(scalar.value);"
      }
    }
    return safe
  }
}
