import MerlonAPI
import MerlonBase

/// The map as one page with an access matrix, to be read on a screen or printed for a review.
///
/// The page is one file without scripts and without anything from elsewhere; its policy forbids both, so that nothing
/// that a scanned repository names could ever run in it.
struct MapHTMLReport {
  private let report: MapReport
  private let options: MapRenderOptions
  private let view: MapView
  private var html = HTMLText()

  init(report: MapReport, options: MapRenderOptions) {
    self.report = report
    self.options = options
    view = MapView(report)
  }

  consuming func bytes() -> [UInt8] {
    let names = view.applications.map(\.name)
    let title = names.isEmpty ? report.root : names.prefix(3).joined(separator: ", ")
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    html.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '\(MapStyleSheet.hash)'; ")
    html.raw("base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
    html.element("title", "Who may call what: \(title)")
    html.raw("<style>\(MapStyleSheet.text)</style>\n</head>\n<body>\n")
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the operations</a>\n")
    header()
    html.raw("<main id=\"main\">\n")
    exposed()
    for (index, application) in view.applications.enumerated() { section(application, number: index + 1) }
    limits()
    html.raw("</main>\n<footer>\n")
    html.element("p", footer)
    html.raw("</footer>\n</body>\n</html>\n")
    return Array(html.text.utf8)
  }

  private var footer: String {
    var text = "Made by Merlon \(report.toolVersion)"
    if !report.startTime.isEmpty { text += " at \(report.startTime)" }
    text += " by reading the code; nothing was run and no request was sent."
    return text
  }

  // MARK: Head

  private mutating func header() {
    html.raw("<header>\n")
    html.element("p", "Access review", class: "kicker")
    html.element("h1", "Who may call what")
    html.raw("<dl class=\"facts\">\n")
    fact("Source", report.root, isCode: true)
    fact("Read", "\(counted(report.statistics.files, "file")), \(counted(report.statistics.lines, "line"))")
    for (name, version) in [("FastAPI", report.fastAPI), ("Pydantic", report.pydantic)] {
      if let version { fact(name, "\(version.version) by \(version.source)") }
    }
    if !report.startTime.isEmpty { fact("Made", report.startTime) }
    if !report.selection.isEmpty {
      fact(
        "Selection",
        "\(report.selection.joined(separator: " ")) (\(counted(report.statistics.hidden, "route")) left out)")
    }
    html.raw("</dl>\n")
    if !report.isComplete { html.element("p", "The run did not complete and is not to be trusted.", class: "alarm") }
    let counts = view.counts
    html.raw("<ul class=\"tiles\">\n")
    tile("Operations", counts.operations, "all", isAlwaysShown: true)
    tile("Open to anyone", counts.open, "open", isAlwaysShown: true)
    tile("Public on purpose", counts.public, "public")
    tile("Could not be judged", counts.unsure, "unsure")
    tile("Signed in", counts.authenticated, "authenticated", isAlwaysShown: true)
    tile("By role or scope", counts.role, "role", isAlwaysShown: true)
    tile("By owner", counts.owner, "owner", isAlwaysShown: true)
    html.raw("</ul>\n</header>\n")
  }

  private mutating func tile(_ name: String, _ count: Int, _ kind: String, isAlwaysShown: Bool = false) {
    guard count > 0 || isAlwaysShown else { return }
    html.raw("<li class=\"tile \(kind)\">")
    html.element("strong", grouped(count))
    html.raw(" ")
    html.element("span", name)
    html.raw("</li>\n")
  }

  private mutating func fact(_ name: String, _ value: String, isCode: Bool = false) {
    html.raw("<div>")
    html.element("dt", name)
    html.raw("<dd>")
    if isCode { html.element("code", value) } else { html.escaped(value) }
    html.raw("</dd></div>\n")
  }

  // MARK: What comes first

  /// Operations that anyone may call, before everything else: those that change something first.
  private mutating func exposed() {
    var rows: [(row: MapRow, application: Int, index: Int)] = []
    for (number, application) in view.applications.enumerated() {
      for (index, row) in application.rows.enumerated() where row.route.isUnprotected || isAttention(row) {
        rows.append((row, number + 1, index + 1))
      }
    }
    html.raw("<section aria-labelledby=\"first\">\n")
    html.raw("<h2 id=\"first\">Look at these first</h2>\n")
    guard !rows.isEmpty else {
      html.element("p", "Every operation asks for a credential or is public on purpose.")
      html.raw("</section>\n")
      return
    }
    html.element(
      "p",
      "Operations that anyone may call, and those whose guard or object check leaves a way past. What changes "
        + "something stands first.")
    rows.sort { rank($0.row) < rank($1.row) }
    html.raw("<ol class=\"first\">\n")
    for (row, application, index) in rows.prefix(200) {
      html.raw("<li><a href=\"#a\(application)-\(index)\">")
      operation(row)
      html.raw("</a> ")
      badge(row)
      for mark in row.marks where mark.isWarning {
        html.raw(" ")
        html.element("span", mark.text, class: "mark warning")
      }
      html.raw("</li>\n")
    }
    html.raw("</ol>\n")
    if rows.count > 200 { html.element("p", "and \(grouped(rows.count - 200)) more below.") }
    html.raw("</section>\n")
  }

  private func isAttention(_ row: MapRow) -> Bool { row.marks.contains(.gap) || row.marks.contains(.objectNotTied) }

  private func rank(_ row: MapRow) -> Int {
    (row.route.isUnprotected ? 0 : 2) + (row.route.changesState ? 0 : 1)
  }

  // MARK: Applications

  private mutating func section(_ application: ApplicationView, number: Int) {
    html.raw("<section aria-labelledby=\"app\(number)\">\n<h2 id=\"app\(number)\">")
    html.element("code", application.name)
    html.raw("</h2>\n<dl class=\"facts\">\n")
    if let title = application.title { fact("Title", title) }
    if application.application.isMounted {
      fact("Mounted", "in another application, where its operations are listed too")
    }
    if let location = application.application.location {
      fact("Made in", "\(options.pathPrefix)\(location.path):\(location.start.line)", isCode: true)
    }
    fact("Operations", "\(grouped(application.counts.operations)): \(MapTail.sentence(application.counts))")
    if !application.schemes.isEmpty {
      fact("Credentials", application.schemes.map { "\($0.name) (\(grouped($0.count)))" }.joined(separator: ", "))
    }
    let documentation = application.documentationPaths
    if !documentation.isEmpty { fact("Documentation", documentation.joined(separator: ", ") + ", open to anyone") }
    if !application.application.middleware.isEmpty {
      fact(
        "Middleware",
        application.application.middleware.map { MapRow.shortName($0.function?.qualifiedName ?? $0.className) }
          .joined(separator: ", "))
    }
    for policy in application.application.cors { fact("Other sites (CORS)", cors(policy)) }
    html.raw("</dl>\n")
    matrix(application, number: number)
    details(application, number: number)
    html.raw("</section>\n")
  }

  private func cors(_ policy: CORSPolicy) -> String {
    var text = "origins " + (policy.allowOrigins.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "unknown")
    if let pattern = policy.allowOriginRegex { text += " and \(pattern)" }
    return text + (policy.allowCredentials == true ? ", with credentials" : "")
  }

  // MARK: Matrix

  private mutating func matrix(_ application: ApplicationView, number: Int) {
    let roles = AccessMatrix.roles(of: application.rows)
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"m\(number)\">\n")
    html.raw("<table class=\"matrix\">\n<caption id=\"m\(number)\">Access matrix of ")
    html.element("code", application.name)
    html.raw("</caption>\n<thead>\n<tr>")
    html.raw("<th scope=\"col\">Operation</th><th scope=\"col\" class=\"who\"><span>Anonymous</span></th>")
    html.raw("<th scope=\"col\" class=\"who\"><span>Signed in</span></th>")
    for role in roles.shown {
      html.raw("<th scope=\"col\" class=\"who role\">")
      html.element("span", role)
      html.raw("</th>")
    }
    if roles.hasMore { html.raw("<th scope=\"col\" class=\"who\"><span>Other role</span></th>") }
    html.raw("<th scope=\"col\" class=\"who\"><span>Owner</span></th>")
    html.raw("<th scope=\"col\" class=\"wide\">Enforced by</th></tr>\n</thead>\n")
    let columns = roles.shown.count + (roles.hasMore ? 1 : 0) + 5
    var index = 0
    for group in application.groups {
      html.raw("<tbody>\n")
      if let mount = group.mount {
        html.raw("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(columns)\">Below the mount ")
        html.element("code", mount)
        html.raw(", outside the dependencies of what mounts it</th></tr>\n")
      }
      for row in group.rows {
        index += 1
        html.raw("<tr class=\"\(row.route.access.word)\"><th scope=\"row\"><a href=\"#a\(number)-\(index)\">")
        operation(row)
        html.raw("</a></th>")
        for cell in AccessMatrix.cells(of: row.route, roles: roles) { self.cell(cell) }
        html.raw("<td class=\"wide\">")
        html.escaped(row.guards.isEmpty ? "–" : row.guards.joined(separator: ", "))
        html.raw("</td></tr>\n")
      }
      html.raw("</tbody>\n")
    }
    html.raw("</table>\n</div>\n<p class=\"legend\">")
    for cell in [AccessMatrix.Cell.allowed, .unintended, .refused, .unsure] {
      html.raw("<span>")
      html.element("b", cell.symbol, class: cell.name)
      html.escaped(" \(cell.legend)")
      html.raw("</span> ")
    }
    html.raw("</p>\n")
    if !roles.shown.isEmpty {
      html.element(
        "p",
        "A role is marked where it is enough or needed: `a|b` in the details asks for one of them, several entries for all.",
        class: "legend")
    }
  }

