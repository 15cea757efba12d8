import MerlonBase
import MerlonCatalog

/// The report as a comment on a pull request: a table of counts, then one folded block a finding, the most severe
/// first. What does not fit into a comment is counted at the end instead of being cut in the middle.
struct MarkdownReport {
  private let context: RenderContext
  private var output = ""

  /// Most bytes of the lists behind the findings, all together.
  private static let tailBytes = 9_000

  init(context: RenderContext) {
    self.context = context
  }

  consuming func bytes() -> [UInt8] {
    appendHead()
    let tail = tail()
    let room = context.options.markdownLimit - tail.utf8.count - 400
    var left: [Finding] = []
    for finding in context.findings where finding.severity > .info {
      if left.isEmpty {
        let block = block(of: finding)
        if output.utf8.count + block.utf8.count <= room {
          output += block
          continue
        }
      }
      left.append(finding)
    }
    if !left.isEmpty {
      let counts = context.counts(of: left).map { "\(grouped($0.count)) \($0.severity.rawValue)" }
      output += "**\(counted(left.count, "more finding")) did not fit here**: \(counts.joined(separator: ", ")). "
      output += "`merlon scan` prints all of them.\n\n"
    }
    output += tail
    return Array(output.utf8)
  }

  private mutating func appendHead() {
    let weaknesses = context.findings.filter { $0.severity > .info }
    if !weaknesses.isEmpty {
      output += "## Merlon found \(counted(weaknesses.count, "weakness", "weaknesses"))\n\n"
    } else if context.report.isComplete {
      output += "## Merlon found no weaknesses\n\n"
    } else {
      output += "## Merlon could not complete its run\n\n"
    }
    let counts = context.counts(of: context.findings)
    if !counts.isEmpty {
      output += "| " + counts.map { $0.severity.rawValue }.joined(separator: " | ") + " |\n"
      output += "|" + String(repeating: " ---: |", count: counts.count) + "\n"
      output += "| " + counts.map { grouped($0.count) }.joined(separator: " | ") + " |\n\n"
    }
    if let baseline = context.report.baseline {
      output += "Against the baseline: **\(grouped(baseline.new)) new**, \(grouped(baseline.unchanged)) unchanged, "
      output += "\(grouped(baseline.fixed)) fixed.\n\n"
    }
  }

  private func block(of finding: Finding) -> String {
    let place = "\(context.path(finding.location.path)):\(finding.location.start.line)"
    var text = "<details><summary><b>\(finding.severity.rawValue)</b> "
    text += "\(MarkdownText.escapedHTML(finding.id)) \(MarkdownText.html(shortened(finding.message))) "
    text += "(<code>\(MarkdownText.escapedHTML(place))</code>)</summary>\n\n"
    text += "\(MarkdownText.inline(finding.name)), confidence \(finding.confidence.rawValue)\n\n"
    if let code = excerpt(finding.location) { text += code + "\n\n" }
    for evidence in finding.evidence {
      switch evidence {
      case .codeFlow(let steps): text += list(steps)
      case .related(let step): text += "\(MarkdownText.inline(shortened(step.message))) (\(link(step.location)))\n\n"
      case .operation(let operation): text += describe(operation)
      }
    }
    if let remedy = context.weakness(of: finding)?.guide.first {
      text += "**Fix:** \(MarkdownText.inline(remedy))\n\n"
    }
    return text + "</details>\n\n"
  }

  private func describe(_ operation: OperationEvidence) -> String {
    var text =
      "\(MarkdownText.codeSpan(shortened(operation.title))), open to \(MarkdownText.inline(operation.access))\n\n"
    for row in GuardNode.rows(operation.guards).prefix(Self.flowSteps) {
      text += String(repeating: "  ", count: row.depth) + "- \(MarkdownText.inline(shortened(row.text)))\n"
    }
    if !operation.guards.isEmpty { text += "\n" }
    for effect in operation.effects.prefix(Self.flowSteps) {
      text += "- reaches: \(MarkdownText.inline(shortened(effect.message))) (\(link(effect.location)))\n"
    }
    for sibling in operation.siblings.prefix(Self.flowSteps) {
      let title = MarkdownText.codeSpan(shortened("\(sibling.method) \(sibling.path)"))
      text += "- beside: \(title) \(MarkdownText.inline(shortened(sibling.difference)))\n"
    }
    return operation.effects.isEmpty && operation.siblings.isEmpty ? text : text + "\n"
  }

