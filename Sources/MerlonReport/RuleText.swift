import MerlonBase
package import MerlonCatalog

/// The pages of the catalogue for a terminal: `merlon explain` and `merlon rules`.
package struct RuleText {
  private let style: Style
  private let width: Int

  /// - Parameter width: columns; text is not made wider than 100, which is hard to read, nor narrower than 40.
  package init(usesColor: Bool, width: Int) {
    style = Style(usesColor: usesColor)
    self.width = min(max(width, 40), 100)
  }

  /// One weakness: what it is, why it matters, how to repair it, code before and after.
  package func page(of weakness: Weakness) -> String {
    let page = RulePage(weakness)
    var lines = [style(.bold, page.title)]
    lines += wrapped(page.summary, width: width)
    lines.append("")
    lines += factLines(page.facts, of: weakness)
    for section in page.sections {
      lines += ["", style(.bold, section.title)]
      for block in section.blocks { lines += self.lines(of: block) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All weaknesses by family, one a line.
  package func table(of weaknesses: [Weakness]) -> String {
    var lines: [String] = []
    let nameWidth = weaknesses.map(\.name.utf8.count).max() ?? 0
    for family in WeaknessFamily.allCases {
      let members = weaknesses.filter { $0.family == family }
      if members.isEmpty { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(style(.bold, family.title))
      lines += members.map { row($0, nameWidth) }
    }
    let own = weaknesses.filter { $0.family == nil }
    if !own.isEmpty {
      lines += ["", style(.bold, "Rules of the project")]
      lines += own.map { row($0, nameWidth) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ weakness: Weakness, _ nameWidth: Int) -> String {
    "  " + style(.rule, weakness.id) + "  " + padded(weakness.name, nameWidth) + "  "
      + style(.severity(weakness.severity), weakness.severity.rawValue)
  }

  private func factLines(_ facts: [RulePage.Fact], of weakness: Weakness) -> [String] {
    let labelWidth = facts.map(\.label.utf8.count).max() ?? 0
    return facts.map { fact in
      let text = fact.values.joined(separator: ", ")
      let value = fact.label == "Severity" ? style(.severity(weakness.severity), text) : text
      return "  " + style(.faint, padded(fact.label, labelWidth)) + "  " + value
    }
  }

  private func lines(of block: RulePage.Block) -> [String] {
    switch block {
    case .paragraph(let text):
      return wrapped(text, width: width - 2).map { "  " + $0 }
    case .steps(let steps):
      return steps.enumerated().flatMap { number, step in
        let mark = "\(number + 1). "
        let indent = String(repeating: " ", count: mark.utf8.count)
        return wrapped(step, width: width - 2 - mark.utf8.count).enumerated().map { index, line in
          "  " + (index == 0 ? mark : indent) + line
        }
      }
    case .code(let text, let fileName, _):
      var code = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      while code.last?.isEmpty == true { code.removeLast() }
      return ["  " + style(.faint, fileName)] + code.map { style(.faint, "  │ ") + $0 }
    case .facts(let facts):
      return facts.map { "  \($0.label): \($0.values.joined(separator: ", "))" }
    case .links(let addresses):
      return addresses.map { "  " + style(.place, $0) }
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
  }
}
