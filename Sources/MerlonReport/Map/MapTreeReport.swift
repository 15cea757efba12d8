import MerlonAPI
import MerlonBase

/// The map as a tree for people at a terminal: below each operation its chain of guards, what its code checks, and what
/// it does.
struct MapTreeReport {
  private let report: MapReport
  private let options: MapRenderOptions
  private let view: MapView
  private let style: Style
  private var output = ""

  init(report: MapReport, options: MapRenderOptions) {
    self.report = report
    self.options = options
    view = MapView(report)
    style = Style(usesColor: options.usesColor)
  }

  consuming func bytes() -> [UInt8] {
    for application in view.applications {
      output += MapTail.head(of: application, options: options, style: style)
      for middleware in application.application.middleware {
        guard let facts = middleware.guardFacts, !facts.enforces.isEmpty || !facts.gaps.isEmpty else { continue }
        let name = MapRow.shortName(middleware.function?.qualifiedName ?? middleware.className)
        write(GuardTree.Node(title: "middleware \(name)", place: middleware.location, facts: facts), "  ", "  ")
      }
      for group in application.groups {
        if let mount = group.mount { output += "\n" + style(.bold, "Below the mount \(safe(mount))") + "\n" }
        for row in group.rows { append(row) }
      }
      output += "\n"
    }
    return Array((output + MapTail(report: report, options: options, view: view).text).utf8)
  }

  private mutating func append(_ row: MapRow) {
    let access = row.route.access
    var head = style(.bold, safe(row.method)) + " " + style(.bold, safe(row.route.path)) + "  "
    let role: Style.Role =
      access.level == .anonymous
      ? (access.isPublicOnPurpose ? .faint : .severity(.high))
      : access.level == .unknown ? .severity(.medium) : .allowed
    head += style(role, accessText(row))
    let handler = row.handler
    if !handler.isEmpty { head += "  " + safe(handler) }
    let place = row.place(prefix: options.pathPrefix)
    if !place.isEmpty { head += "  " + style(.place, safe(place)) }
    output += "\n" + head + "\n"
    if !row.marks.isEmpty {
      output +=
        "    " + row.marks.map { style($0.isWarning ? .severity(.medium) : .faint, $0.text) }.joined(separator: ", ")
        + "\n"
    }
    let nodes = GuardTree(row.route).nodes
    for (index, node) in nodes.enumerated() {
      let isLast = index == nodes.count - 1
      write(node, isLast ? "  └─ " : "  ├─ ", isLast ? "     " : "  │  ")
    }
  }

  /// A node with what stands below it; the depth of the tree is that of the chain of dependencies, which is bounded.
  private mutating func write(_ node: GuardTree.Node, _ lead: String, _ below: String) {
    var text = style(.faint, lead) + safe(node.title)
    if let place = node.place {
      text += "  " + style(.place, safe("\(options.pathPrefix)\(place.path):\(place.start.line)"))
    }
    if !node.summary.isEmpty { text += "  " + style(.allowed, safe(node.summary)) }
    output += text + "\n"
    for note in node.notes {
      let width = max(30, (options.width ?? 10_000) - displayWidth(of: below) - 2)
      for (index, part) in wrapped(safe(note.text), width: width).enumerated() {
        let shown = note.isWarning ? style(.severity(.medium), part) : style(.faint, part)
        output += style(.faint, below) + (index == 0 ? "" : "  ") + shown + "\n"
      }
    }
    for (index, child) in node.children.enumerated() {
      let isLast = index == node.children.count - 1
      write(child, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "))
    }
  }

  private func accessText(_ row: MapRow) -> String {
    let access = row.route.access
    var text = access.word
    let details = (access.level == .anonymous || access.level == .unknown ? [] : row.credentials) + row.authorization
    let shown = details.filter { $0 != access.word }
    if !shown.isEmpty { text += " (\(safe(shown.joined(separator: ", "))))" }
    return text
  }

  private func safe(_ text: String) -> String { DisplayText.sanitized(text) }
}

/// The chain of guards of one operation, with what its code checks and does.
struct GuardTree {
  struct Note {
    var text: String
    var isWarning = false
  }

  struct Node {
    var title: String
    var place: SourceLocation?
    /// What it enforces.
    var summary = ""
    var notes: [Note] = []
    var children: [Node] = []

