package import MerlonBase
package import MerlonProgram

/// What `FileDiscovery` looks for.
package struct DiscoveryOptions: Sendable {
  /// Larger files are listed as limits, in bytes.
  package var maximumFileSize: Int
  /// What is left out besides what git ignores.
  package var exclude: [PathPatterns]
  /// Whether .gitignore files are obeyed.
  package var obeysGitIgnore: Bool

  package init(maximumFileSize: Int, exclude: [PathPatterns] = [], obeysGitIgnore: Bool = true) {
    self.maximumFileSize = maximumFileSize
    self.exclude = exclude
    self.obeysGitIgnore = obeysGitIgnore
  }
}

/// A file that is worth reading.
package struct DiscoveredFile: Sendable, Hashable {
  /// Relative to the root, with `/`, for reports; bytes that are not UTF-8 are written as `\xNN`.
  package var path: String
  /// For opening it.
  package var location: RawPath
  package var kind: FileKind
  /// By place alone; `FileRole(path:python:)` knows more once the content is read.
  package var role: FileRole
  /// Bytes when it was found.
  package var size: Int
}

/// What lies under a path.
package struct Discovery: Sendable {
  /// Folder that the files' paths are relative to.
  package var root: RawPath
  /// In the order of the bytes of their paths.
  package var files: [DiscoveredFile]
  /// What was not looked at and why.
  package var limits: [Limit]
  /// The package that the root lies in or is, outermost part first; empty when it is none.
  package var rootPackage: [String] = []
}

/// Walks a folder and lists the files that a scan reads: not what git ignores, not virtual environments, not
/// `node_modules` and caches, unless the path itself lies in such a folder. Links are never followed: what a link in
/// the tree points to in the same tree is found at its own place, what lies outside is listed as a limit.
package enum FileDiscovery {
  /// Entries after which a walk gives up, with a limit: nothing that anyone calls one project is larger.
  package static let maximumEntries = 2_000_000
  /// Deepest folder that is entered.
  package static let maximumDepth = 200

  /// - Parameter path: a folder, or one file.
  /// - Throws: `Problem` where the path itself is missing or not readable.
  package static func discover(
    _ path: RawPath, options: DiscoveryOptions, files: any FileSystem
  ) throws(Problem) -> Discovery {
    guard let status = files.status(of: path, followingLinks: true) else {
      throw Problem(path: path.display, message: "no such file or folder")
    }
    var walk = Walk(root: path, options: options, files: files)
    switch status.type {
    case .directory:
      try walk.run()
    case .regular:
      walk.root = path.parent
      walk.addSingle(path.name, status: status)
    default:
      throw Problem(path: path.display, message: "is neither a file nor a folder")
    }
    return Discovery(
      root: walk.root, files: walk.found.sorted { $0.location < $1.location },
      limits: walk.limits.sorted { ($0.path ?? "", $0.kind) < ($1.path ?? "", $1.kind) },
      rootPackage: rootPackage(of: walk.root, files: files))
  }

  /// Python takes a module's name from the first folder above it that has no `__init__.py`.
  private static func rootPackage(of root: RawPath, files: any FileSystem) -> [String] {
    guard var folder = files.resolved(root) else { return [] }
    var parts: [String] = []
    let marker = Array("__init__.py".utf8)
    while parts.count < maximumDepth, folder.parent != folder,
      files.status(of: folder.appending(marker), followingLinks: true)?.type == .regular
    {
      parts.insert(String(decoding: folder.name, as: UTF8.self), at: 0)
      folder = folder.parent
    }
    return parts
  }
}

/// One walk, without recursion.
private struct Walk {
  var root: RawPath
  let options: DiscoveryOptions
  let files: any FileSystem
  var found: [DiscoveredFile] = []
  var limits: [Limit] = []

  /// The root without links, to tell what a link points to.
  private let resolvedRoot: RawPath?
  /// The root lies in an environment or `node_modules`, so such folders are no reason to leave something out.
  private let isInsideEnvironment: Bool
  private var entryCount = 0

  init(root: RawPath, options: DiscoveryOptions, files: any FileSystem) {
    self.root = root
    self.options = options
    self.files = files
    resolvedRoot = files.resolved(root)
    isInsideEnvironment = resolvedRoot.map { Self.isInsideEnvironment($0, files) } ?? false
  }

