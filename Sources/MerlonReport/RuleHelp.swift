import MerlonBase

/// What a weakness is and how to repair it, as a page: the same words that `merlon explain` prints.
package enum RuleHelp {
  package static func text(of rule: RuleDescription) -> String {
    var parts = ["\(rule.summary).", rule.why]
    if !rule.guide.isEmpty { parts.append(rule.guide.map { "- \($0)" }.joined(separator: "\n")) }
    if !rule.references.isEmpty { parts.append(rule.references.joined(separator: "\n")) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  package static func markdown(of rule: RuleDescription) -> String {
    var parts = ["# \(rule.id) \(rule.name)", "\(rule.summary).", rule.why]
    if !rule.guide.isEmpty {
      parts.append("## How to repair it\n\n" + rule.guide.map { "- \($0)" }.joined(separator: "\n"))
    }
    if !rule.unsafe.isEmpty { parts.append("## Unsafe\n\n" + fenced(rule.unsafe)) }
    if !rule.safe.isEmpty { parts.append("## Safe\n\n" + fenced(rule.safe)) }
    if !rule.references.isEmpty {
      parts.append("## More\n\n" + rule.references.map { "- <\($0)>" }.joined(separator: "\n"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func fenced(_ code: String) -> String {
    var lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return MarkdownText.codeBlock(lines)
  }
}
