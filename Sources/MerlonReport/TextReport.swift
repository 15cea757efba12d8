import MerlonBase
import MerlonCatalog

/// The report for people at a terminal.
///
/// The most severe findings come first, so that whoever reads only one screen reads what matters; each stands by
/// itself: what, where, in which code, by which way, what to change. What has the severity `info` says how the
/// application stands rather than what is wrong, and is listed compactly behind the findings.
struct TextReport {
  private let context: RenderContext
  private let style: Style
  private let width: Int
  private var output = ""

  init(context: RenderContext) {
    self.context = context
    style = Style(usesColor: context.options.usesColor)
    width = max(40, context.options.width)
  }

  consuming func bytes() -> [UInt8] {
    for finding in context.findings where finding.severity > .info { append(finding) }
    appendPosture(context.findings.filter { $0.severity == .info })
    appendLimits()
    appendSummary()
    return Array(output.utf8)
  }

  // MARK: Findings

  private mutating func append(_ finding: Finding) {
    let severity = Style.Role.severity(finding.severity)
    let lead = "\(finding.severity.rawValue)[\(safe(finding.id))]"
    let head = "\(lead) \(safe(finding.name)): "
    var lines = wrapped(head + safe(finding.message), width: width - 2)
    if let first = lines.first, first.hasPrefix(lead) {
      lines[0] = style(severity, lead) + style(.bold, String(first.dropFirst(lead.count)))
    }
    for (index, line) in lines.enumerated() { self.line(index == 0 ? line : "  " + style(.bold, line)) }

    let gutter = gutterWidth(finding)
    let blank = String(repeating: " ", count: gutter)
    var place = blank + style(.rule, "--> ") + style(.place, safe(context.place(finding.location)))
    if finding.confidence < .high { place += style(.faint, "  (confidence: \(finding.confidence.rawValue))") }
    line(place)
    appendExcerpt(finding.location, mark: severity, gutter: gutter, context: 1, isFramed: true)
    for evidence in finding.evidence {
      switch evidence {
      case .codeFlow(let steps): appendFlow(steps, to: finding.location, gutter)
      case .related(let step): appendRelated(step, gutter)
      case .operation(let operation): appendOperation(operation, gutter)
      }
    }
    if let remedy = context.weakness(of: finding)?.guide.first { appendNote("fix", safe(remedy), gutter) }
    appendNote("more", "merlon explain \(safe(finding.id))", gutter)
    line("")
  }

  private mutating func appendFlow(_ steps: [FlowStep], to end: SourceLocation, _ gutter: Int) {
    guard !steps.isEmpty else { return }
    appendNote("flow", counted(steps.count, "step"), gutter)
    for (index, step) in steps.enumerated() {
      let number = "\(index + 1). "
      let place = safe(context.place(step.location))
      paragraph(String(repeating: " ", count: gutter + 3) + number, place, .place, safe(step.message))
      // The last step is usually the marked place, which stands above already.
      if step.location != end {
        appendExcerpt(
          step.location, mark: .rule, gutter: gutter + 3 + number.count, context: 0, isFramed: false)
      }
    }
  }

  private mutating func appendOperation(_ operation: OperationEvidence, _ gutter: Int) {
    appendNote("operation", "\(safe(operation.title)), open to \(safe(operation.access))", gutter)
    let indent = String(repeating: " ", count: gutter + 3)
    if !operation.guards.isEmpty {
      appendNote("guards", "", gutter)
      for row in GuardNode.rows(operation.guards) {
        line(indent + String(repeating: "  ", count: row.depth) + "- " + safe(row.text))
      }
    }
    for effect in operation.effects {
      appendNote("reaches", "\(safe(effect.message)) (\(safe(context.place(effect.location))))", gutter)
    }
    for sibling in operation.siblings {
      appendNote("beside", "\(safe(sibling.method)) \(safe(sibling.path)) \(safe(sibling.difference))", gutter)
    }
  }

  private mutating func appendRelated(_ step: FlowStep, _ gutter: Int) {
    appendNote("note", safe(step.message), gutter)
    line(String(repeating: " ", count: gutter + 3) + style(.place, safe(context.place(step.location))))
    appendExcerpt(step.location, mark: .rule, gutter: gutter + 3, context: 0, isFramed: false)
  }

  private mutating func appendNote(_ title: String, _ text: String, _ gutter: Int) {
    let blank = String(repeating: " ", count: gutter)
    let indent = gutter + 3 + title.count + 2
    for (index, part) in wrapped(text, width: max(20, width - indent)).enumerated() {
      if index == 0 {
        line("\(blank) \(style(.rule, "=")) \(style(.bold, title + ":")) \(part)")
      } else {
        line(String(repeating: " ", count: indent) + part)
      }
    }
  }

  /// - Parameters:
  ///   - gutter: Columns of the line numbers.
  ///   - isFramed: With an empty line of the rule before and behind, as the main excerpt has.
  private mutating func appendExcerpt(
    _ location: SourceLocation, mark: Style.Role, gutter: Int, context lines: Int, isFramed: Bool
  ) {
    guard let file = context.sources.file(location.path),
      let excerpt = Excerpt(of: location, in: file, context: lines, width: width - gutter - 3)
    else { return }
    let blank = String(repeating: " ", count: gutter)
    if isFramed { line("\(blank) \(style(.rule, "|"))") }
    for row in excerpt.rows {
      let number = row.number.map { "\($0)" } ?? ""
      let pad = String(repeating: " ", count: max(0, gutter - number.count))
      let text = row.pieces.map { $0.kind == .mark ? style(mark, $0.text) : $0.text }.joined()
      line("\(pad)\(style(.rule, number)) \(style(.rule, "|")) \(text)")
    }
    if isFramed { line("\(blank) \(style(.rule, "|"))") }
  }