  private struct Folder {
    /// Relative to the root; empty for the root.
    var path: [UInt8]
    var depth: Int
    var ignores: IgnoreChain
  }

  mutating func run() throws(Problem) {
    do {
      _ = try files.entries(of: root)
    } catch {
      throw Problem(path: root.display, message: "can't be listed: \(error.reason)")
    }
    let repository = options.obeysGitIgnore ? Repository(around: resolvedRoot ?? root, files: files) : nil
    let base = repository?.rootInside ?? []
    var pending = [Folder(path: [], depth: 0, ignores: repository?.ignores ?? IgnoreChain())]
    while var folder = pending.popLast() {
      let place = folder.path.isEmpty ? root : root.appending(folder.path)
      let entries: [DirectoryEntry]
      do {
        entries = try files.entries(of: place)
      } catch {
        addLimit("unreadable-folder", "the folder can't be listed: \(error.reason)", folder.path)
        continue
      }
      entryCount += entries.count
      if entryCount > FileDiscovery.maximumEntries {
        addLimit("too-many-files", "gave up after \(FileDiscovery.maximumEntries) files and folders", folder.path)
        return
      }
      if isEnvironment(folder, entries) { continue }
      if options.obeysGitIgnore, entries.contains(where: { $0.name == Self.gitIgnoreName }),
        let bytes = try? files.read(place.appending(Self.gitIgnoreName), limit: options.maximumFileSize)
      {
        let prefix = folder.path.isEmpty ? base.count : base.count + folder.path.count + 1
        folder.ignores.push(IgnorePatterns(bytes), prefix: prefix)
      }
      for entry in entries {
        let path = folder.path.isEmpty ? entry.name : folder.path + [0x2F] + entry.name
        visit(entry, path: path, base: base, folder: folder, pending: &pending)
      }
    }
  }

  private mutating func visit(
    _ entry: DirectoryEntry, path: [UInt8], base: [UInt8], folder: Folder, pending: inout [Folder]
  ) {
    let isDirectory = entry.type == .directory
    if isDirectory && isSkipped(entry.name) { return }
    let kind = isDirectory ? nil : FileKind(name: entry.name)
    if !isDirectory && kind == nil && entry.type != .symbolicLink && entry.name.contains(UInt8(ascii: ".")) { return }
    if options.exclude.contains(where: { $0.matches(path, isDirectory: isDirectory) }) { return }
    if folder.ignores.ignores(base + path, isDirectory: isDirectory) { return }
    switch entry.type {
    case .directory:
      if folder.depth >= FileDiscovery.maximumDepth {
        addLimit("too-deep", "folders deeper than \(FileDiscovery.maximumDepth) levels are not entered", path)
      } else {
        pending.append(Folder(path: path, depth: folder.depth + 1, ignores: folder.ignores))
      }
    case .symbolicLink:
      visitLink(path, kind: kind)
    case .regular:
      guard let status = files.status(of: root.appending(path), followingLinks: false) else {
        if kind != nil { addLimit("unreadable-file", "the file vanished while it was looked for", path) }
        return
      }
      add(path, kind: kind, status: status)
    case .other:
      if kind != nil { addLimit("unreadable-file", "not a regular file", path) }
    }
  }

  mutating func addSingle(_ name: [UInt8], status: FileStatus) {
    add(name, kind: FileKind(name: name), status: status)
    if found.isEmpty && limits.isEmpty {
      addLimit("unknown-file", "not a kind of file that Merlon reads", name)
    }
  }

  private mutating func add(_ path: [UInt8], kind: FileKind?, status: FileStatus) {
    var kind = kind
    if kind == nil, status.isExecutable, let start = try? files.prefix(of: root.appending(path), count: 128) {
      kind = FileKind(firstBytes: start)
    }
    guard let kind else { return }
    if status.size > options.maximumFileSize {
      addLimit(
        "file-too-large",
        "\(status.size) bytes, more than the \(options.maximumFileSize) that are read"
          + " (`max-file-size`)", path)
      return
    }
    let text = RawPath(bytes: path).display
    found.append(
      DiscoveredFile(
        path: text, location: root.appending(path), kind: kind, role: FileRole(path: text), size: status.size))
  }