  private mutating func cell(_ cell: AccessMatrix.Cell) {
    html.raw("<td class=\"who \(cell.name)\"><span aria-hidden=\"true\">")
    html.escaped(cell.symbol)
    html.raw("</span>")
    html.element("span", cell.word, class: "spoken")
    html.raw("</td>")
  }

  // MARK: Details

  private mutating func details(_ application: ApplicationView, number: Int) {
    html.raw("<h3>Operations in detail</h3>\n")
    for (index, row) in application.rows.enumerated() {
      html.raw("<article class=\"operation \(row.route.access.word)\" id=\"a\(number)-\(index + 1)\">\n<h4>")
      operation(row)
      html.raw(" ")
      badge(row)
      html.raw("</h4>\n")
      if !row.marks.isEmpty {
        html.raw("<p class=\"marks\">")
        for mark in row.marks {
          html.element("span", mark.text, class: mark.isWarning ? "mark warning" : "mark")
          html.raw(" ")
        }
        html.raw("</p>\n")
      }
      html.raw("<dl class=\"facts\">\n")
      let place = row.place(prefix: options.pathPrefix)
      if !row.handler.isEmpty || !place.isEmpty { fact("Handler", "\(row.handler)  \(place)", isCode: true) }
      if let summary = row.route.summary, !summary.isEmpty { fact("Summary", summary) }
      if !row.schemes.isEmpty { fact("Credential", row.schemes.joined(separator: ", ")) }
      if !row.authorization.isEmpty { fact("Asks for", row.authorization.joined(separator: ", ")) }
      if let model = row.route.response.model { fact("Answer", model, isCode: true) }
      if !row.route.tags.isEmpty { fact("Tags", row.route.tags.joined(separator: ", ")) }
      html.raw("</dl>\n")
      tree(GuardTree(row.route).nodes)
      parameters(row.route)
      html.raw("</article>\n")
    }
  }

