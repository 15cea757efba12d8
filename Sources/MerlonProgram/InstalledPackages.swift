import MerlonPython
import Synchronization

/// Modules of an interpreter's packages, read and indexed when something asks for them.
public final class InstalledPackages: Sendable {
  /// Reads a file; nil when there is none.
  public typealias Reader = @Sendable (_ path: String) -> [UInt8]?

  /// Ids of installed modules begin here, so that they are apart from those of any project.
  static let firstID: UInt32 = 1 << 24

  private struct State {
    var modules: [Module] = []
    /// Position by dotted name; nil for names that were looked for in vain.
    var byName: [String: Int?] = [:]
  }

  private let searchPath: [String]
  private let reader: Reader
  private let state = Mutex(State())

  /// - Parameter searchPath: directories in the order of `sys.path`, without a slash at the end.
  public init(searchPath: [String], reader: @escaping Reader) {
    self.searchPath = searchPath
    self.reader = reader
  }

  func module(_ id: ModuleID) -> Module? {
    guard id.index >= Self.firstID else { return nil }
    let position = Int(id.index - Self.firstID)
    return state.withLock { $0.modules.indices.contains(position) ? $0.modules[position] : nil }
  }

  /// The installed module of a dotted name; nil when there is none, or when it is not written in Python.
  public func module(named name: String) -> Module? {
    if let known = state.withLock({ $0.byName[name] }) { return known.flatMap { position in module(at: position) } }
    let found = read(name)
    return state.withLock { state in
      if let known = state.byName[name] { return known.map { state.modules[$0] } }
      guard let found else {
        state.byName[name] = .some(nil)
        return nil
      }
      let position = state.modules.count
      let module = Module(
        id: ModuleID(Self.firstID + UInt32(position)), path: found.path, name: name, tree: found.tree,
        role: .production, isInstalled: true, table: found.table)
      state.modules.append(module)
      state.byName[name] = position
      return module
    }
  }

  private func module(at position: Int) -> Module? {
    state.withLock { $0.modules.indices.contains(position) ? $0.modules[position] : nil }
  }

  private func read(_ name: String) -> (path: String, tree: Tree, table: ScopeTable)? {
    let parts = name.split(separator: ".")
    guard !parts.isEmpty, parts.allSatisfy({ ModuleNaming.isIdentifier($0) }) else { return nil }
    let relative = parts.joined(separator: "/")
    for directory in searchPath {
      for path in ["\(directory)/\(relative)/__init__.py", "\(directory)/\(relative).py"] {
        guard let bytes = reader(path) else { continue }
        let tree = PythonParser.parse(bytes)
        return (path, tree, ScopeBuilder.build(tree))
      }
    }
    return nil
  }
}
