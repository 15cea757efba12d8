import MerlonBase

/// What a run tells on standard error when asked to.
enum RunTalk {
  /// The findings that an ignore or a baseline holds back, one a line, with the reason.
  static func tellSuppressed(_ findings: [Finding]) {
    for finding in findings {
      guard let suppression = finding.suppression else { continue }
      var line =
        "\(finding.location.path):\(finding.location.start.line): \(finding.id) \(finding.name) is held back by "
      switch suppression.kind {
      case .inline: line += "a comment"
      case .configuration: line += "the configuration"
      case .baseline: line += "the baseline"
      }
      if let until = suppression.until { line += " until \(until)" }
      if let owner = suppression.owner { line += " (owner \(owner))" }
      if !suppression.reason.isEmpty { line += ": \(suppression.reason)" }
      Terminal.tell(DisplayText.sanitized(line))
    }
  }

  /// The numbers of findings that count, per weakness, the most frequent first.
  static func tellStatistics(_ findings: [Finding]) {
    var counts: [String: Int] = [:]
    for finding in findings where finding.suppression == nil {
      counts["\(finding.id) \(finding.name)", default: 0] += 1
    }
    for (name, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      let number = String(count)
      Terminal.tell(String(repeating: " ", count: max(0, 6 - number.count)) + number + "  " + name)
    }
  }
}
