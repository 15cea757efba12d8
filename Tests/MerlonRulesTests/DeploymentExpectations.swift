import MerlonBase
import MerlonRules

/// A deployment file with marks (`# expect: MRL530`), and what rules say of it.
struct DeploymentCase {
  /// Path that decides how the file is read and for whom it is made.
  var path: String
  var text: String

  var kind: DeploymentFile.Kind {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.contains("dockerfile") { return .dockerfile }
    if name.contains("compose") { return .compose }
    if name.hasPrefix("procfile") { return .procfile }
    if name.hasSuffix(".sh") { return .shellScript }
    if name.hasSuffix(".service") { return .systemdUnit }
    if name.contains(".env") { return .environmentFile }
    if name == "makefile" || name == "justfile" { return .makefile }
    return .kubernetes
  }

  /// The text without its marks: at the end of an exec form they would be no comment.
  var textWithoutMarks: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.firstRange(of: "# expect")?.lowerBound else { return line }
      var kept = line[..<start]
      while kept.last == " " { kept.removeLast() }
      return kept
    }.joined(separator: "\n")
  }

  func outcome() -> (findings: [Finding], limits: [Limit]) {
    RuleRunner(isSelected: { _ in true })
      .check(DeploymentFile(path: path, kind: kind, bytes: Array(textWithoutMarks.utf8)))
  }

  /// What the marks and the findings that a report shows (medium confidence and above) disagree in.
  func differences() -> [String] {
    Expectations(text: text).differences(from: outcome().findings.filter { $0.confidence >= .medium })
  }
}

/// Findings of any bytes, for files that nobody wrote by hand.
func deploymentFindings(_ path: String, _ bytes: [UInt8]) -> (findings: [Finding], limits: [Limit]) {
  let kind = DeploymentCase(path: path, text: "").kind
  return RuleRunner(isSelected: { _ in true }).check(DeploymentFile(path: path, kind: kind, bytes: bytes))
}
