package import MerlonBase
import MerlonProgram
import MerlonPython

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
    progress("looking for files")
    let discovery = try FileDiscovery.discover(
      path, options: DiscoveryOptions(maximumFileSize: options.maximumFileSize, exclude: options.exclude),
      files: files)
    var result = ScanResult(
      root: discovery.root, findings: [], limits: discovery.limits, problems: [], files: 0, lines: 0,
      applications: [], isComplete: true, locations: [:])
    for file in discovery.files { result.locations[file.path] = file.location }

    progress("reading \(discovery.files.count) files")
    let read = WorkPool.map(count: discovery.files.count, threads: options.threadCount) { index in
      ReadFile(discovery.files[index], options: options, files: files)
    }
    var sources: [SourceFile] = []
    var others: [OtherFile] = []
    for file in read {
      result.limits += file.limits
      guard let content = file.content else { continue }
      result.files += 1
      switch content {
      case .python(let tree):
        result.lines += tree.lineStarts.count
        sources.append(SourceFile(path: file.path, content: .tree(tree), role: file.role))
      case .other(let bytes, let kind):
        if options.roles.contains(file.role) { others.append(OtherFile(path: file.path, kind: kind, bytes: bytes)) }
      }
    }
    // Where nothing was read, the silence of the report would mean nothing.
    result.isComplete = result.files > 0

    progress("looking for weaknesses in \(sources.count) modules")
    RulePass.run(on: sources, and: others, options: options, files: files, into: &result)
    Fingerprint.assign(to: &result.findings)
    applyIgnores(read, sources, options: options, to: &result)
    result.findings.sort { ($0.location.path, $0.location.start, $0.id) < ($1.location.path, $1.location.start, $1.id) }
    return result
  }

  private static func applyIgnores(
    _ read: [ReadFile], _ sources: [SourceFile], options: ScanOptions, to result: inout ScanResult
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

/// A file that the rules for deployments may look at.
package struct OtherFile: Sendable {
  package var path: String
  package var kind: FileKind
  package var bytes: [UInt8]
}

/// What reading one file gave.
private struct ReadFile: Sendable {
  enum Content: Sendable {
    case python(Tree)
    case other([UInt8], FileKind)
  }

  let path: String
  var role: FileRole
  /// Nil where it could not be read, or is of no use here.
  var content: Content?
  var limits: [Limit] = []
  var comments: [SourceComment] = []

  init(_ file: DiscoveredFile, options: ScanOptions, files: any FileSystem) {
    path = file.path
    role = file.role
    // Production files may import whatever lies in the tree, so all Python is read; the rest only to report on it.
    guard file.kind == .python || options.roles.contains(role) else { return }
    do throws(FileError) {
      let bytes = try files.read(file.location, limit: options.maximumFileSize)
      if file.kind == .python {
        role = FileRole(path: path, python: bytes)
        let tree = PythonParser.parse(bytes)
        content = .python(tree)
        if options.roles.contains(role) {
          noteDiagnostics(of: tree)
          comments = SourceComment.directives(in: tree, path: path)
        }
      } else {
        content = .other(bytes, file.kind)
        if file.kind.isDeployment { comments = SourceComment.directives(inLinesOf: bytes, path: path) }
      }
    } catch {
      limits.append(
        Limit(
          kind: error.kind == .tooLarge ? "file-too-large" : "unreadable-file",
          message: "the file can't be read: \(error.reason)", path: path))
    }
  }

  private mutating func noteDiagnostics(of tree: Tree) {
    for diagnostic in tree.diagnostics.prefix(20) {
      limits.append(
        Limit(
          kind: "unparsed-statement", message: diagnostic.message, path: path,
          position: tree.position(diagnostic.range.start)))
    }
    if tree.diagnostics.count > 20 {
      limits.append(
        Limit(
          kind: "unparsed-statement", message: "and \(tree.diagnostics.count - 20) more faults in this file", path: path
        ))
    }
  }
}