    /// - Parameter isGuarded: whether something else verifies what this may only read.
    init(title: String, place: SourceLocation? = nil, facts: GuardFacts? = nil, isGuarded: Bool = false) {
      self.title = title
      self.place = place
      guard let facts else { return }
      summary = facts.enforces.map(\.word).sorted().joined(separator: ", ")
      if !facts.requirements.isEmpty { summary += ": " + facts.requirements.joined(separator: ", ") }
      if !facts.credentials.isEmpty {
        let words = Set(facts.credentials.map(\.word)).sorted().joined(separator: ", ")
        summary += (summary.isEmpty ? "reads " : " by ") + words
      }
      notes = facts.gaps.map { gap in
        switch gap.kind {
        case .credentialNotVerified: Note(text: gap.message, isWarning: !isGuarded)
        case .notUnderstood: Note(text: gap.message)
        default: Note(text: "can be passed: \(gap.message)", isWarning: true)
        }
      }
      for exemption in facts.exemptions {
        notes.append(Note(text: "lets through: \(exemption.subject) \(exemption.match.rawValue) `\(exemption.text)`"))
      }
    }
  }

  private(set) var nodes: [Node] = []

  /// Chains deeper than this are cut: no program has one, and reports are written recursively.
  private static let maximumDepth = 40

  init(_ route: Route) {
    nodes = Self.dependencies(of: route, below: nil, depth: 0)
    if let facts = route.handlerFacts, !facts.enforces.isEmpty || !facts.gaps.isEmpty {
      nodes.append(Node(title: "the handler itself", place: route.endpoint?.location, facts: facts))
    }
    // What guards, and no dependency of the route: most often middleware.
    let shown = Set(route.dependencies.flatMap { [$0.shownName, $0.callable.fullName, $0.callable.qualifiedName] })
    for name in route.access.enforcedBy where !shown.contains(name) && !nodes.contains(where: { $0.title == name }) {
      nodes.append(Node(title: name))
    }
    for access in route.objectAccesses {
      let entity = access.entity.isEmpty ? "an object" : access.entity
      var node = Node(
        title: "\(access.effect.word) \(entity) by `\(access.parameter)` (\(access.place.rawValue))",
        place: access.location)
      node.notes = [Note(text: "the object is \(access.tie.phrase)", isWarning: access.tie.isOpen)]
      nodes.append(node)
    }
    let accessed = Set(route.objectAccesses.map(\.location))
    for effect in route.effects where !accessed.contains(effect.location) {
      nodes.append(Node(title: "\(effect.kind.word) \(effect.target)", place: effect.location))
    }
    for trait in route.traits {
      nodes.append(Node(title: trait.message, place: trait.location))
    }
    for flow in route.flows {
      var node = Node(
        title: "`\(flow.source)` reaches `\(flow.calleeName)` (\(flow.sink.rawValue))", place: flow.location)
      node.notes = flow.flaw.map { [Note(text: $0, isWarning: true)] } ?? []
      nodes.append(node)
    }
    if !route.conditions.isEmpty {
      nodes.append(Node(title: "registered only if " + route.conditions.joined(separator: " and ")))
    }
  }

  private static func dependencies(of route: Route, below parent: Int?, depth: Int) -> [Node] {
    guard depth < maximumDepth else { return [] }
    return route.dependencies.enumerated().compactMap { index, dependency in
      guard dependency.parent == parent else { return nil }
      // A parent that does not stand before its child would lead in a circle.
      if let parent, parent >= index { return nil }
      var title = dependency.shownName
      if dependency.variable != nil { title += ": " + MapRow.shortName(dependency.callable.qualifiedName) }
      if dependency.declaredBy != .parameter { title += " (by the \(dependency.declaredBy.rawValue))" }
      if !dependency.scopes.isEmpty { title += " [\(dependency.scopes.joined(separator: ", "))]" }
      let isGuarded = route.access.level != .anonymous && route.access.level != .unknown
      var node = Node(
        title: title, place: dependency.callable.location, facts: dependency.guardFacts, isGuarded: isGuarded)
      node.children = dependencies(of: route, below: index, depth: depth + 1)
      return node
    }
  }
}
