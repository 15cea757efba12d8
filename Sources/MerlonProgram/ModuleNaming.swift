/// Finds the dotted names of modules: which directories are import roots.
///
/// Python decides that at run time (`sys.path`), so this reads it from the project: a directory inside a regular package
/// is never a root; among the others, those through which the project's own imports can be resolved are.
struct ModuleNaming {
  /// What the naming needs to know of one file.
  struct File {
    var path: String
    /// Dotted names of its absolute imports.
    var imports: [String]
  }

  /// The canonical dotted name of each file.
  private(set) var names: [String] = []
  /// Files by every dotted name under which the project can import them, each with its root directory.
  private(set) var index: [String: [(file: Int, root: String)]] = [:]
  /// Dotted names that are only directories (namespace packages).
  private(set) var namespaces: Set<String> = []

  private let files: [File]
  private var fileAt: [String: Int] = [:]
  private var directories: Set<String> = []
  private var packages: Set<String> = []
  /// Votes for a top-level name below a root.
  private var votes: [Place: Int] = [:]
  private var rootVotes: [String: Int] = [:]
  private var through: [String: Int] = [:]

  private struct Place: Hashable {
    var root: String
    var top: String
  }

  /// - Parameter rootPackage: the packages that all paths begin with, though their `__init__` may not be among the files.
  init(_ files: [File], rootPackage: [String] = []) {
    self.files = files
    for count in rootPackage.indices { packages.insert(rootPackage[...count].joined(separator: "/")) }
    readLayout()
    countVotes()
    let roots = activeRoots()
    names = files.indices.map { name(of: $0, roots: roots) }
    makeIndex(roots)
  }

  /// Whether the files below a folder with `__init__.py` are imported as that package: unless they import one another
  /// as if the folder were the root, and nobody names the package.
  static func isImported(_ rootPackage: [String], by files: [File]) -> Bool {
    guard !rootPackage.isEmpty, rootPackage.allSatisfy({ isIdentifier($0[...]) }) else { return false }
    let name = rootPackage.joined(separator: ".")
    var tops: Set<Substring> = []
    for file in files { tops.insert(file.path.contains("/") ? file.path.prefix { $0 != "/" } : stem(file.path)) }
    var isUsedAsRoot = false
    for dotted in files.lazy.flatMap(\.imports) {
      if dotted == name || dotted.hasPrefix(name + ".") { return true }
      if tops.contains(dotted.prefix { $0 != "." }) { isUsedAsRoot = true }
    }
    return !isUsedAsRoot
  }

  /// The file that a dotted name denotes when `path` imports it.
  func resolve(_ name: String, from path: String) -> Int? {
    // A module whose own name is imported in it (`import jwt` in `jwt.py`) means the library.
    let candidates = (index[name] ?? []).filter { files[$0.file].path != path || name.contains(".") }
    guard let first = candidates.first else { return nil }
    guard candidates.count > 1 else { return first.file }
    var best = first
    var bestScore = -1
    for candidate in candidates {
      let isAncestor = candidate.root.isEmpty || path.hasPrefix(candidate.root + "/")
      let score = (isAncestor ? 1_000_000 + candidate.root.utf8.count : 0) + Self.commonPrefix(candidate.root, path)
      if score > bestScore {
        best = candidate
        bestScore = score
      }
    }
    return best.file
  }

  // MARK: Layout

  private mutating func readLayout() {
    for (index, file) in files.enumerated() {
      fileAt[file.path] = index
      var directory = Self.parent(file.path)
      if Self.isPackageFile(file.path) { packages.insert(directory) }
      while directories.insert(directory).inserted, !directory.isEmpty { directory = Self.parent(directory) }
    }
  }

  private func countRoots() -> [String: [String]] {
    var rootsByTop: [String: [String]] = [:]
    func add(_ path: String, name: Substring) {
      let root = Self.parent(path)
      guard !packages.contains(root) else { return }
      rootsByTop[String(name), default: []].append(root)
    }
    for directory in directories where !directory.isEmpty { add(directory, name: Self.last(directory)) }
    for file in files where !Self.isPackageFile(file.path) { add(file.path, name: Self.stem(file.path)) }
    for (top, roots) in rootsByTop { rootsByTop[top] = Array(Set(roots)).sorted() }
    return rootsByTop
  }

  private mutating func countVotes() {
    let rootsByTop = countRoots()
    var seen: Set<Place> = []
    for file in files {
      let directory = Self.parent(file.path)
      for dotted in file.imports {
        let parts = dotted.split(separator: ".").map(String.init)
        guard let top = parts.first, let candidates = rootsByTop[top],
          seen.insert(Place(root: directory, top: dotted)).inserted,
          let best = bestRoot(candidates, parts, from: file.path), best.path + ".py" != file.path
        else { continue }
        votes[Place(root: best.root, top: top), default: 0] += 1
        rootVotes[best.root, default: 0] += 1
        var inner = best.path
        while inner.utf8.count > best.root.utf8.count {
          through[inner, default: 0] += 1
          inner = Self.parent(inner)
        }
      }
    }
  }

