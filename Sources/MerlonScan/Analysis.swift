package import MerlonBase
package import MerlonCatalog
package import MerlonModels
package import MerlonProgram
import MerlonPython
package import MerlonRules

/// What one analysis looks at, read from disk already.
package struct AnalysisInput: Sendable {
  /// Python files of every role: all take part in resolving names.
  package var pythonFiles: [SourceFile]
  package var deploymentFiles: [DeploymentFile]
  /// Roles of the files whose findings are reported.
  package var reportedRoles: Set<FileRole>
  package var ruleOptions: RuleOptions
  /// Threads that parse and check; at least 1. The result does not depend on it.
  package var threadCount: Int
  package var installed: InstalledPackages?

  package init(
    pythonFiles: [SourceFile], deploymentFiles: [DeploymentFile], reportedRoles: Set<FileRole>,
    ruleOptions: RuleOptions, threadCount: Int, installed: InstalledPackages? = nil
  ) {
    self.pythonFiles = pythonFiles
    self.deploymentFiles = deploymentFiles
    self.reportedRoles = reportedRoles
    self.ruleOptions = ruleOptions
    self.threadCount = threadCount
    self.installed = installed
  }
}

/// What one analysis found.
package struct AnalysisResult: Sendable {
  /// With fingerprints, in the order of path, position and id.
  package var findings: [Finding]
  package var limits: [Limit]
  /// Where applications are made, `path:line`.
  package var applications: [String]
  package var lineCount: Int
}

/// From files to findings: no IO, the same answer whatever the number of threads.
package enum Analysis {
  package static func run(
    _ input: AnalysisInput, models: LibraryModels = .builtIn, isSelected: (Weakness) -> Bool = { _ in true }
  ) -> AnalysisResult {
    let program = Program(
      files: input.pythonFiles,
      options: ProgramOptions(
        threadCount: input.threadCount, libraries: ModelKnowledge(models: models), installed: input.installed))
    let runner = RuleRunner(isSelected: isSelected)
    let modules = program.modules.filter { input.reportedRoles.contains($0.role) }
    let outcomes = WorkPool.map(count: modules.count, threads: input.threadCount) { index in
      runner.check(modules[index], of: program, models: models)
    }
    var findings = outcomes.flatMap(\.findings)
    findings += runner.checkProject(program, outcomes: outcomes, models: models, options: input.ruleOptions)

    var limits = modules.flatMap(syntaxLimits)
    for file in input.deploymentFiles {
      let outcome = runner.check(file)
      findings += outcome.findings
      limits += outcome.limits
    }
    let applications = outcomes.flatMap { outcome in
      (outcome.calls[.application] ?? []).map { call in
        "\(outcome.module.path):\(outcome.module.location(call.node).start.line)"
      }
    }
    if applications.isEmpty {
      limits.append(
        Limit(
          kind: "no-application",
          message: "no FastAPI or Starlette application was found: what depends on one was not checked"))
    }
    findings.sort { left, right in
      (left.location.path, left.location.range.start, left.location.range.end, left.id)
        < (right.location.path, right.location.range.start, right.location.range.end, right.id)
    }
    Fingerprint.assign(to: &findings)
    return AnalysisResult(
      findings: findings, limits: limits, applications: applications,
      lineCount: program.modules.reduce(0) { $0 + $1.tree.lineStarts.count })
  }

  /// Statements that could not be parsed, so that no rule saw them.
  private static func syntaxLimits(_ module: Module) -> [Limit] {
    module.tree.diagnostics.map { diagnostic in
      Limit(
        kind: "unparsed-statement", message: diagnostic.message, path: module.path,
        position: module.tree.position(diagnostic.range.start))
    }
  }
}
