package import MerlonBase

/// A project in, findings out: finds the files, reads and parses them on several threads, runs the rules, and takes
/// the ignores.
package enum Scanner {
  /// - Parameters:
  ///   - path: a folder, or one file.
  ///   - progress: is told in a few words what is being done; may be called from any thread.
  /// - Throws: `Problem` where the path itself is missing or not readable.
  package static func scan(
    _ path: RawPath, options: ScanOptions, files: any FileSystem,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(Problem) -> ScanResult {
    var reader = ProjectReader(options: options.project, files: files, readsAll: true)
    reader.isCached = options.cacheFolder != nil
    let project = try reader.read(path, progress: progress)
    // Where nothing was read, the silence of the report would mean nothing.
    var result = ScanResult(
      root: project.root, findings: [], limits: project.limits, problems: [], files: project.files,
      lines: project.lines, applications: [], isComplete: project.files > 0, locations: project.locations)

    progress("looking for weaknesses in \(project.sources.count) modules")
    RulePass.run(on: project, by: reader, options: options, into: &result)
    Fingerprint.assign(to: &result.findings)
    applyIgnores(project.read, options: options, to: &result)
    result.findings.sort { ($0.location.path, $0.location.start, $0.id) < ($1.location.path, $1.location.start, $1.id) }
    return result
  }

  private static func applyIgnores(
    _ read: [ReadFile], options: ScanOptions, to result: inout ScanResult
  ) {
    var ignores: [InlineIgnore] = []
    for file in read where options.roles.contains(file.role) && !file.comments.isEmpty {
      let found = InlineIgnore.read(file.comments, policy: options.ignores.policy)
      ignores += found.ignores
      result.problems += found.problems
    }
    let active = options.ignores.policy.weaknesses.filter { options.selection.includes(id: $0.id, name: $0.name) }
    result.limits += InlineIgnore.apply(
      ignores, to: &result.findings, today: options.ignores.today, activeRules: Set(active.map(\.id)))
    result.limits += ConfiguredIgnores.apply(options.ignores, to: &result.findings)
  }
}
