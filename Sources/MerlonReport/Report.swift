package import MerlonBase
package import MerlonCatalog

/// All that one run has to say: what every encoder of this module takes.
package struct Report: Sendable {
  package var toolVersion: String
  /// When the run began, RFC 3339 in UTC (`2026-11-24T11:00:00Z`); empty when it is not to be told.
  package var startTime: String
  /// The scanned path as the user wrote it.
  package var root: String
  /// False when the run is not to be trusted (exit code 3).
  package var isComplete: Bool
  package var applications: [ApplicationFact]
  /// In any order; suppressed ones too.
  package var findings: [Finding]
  package var limits: [Limit]
  package var problems: [Problem]
  package var statistics: Statistics
  /// Set when the run was compared with a baseline.
  package var baseline: BaselineComparison?
  /// The weaknesses that the run looked for, those of the findings among them.
  package var weaknesses: [Weakness]

  package init(
    toolVersion: String, startTime: String, root: String, isComplete: Bool, applications: [ApplicationFact],
    findings: [Finding], limits: [Limit], problems: [Problem], statistics: Statistics, baseline: BaselineComparison?,
    weaknesses: [Weakness]
  ) {
    self.toolVersion = toolVersion
    self.startTime = startTime
    self.root = root
    self.isComplete = isComplete
    self.applications = applications
    self.findings = findings
    self.limits = limits
    self.problems = problems
    self.statistics = statistics
    self.baseline = baseline
    self.weaknesses = weaknesses
  }
}

/// One application that the run found.
package struct ApplicationFact: Sendable, Hashable {
  /// Qualified name of the variable that holds it: `shop.main.app`.
  package var name: String
  /// Class that it is an instance of: `fastapi.FastAPI`.
  package var kind: String
  package var path: String
  /// Line where it is made, from 1.
  package var line: Int

  package init(name: String, kind: String, path: String, line: Int) {
    self.name = name
    self.kind = kind
    self.path = path
    self.line = line
  }
}

/// How much was read, how long it took, and what the report leaves out. Counts per severity are not here: they follow
/// from the findings.
package struct Statistics: Sendable, Hashable {
  package var files: Int
  package var lines: Int
  /// Wall time of the run.
  package var seconds: Double
  /// Findings below the confidence or outside the selection that the user asked for; they are not in `findings`.
  package var hidden: Int

  package init(files: Int, lines: Int, seconds: Double, hidden: Int) {
    self.files = files
    self.lines = lines
    self.seconds = seconds
    self.hidden = hidden
  }
}