  /// Steps of a flow that are listed.
  private static let flowSteps = 20

  private func list(_ steps: [FlowStep]) -> String {
    var text = ""
    for (index, step) in steps.prefix(Self.flowSteps).enumerated() {
      text += "\(index + 1). \(MarkdownText.inline(shortened(step.message))) (\(link(step.location)))\n"
    }
    let rest = steps.count - Self.flowSteps
    if rest > 0 { text += "\nand \(counted(rest, "step")) more\n" }
    return text.isEmpty ? "" : text + "\n"
  }

  private func link(_ location: SourceLocation) -> String {
    MarkdownText.codeSpan("\(context.path(location.path)):\(location.start.line)")
  }

  /// Columns of a line of code: about what a comment shows without scrolling.
  private static let codeWidth = 110

  private func excerpt(_ location: SourceLocation) -> String? {
    guard let file = context.sources.file(location.path),
      let excerpt = Excerpt(of: location, in: file, context: 1, width: Self.codeWidth)
    else { return nil }
    let width = excerpt.rows.compactMap(\.number).max().map { "\($0)".count } ?? 1
    let lines = excerpt.rows.map { row in
      let number = row.number.map { "\($0)" } ?? ""
      let pad = String(repeating: " ", count: width - number.count)
      return "\(pad)\(number) | \(row.pieces.map(\.text).joined())"
    }
    return MarkdownText.codeBlock(lines)
  }

  /// What stands behind the findings: notes, problems, limits, counts.
  private func tail() -> String {
    let notes = context.findings.filter { $0.severity == .info }.map { finding in
      (Optional(context.place(finding.location)), finding.message)
    }
    let problems = context.report.problems.map { problem in
      (context.place(path: problem.path, position: problem.position), problem.message)
    }
    let limits = context.limits.map { limit in
      (context.place(path: limit.path, position: limit.position), "\(limit.kind): \(limit.message)")
    }
    var text = folded(notes, title: counted(notes.count, "note") + " for information", budget: Self.tailBytes / 3)
    text += folded(problems, title: counted(problems.count, "problem"), budget: Self.tailBytes / 3)
    text += folded(limits, title: counted(limits.count, "limit") + " of this run", budget: Self.tailBytes / 3)
    let statistics = context.report.statistics
    var facts = [
      "\(counted(statistics.files, "file")) and \(counted(statistics.lines, "line")) scanned by Merlon "
        + MarkdownText.plain(context.report.toolVersion)
    ]
    let outside = [
      (context.suppressedCount([.inline, .configuration]), "suppressed"),
      (context.suppressedCount([.baseline]), "in the baseline"), (statistics.hidden, "hidden"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    if !outside.isEmpty { facts.append("not counted: \(outside.joined(separator: ", "))") }
    if !context.report.isComplete { facts.append("**the run did not complete**") }
    return text + facts.joined(separator: "; ") + "\n"
  }

  private func folded(_ entries: [(place: String?, message: String)], title: String, budget: Int) -> String {
    guard !entries.isEmpty else { return "" }
    var text = "<details><summary>\(title)</summary>\n\n"
    var shown = 0
    for entry in entries {
      let place = entry.place.map { MarkdownText.codeSpan(shortened($0)) + " " } ?? ""
      let line = "- \(place)\(MarkdownText.inline(shortened(entry.message)))\n"
      guard text.utf8.count + line.utf8.count < budget else { break }
      text += line
      shown += 1
    }
    if shown < entries.count { text += "- and \(grouped(entries.count - shown)) more\n" }
    return text + "\n</details>\n\n"
  }

  /// Messages quote foreign code, which may be of any length.
  private func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > 300 else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(300))) + "…"
  }
}