  private mutating func visitLink(_ path: [UInt8], kind: FileKind?) {
    let place = root.appending(path)
    guard let status = files.status(of: place, followingLinks: true), let target = files.resolved(place) else {
      if kind != nil { addLimit("unreadable-file", "a link that leads nowhere", path) }
      return
    }
    guard status.type == .directory || kind != nil, !isInsideRoot(target) else { return }
    addLimit("link-outside-root", "a link to `\(target.display)`, outside what is scanned", path)
  }

  private func isInsideRoot(_ target: RawPath) -> Bool {
    guard let root = resolvedRoot else { return false }
    return target == root || target.bytes.starts(with: root.bytes.last == 0x2F ? root.bytes : root.bytes + [0x2F])
  }

  private mutating func addLimit(_ kind: String, _ message: String, _ path: [UInt8]) {
    limits.append(Limit(kind: kind, message: message, path: path.isEmpty ? "." : RawPath(bytes: path).display))
  }

  // MARK: Folders that are left out

  private static let gitIgnoreName = Array(".gitignore".utf8)
  private static let caches: Set<[UInt8]> = Set(
    [
      ".git", ".hg", ".svn", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".eggs",
      ".ipynb_checkpoints",
    ].map { Array($0.utf8) })
  private static let environments: Set<[UInt8]> = Set(
    ["node_modules", "bower_components", "site-packages", "dist-packages", ".tox", ".nox"].map { Array($0.utf8) })

  private func isSkipped(_ name: [UInt8]) -> Bool {
    Self.caches.contains(name) || (!isInsideEnvironment && Self.environments.contains(name))
  }

  /// A virtual or Conda environment below the root.
  private func isEnvironment(_ folder: Folder, _ entries: [DirectoryEntry]) -> Bool {
    guard !folder.path.isEmpty, !isInsideEnvironment else { return false }
    return entries.contains { Self.isEnvironmentMark($0.name) }
  }

  private static func isEnvironmentMark(_ name: [UInt8]) -> Bool {
    name == Array("pyvenv.cfg".utf8) || name == Array("conda-meta".utf8)
  }

  private static func isInsideEnvironment(_ root: RawPath, _ files: any FileSystem) -> Bool {
    var folder = root
    for _ in 0..<FileDiscovery.maximumDepth {
      if environments.contains(folder.name) { return true }
      for mark in ["pyvenv.cfg", "conda-meta"]
      where files.status(of: folder.appending(mark), followingLinks: true) != nil {
        return true
      }
      let parent = folder.parent
      if parent == folder || parent == RawPath(".") { return false }
      folder = parent
    }
    return false
  }
}

/// The git repository around a folder, with the ignore files that hold in it from above.
private struct Repository {
  /// Path of the folder inside the repository with `/` at its end; empty at the top.
  var rootInside: [UInt8]
  var ignores: IgnoreChain

  /// - Parameter folder: absolute, without links.
  init?(around folder: RawPath, files: any FileSystem) {
    var top = folder
    var depth = 0
    while files.status(of: top.appending(".git"), followingLinks: true) == nil {
      let parent = top.parent
      depth += 1
      if parent == top || parent == RawPath(".") || depth > 1_000 { return nil }
      top = parent
    }
    let inside = Array(folder.bytes.dropFirst(top.bytes.count).drop { $0 == 0x2F })
    rootInside = inside.isEmpty ? [] : inside + [0x2F]
    ignores = IgnoreChain()
    if let bytes = try? files.read(top.appending(".git/info/exclude"), limit: 1 << 20) {
      ignores.push(IgnorePatterns(bytes), prefix: 0)
    }
    // The ignore files from the top down to the folder above the root; the root's own is read by the walk.
    var place = top
    var prefix = 0
    for part in inside.split(separator: 0x2F) {
      if let bytes = try? files.read(place.appending(".gitignore"), limit: 1 << 20) {
        ignores.push(IgnorePatterns(bytes), prefix: prefix)
      }
      let path = Array(inside.prefix(prefix + part.count))
      // The root itself lies in what is ignored: whoever names it wants it read.
      if ignores.ignores(path, isDirectory: true) {
        rootInside = []
        ignores = IgnoreChain()
        return
      }
      place = place.appending(Array(part))
      prefix += part.count + 1
    }
  }
}