  private func bestRoot(_ candidates: [String], _ parts: [String], from path: String) -> (root: String, path: String)? {
    var best: (root: String, path: String)?
    var bestScore = 0
    for root in candidates {
      guard let match = longestMatch(root, parts) else { continue }
      let isAncestor = root.isEmpty || path.hasPrefix(root + "/")
      if !isAncestor, match.count < 2, !packages.contains(match.path) { continue }
      if !isAncestor, Self.isAside(root), !Self.isAside(path) { continue }
      let nearness = isAncestor ? 100_000 + root.utf8.count : Self.commonPrefix(root, path)
      let score = match.count * 1_000_000 + nearness + 1
      if score > bestScore {
        best = (root, match.path)
        bestScore = score
      }
    }
    return best
  }

  /// How many parts of a dotted name lie below a root, and where they end; nil when a bare directory is all there is.
  private func longestMatch(_ root: String, _ parts: [String]) -> (count: Int, path: String)? {
    var path = root
    var count = 0
    for part in parts {
      let next = path.isEmpty ? part : path + "/" + part
      if directories.contains(next) {
        path = next
        count += 1
      } else if fileAt[next + ".py"] != nil {
        return (count + 1, next)
      } else {
        break
      }
    }
    guard count > 0, count == parts.count || count > 1 || packages.contains(path) else { return nil }
    return (count, path)
  }

  /// Roots that imports of the project speak for, those left out that are better explained as part of an outer one.
  private func activeRoots() -> [String] {
    rootVotes.keys.sorted().filter { root in
      let own = rootVotes[root] ?? 0
      let outer = through[root] ?? 0
      return outer == 0 || own > outer
    }
  }

  // MARK: Names

  private func name(of index: Int, roots: [String]) -> String {
    let path = files[index].path
    let home = packageRoot(path)
    var best: String?
    var bestVotes = 0
    for root in roots where root.isEmpty || home == root || home.hasPrefix(root + "/") {
      guard let dotted = Self.dotted(path, below: root), let top = dotted.split(separator: ".").first else { continue }
      let count = votes[Place(root: root, top: String(top))] ?? 0
      if count > bestVotes {
        best = dotted
        bestVotes = count
      }
    }
    if let best { return best }
    if roots.contains(home), let dotted = Self.dotted(path, below: home) { return dotted }
    if packages.contains(Self.parent(path)), let dotted = Self.dotted(path, below: home) { return dotted }
    return Self.dotted(path, below: defaultRoot(path)) ?? String(Self.stem(path))
  }

  /// The nearest directory above a file that is no regular package.
  private func packageRoot(_ path: String) -> String {
    var directory = Self.parent(path)
    while packages.contains(directory), !directory.isEmpty { directory = Self.parent(directory) }
    return directory
  }

  /// The outermost directory from which all parts are identifiers, `src` and what is above it left out.
  private func defaultRoot(_ path: String) -> String {
    var root = Self.parent(path)
    var candidate = root
    while !candidate.isEmpty {
      let name = Self.last(candidate)
      guard Self.isIdentifier(name), name != "src" else { break }
      candidate = Self.parent(candidate)
      root = candidate
    }
    return root
  }

  private mutating func makeIndex(_ roots: [String]) {
    for (file, name) in names.enumerated() { insert(name, file, root: packageRoot(files[file].path)) }
    for (file, entry) in files.enumerated() {
      let home = packageRoot(entry.path)
      for root in roots where root.isEmpty || home == root || home.hasPrefix(root + "/") {
        if let dotted = Self.dotted(entry.path, below: root) { insert(dotted, file, root: root) }
      }
    }
    for name in index.keys {
      var rest = Substring(name)
      while let dot = rest.utf8.lastIndex(of: UInt8(ascii: ".")) {
        rest = rest[..<dot]
        if index[String(rest)] == nil, !namespaces.insert(String(rest)).inserted { break }
      }
    }
  }

  private mutating func insert(_ name: String, _ file: Int, root: String) {
    guard !name.isEmpty else { return }
    var entries = index[name] ?? []
    guard !entries.contains(where: { $0.file == file && $0.root == root }) else { return }
    // A package hides a module of the same name beside it.
    if Self.isPackageFile(files[file].path) {
      entries.insert((file, root), at: 0)
    } else {
      entries.append((file, root))
    }
    index[name] = entries
  }

  // MARK: Paths

  static func isPackageFile(_ path: String) -> Bool { stem(path) == "__init__" }

  static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[..<slash])
  }

  static func last(_ path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }

  static func stem(_ path: String) -> Substring {
    let name = last(path)
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return name }
    return name[..<dot]
  }

  /// The dotted name of a file below a root; nil when a part is no identifier.
  static func dotted(_ path: String, below root: String) -> String? {
    var parts = (root.isEmpty ? path[...] : path.dropFirst(root.count + 1)).split(separator: "/")
    guard !parts.isEmpty else { return nil }
    parts[parts.count - 1] = stem(path)
    if parts.last == "__init__", parts.count > 1 { parts.removeLast() }
    guard parts.dropLast().allSatisfy({ isIdentifier($0) }) else { return nil }
    return parts.joined(separator: ".")
  }

  static func isIdentifier(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
  }

  private static func commonPrefix(_ left: String, _ right: String) -> Int {
    var count = 0
    for (a, b) in zip(left.utf8, right.utf8) {
      guard a == b else { break }
      count += 1
    }
    return count
  }

  /// True for directories of tests and examples, whose modules others do not import.
  private static func isAside(_ path: String) -> Bool {
    path.split(separator: "/").contains { ["test", "tests", "example", "examples", "docs", "docs_src"].contains($0) }
  }
}
