import MerlonBase
package import MerlonModels
package import MerlonProgram
import MerlonPython

/// What is read of a project, by whatever verb. The command line and the configuration decide; there are no defaults
/// here.
package struct ProjectOptions: Sendable {
  /// Roles of the files that the run tells about; all Python is read, since it may be imported.
  package var roles: Set<FileRole>
  package var exclude: [PathPatterns]
  /// Bytes; larger files are limits.
  package var maximumFileSize: Int
  /// Threads, at least 1. The result does not depend on it.
  package var threadCount: Int
  /// Folders with the packages that the project runs with, in the order of `sys.path`.
  package var packagePath: [String]
  /// Version of FastAPI that the user says the project runs on.
  package var fastAPIVersion: String?
  /// What libraries mean, and what the project says of its own.
  package var models = LibraryModels.builtIn

  package init(
    roles: Set<FileRole>, exclude: [PathPatterns], maximumFileSize: Int, threadCount: Int, packagePath: [String],
    fastAPIVersion: String?
  ) {
    self.roles = roles
    self.exclude = exclude
    self.maximumFileSize = maximumFileSize
    self.threadCount = threadCount
    self.packagePath = packagePath
    self.fastAPIVersion = fastAPIVersion
  }
}

/// The files of a project, found and read: the part that scanning and mapping share.
struct ProjectReader: Sendable {
  let options: ProjectOptions
  let files: any FileSystem
  /// Whether files other than Python are read, and comments are looked for.
  let readsAll: Bool
  /// Whether results may be kept: files are hashed, and what results rest on is tracked.
  var isCached = false

  /// - Throws: `Problem` where the path itself is missing or not readable.
  func read(_ path: RawPath, progress: @Sendable (String) -> Void) throws(Problem) -> ReadProject {
    progress("looking for files")
    let discovery = try FileDiscovery.discover(
      path, options: DiscoveryOptions(maximumFileSize: options.maximumFileSize, exclude: options.exclude),
      files: files)
    var project = ReadProject(root: discovery.root, limits: discovery.limits)
    project.rootPackage = discovery.rootPackage
    for file in discovery.files { project.locations[file.path] = file.location }
    project.versions = FrameworkVersions.detect(discovery, options: options, files: files)

    let wanted = readsAll ? discovery.files : discovery.files.filter { $0.kind == .python }
    progress("reading \(wanted.count) files")
    project.read = WorkPool.map(count: wanted.count, threads: options.threadCount) { index in
      ReadFile(wanted[index], by: self)
    }
    for file in project.read {
      project.limits += file.limits
      guard let content = file.content else { continue }
      project.files += 1
      switch content {
      case .python(let tree):
        project.lines += tree.lineStarts.count
        if !file.digest.isEmpty { project.digests[file.path] = file.digest }
        project.sources.append(SourceFile(path: file.path, content: .tree(tree), role: file.role))
      case .other(let bytes, let kind):
        if options.roles.contains(file.role) {
          project.others.append(OtherFile(path: file.path, kind: kind, bytes: bytes, digest: file.digest))
        }
      }
    }
    return project
  }

  /// The modules with what libraries mean and which packages are installed.
  func program(of project: ReadProject) -> Program {
    var choices = ProgramOptions(
      threadCount: options.threadCount, libraries: ModelledLibraries(options.models), installed: installedPackages(),
      rootPackage: project.rootPackage,
      readFile: { [files, root = project.root] path, limit in
        // Nothing outside of the project, by links either.
        guard let own = files.resolved(root), let place = files.resolved(root.appending(path)),
          place.bytes.starts(with: own.bytes + [UInt8(ascii: "/")])
        else { return nil }
        return try? files.read(place, limit: limit)
      })
    choices.tracksLooks = isCached
    return Program(files: project.sources, options: choices)
  }

  /// The packages of the project's interpreter, read when names lead there.
  private func installedPackages() -> InstalledPackages? {
    guard !options.packagePath.isEmpty else { return nil }
    return InstalledPackages(searchPath: options.packagePath) { [files, limit = options.maximumFileSize] path in
      try? files.read(RawPath(path), limit: limit)
    }
  }
}

/// What reading a project gave.
struct ReadProject: Sendable {
  /// Folder that all paths are relative to.
  var root: RawPath
  var limits: [Limit]
  /// In the order of their paths.
  var read: [ReadFile] = []
  var sources: [SourceFile] = []
  /// SHA-256 of the files of `sources` by path, where results may be kept.
  var digests: [String: [UInt8]] = [:]
  var others: [OtherFile] = []
  /// Files that were read, and lines of Python.
  var files = 0
  var lines = 0
  var versions = FrameworkVersions()
  /// How the files are opened, by their paths.
  var locations: [String: RawPath] = [:]
  /// The package that the root lies in or is, outermost part first.
  var rootPackage: [String] = []

  init(root: RawPath, limits: [Limit]) {
    self.root = root
    self.limits = limits
  }
}

/// A file that the rules for deployments may look at.
package struct OtherFile: Sendable {
  package var path: String
  package var kind: FileKind
  package var bytes: [UInt8]
  /// SHA-256, where results may be kept.
  var digest: [UInt8]
}

/// What reading one file gave.
struct ReadFile: Sendable {
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
  /// SHA-256 of the content, where results may be kept.
  var digest: [UInt8] = []

  init(_ file: DiscoveredFile, by reader: ProjectReader) {
    let options = reader.options
    path = file.path
    role = file.role
    // Production files may import whatever lies in the tree, so all Python is read; the rest only to report on it.
    guard file.kind == .python || options.roles.contains(role) else { return }
    do throws(FileError) {
      let bytes = try reader.files.read(file.location, limit: options.maximumFileSize)
      if reader.isCached { digest = SHA256.digest(bytes) }
      if file.kind == .python {
        role = FileRole(path: path, python: bytes)
        let tree = PythonParser.parse(bytes)
        content = .python(tree)
        if options.roles.contains(role) {
          noteDiagnostics(of: tree)
          if reader.readsAll { comments = SourceComment.directives(in: tree, path: path) }
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