  private mutating func tree(_ nodes: [GuardTree.Node]) {
    guard !nodes.isEmpty else {
      return html.element("p", "Nothing stands before it, and no effect was seen.", class: "none")
    }
    html.raw("<ul class=\"tree\">\n")
    for node in nodes { branch(node) }
    html.raw("</ul>\n")
  }

  /// As deep as the tree is, which is bounded.
  private mutating func branch(_ node: GuardTree.Node) {
    html.raw("<li>")
    html.element("code", node.title)
    if !node.summary.isEmpty {
      html.raw(" ")
      html.element("span", node.summary, class: "enforces")
    }
    if let place = node.place {
      html.raw(" ")
      html.element("span", "\(options.pathPrefix)\(place.path):\(place.start.line)", class: "place")
    }
    for note in node.notes { html.element("p", note.text, class: note.isWarning ? "note warning" : "note") }
    if !node.children.isEmpty {
      html.raw("\n<ul>\n")
      for child in node.children { branch(child) }
      html.raw("</ul>\n")
    }
    html.raw("</li>\n")
  }

  private mutating func parameters(_ route: Route) {
    guard !route.parameters.isEmpty else { return }
    html.raw("<details><summary>\(counted(route.parameters.count, "parameter"))</summary>\n")
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Parameters\"><table>\n<thead><tr>")
    for title in ["Name", "In", "Type", "Required", "Limits"] { html.raw("<th scope=\"col\">\(title)</th>") }
    html.raw("</tr></thead>\n<tbody>\n")
    for parameter in route.parameters {
      html.raw("<tr><th scope=\"row\">")
      html.element("code", parameter.alias)
      html.raw("</th>")
      html.element("td", parameter.place.rawValue)
      html.raw("<td>")
      html.element("code", parameter.type)
      html.raw("</td>")
      html.element("td", parameter.isRequired ? "yes" : "no")
      html.element(
        "td",
        parameter.constraints.sorted { $0.key < $1.key }.map { "\($0.key) \(plain($0.value))" }
          .joined(separator: ", "))
      html.raw("</tr>\n")
    }
    html.raw("</tbody>\n</table></div>\n</details>\n")
  }

  private func plain(_ value: JSONValue) -> String {
    if let text = value.string { return text }
    var json = JSONWriter(layout: .compact)
    json.value(value)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  // MARK: Limits

  private mutating func limits() {
    html.raw("<section aria-labelledby=\"limits\">\n<h2 id=\"limits\">What was not looked at, or not decided</h2>\n")
    guard !view.limits.isEmpty else {
      html.element("p", "Nothing is known to be missing.")
      html.raw("</section>\n")
      return
    }
    html.raw("<ul class=\"limits\">\n")
    let shown = options.isVerbose ? view.limits.count : 300
    for limit in view.limits.prefix(shown) {
      html.raw("<li>")
      html.element("b", limit.kind)
      html.raw(" ")
      if let path = limit.path {
        html.element("code", options.pathPrefix + path + (limit.position.map { ":\($0.line)" } ?? ""))
        html.raw(" ")
      }
      html.escaped(limit.message)
      html.raw("</li>\n")
    }
    html.raw("</ul>\n")
    if view.limits.count > shown { html.element("p", "and \(grouped(view.limits.count - shown)) more.") }
    html.raw("</section>\n")
  }

  // MARK: Parts

  private mutating func operation(_ row: MapRow) {
    html.element("span", row.method, class: row.route.changesState ? "method writes" : "method")
    html.raw(" ")
    html.path(row.route.path)
  }

  private mutating func badge(_ row: MapRow) {
    let access = row.route.access
    let text: String
    switch access.level {
    case .anonymous: text = access.isPublicOnPurpose ? "public on purpose" : "open to anyone"
    case .unknown: text = "guard could not be judged"
    case .authenticated: text = "signed in"
    case .authorized: text = row.authorization.joined(separator: ", ")
    case .owner: text = "owner"
    }
    html.element("span", text, class: "badge \(access.word)")
  }
}