  /// Columns of the largest line number under a finding.
  private func gutterWidth(_ finding: Finding) -> Int {
    var last = finding.location.end.line + 1
    for case .codeFlow(let steps) in finding.evidence {
      last = steps.reduce(last) { max($0, $1.location.end.line) }
    }
    return max(2, "\(last)".count)
  }

  // MARK: Behind the findings

  private mutating func appendPosture(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    line(style(.bold, "For information: how the application stands") + style(.faint, " (merlon explain ID says more)"))
    for finding in findings {
      let text = "\(safe(finding.message)) (\(safe(context.place(finding.location))))"
      paragraph("  ", safe(finding.id), .severity(.info), text)
    }
    line("")
  }

  /// Limits of one kind that are shown when not all are asked for.
  private static let limitsPerKind = 3

  private mutating func appendLimits() {
    guard !context.limits.isEmpty else { return }
    line(style(.bold, "Not looked at, or not decided:"))
    var index = 0
    while index < context.limits.count {
      let kind = context.limits[index].kind
      let group = context.limits[index...].prefix { $0.kind == kind }
      index += group.count
      let isFolded = !context.options.isVerbose && group.count > Self.limitsPerKind + 1
      for limit in isFolded ? group.prefix(Self.limitsPerKind) : group {
        let place = context.place(path: limit.path, position: limit.position).map { safe($0) + ": " } ?? ""
        paragraph("  ", safe(kind), .faint, place + safe(limit.message))
      }
      if isFolded {
        let rest = group.count - Self.limitsPerKind
        line("  \(style(.faint, safe(kind)))  and \(grouped(rest)) more (--verbose lists them)")
      }
    }
    line("")
  }

  private mutating func appendSummary() {
    let weaknesses = context.findings.filter { $0.severity > .info }
    let notes = context.findings.count - weaknesses.count
    var text = ""
    if weaknesses.isEmpty {
      text = style(.bold, context.report.isComplete ? "No weaknesses found" : "The run is not to be trusted")
    } else {
      let counts = context.counts(of: weaknesses).map {
        style(.severity($0.severity), "\(grouped($0.count)) \($0.severity.rawValue)")
      }
      text = style(.bold, "Found \(counted(weaknesses.count, "weakness", "weaknesses"))")
      text += ": " + counts.joined(separator: ", ")
    }
    if notes > 0 { text += "; \(counted(notes, "note")) for information" }
    line(text + ".")

    line(scopeSentence())
    for sentence in [outsideSentence(), baselineSentence(), unsureSentence()] where !sentence.isEmpty {
      line(sentence)
    }
  }

  /// What was looked at, by what and when: a report that is kept has to say so.
  private func scopeSentence() -> String {
    let report = context.report
    let amount = [
      counted(report.statistics.files, "file"), counted(report.statistics.lines, "line"),
      counted(report.applications.count, "application"),
    ]
    var text = "Scanned `\(safe(report.root))` (\(amount.joined(separator: ", "))) in "
    text += "\(seconds(report.statistics.seconds)) s with Merlon \(safe(report.toolVersion))"
    if !report.startTime.isEmpty { text += " at \(safe(report.startTime))" }
    return text + "."
  }

  private func outsideSentence() -> String {
    let statistics = context.report.statistics
    let parts = [
      (context.suppressedCount([.inline, .configuration]), "suppressed"),
      (context.suppressedCount([.baseline]), "in the baseline"),
      (statistics.hidden, "hidden by the selection or the confidence asked for"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    return parts.isEmpty ? "" : "Not counted: \(parts.joined(separator: ", "))."
  }

  private func baselineSentence() -> String {
    guard let baseline = context.report.baseline else { return "" }
    return "Against the baseline: \(grouped(baseline.new)) new, \(grouped(baseline.unchanged)) unchanged, "
      + "\(grouped(baseline.fixed)) fixed."
  }

  private func unsureSentence() -> String {
    let report = context.report
    var parts: [String] = []
    if !report.limits.isEmpty { parts.append(counted(report.limits.count, "limit")) }
    if !report.problems.isEmpty { parts.append(counted(report.problems.count, "problem")) }
    if !report.isComplete { parts.append("the run did not complete") }
    return parts.isEmpty ? "" : parts.joined(separator: ", ") + "."
  }

  /// A styled word and a text behind it, the lines after the first indented below the word.
  private mutating func paragraph(_ indent: String, _ word: String, _ role: Style.Role, _ text: String) {
    let below = indent + "  "
    let parts = wrapped(word + "  " + text, width: max(20, width - below.count))
    for (index, part) in parts.enumerated() {
      if index == 0, part.hasPrefix(word) {
        let rest = part.dropFirst(word.count)
        line(indent + style(role, word) + (rest.isEmpty ? "" : " " + rest))
      } else {
        line(below + part)
      }
    }
  }

  private mutating func line(_ text: String) {
    output += text
    output += "\n"
  }

  private func safe(_ text: String) -> String { DisplayText.sanitized(text) }
}

/// Two decimals, which is as much as a wall time is worth.
func seconds(_ value: Double) -> String {
  guard value.isFinite, value >= 0, value < 1e9 else { return "0.00" }
  let hundredths = Int((value * 100).rounded())
  let rest = hundredths % 100
  return "\(grouped(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest)"
}
