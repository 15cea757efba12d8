import MerlonPython
import Synchronization

/// A whole Python project: its modules, and how names lead from one to another.
///
/// Never reads files and never fails: what cannot be resolved is simply unknown.
public final class Program: Sendable {
  /// The project's modules, sorted by path.
  public let modules: [Module]
  public let options: ProgramOptions
  let naming: ModuleNaming
  /// What leads from the folder of the outermost package to the root; empty or with `/` at its end.
  let pathAbove: String
  fileprivate let moduleAtPath: [String: Int]
  private let assignedNames = Mutex<Set<String>?>(nil)
  /// Questions that were asked while looks were tracked.
  let asked = Mutex(QuestionTable())

  public init(files: [SourceFile], options: ProgramOptions = ProgramOptions()) {
    self.options = options
    let files = files.sorted { $0.path < $1.path }
    let read = WorkPool.map(count: files.count, threads: options.threadCount) { index in
      let tree: Tree
      switch files[index].content {
      case .bytes(let bytes): tree = PythonParser.parse(bytes)
      case .tree(let parsed): tree = parsed
      }
      let table = ScopeBuilder.build(tree)
      return (tree: tree, table: table, imports: Self.absoluteImports(tree, table))
    }
    let named = zip(files, read).map { ModuleNaming.File(path: $0.path, imports: $1.imports) }
    let rootPackage = ModuleNaming.isImported(options.rootPackage, by: named) ? options.rootPackage : []
    let above = rootPackage.map { $0 + "/" }.joined()
    pathAbove = above
    let naming = ModuleNaming(
      named.map { ModuleNaming.File(path: above + $0.path, imports: $0.imports) }, rootPackage: rootPackage)
    self.naming = naming
    moduleAtPath = Dictionary(
      files.indices.map { (files[$0].path, $0) }, uniquingKeysWith: { first, _ in first })
    modules = files.indices.map { index in
      Module(
        id: ModuleID(UInt32(index)), path: files[index].path, name: naming.names[index], tree: read[index].tree,
        role: files[index].role, table: read[index].table)
    }
  }

  /// Dotted names of the modules that a file imports absolutely, `from` names included as possible submodules.
  private static func absoluteImports(_ tree: Tree, _ table: ScopeTable) -> [String] {
    var result: [String] = []
    for statement in table.imports {
      if tree.kind(statement) == .import {
        for alias in tree[ListID(tree[statement].a)] { result.append(tree.text(tree.alias(alias).name)) }
      } else {
        let parts = tree.importFrom(statement)
        guard parts.level == 0 else { continue }
        let module = tree.text(parts.module)
        result.append(module)
        guard !module.utf8.contains(UInt8(ascii: ".")) else { continue }
        for alias in tree[parts.names] { result.append(module + "." + tree.text(tree.alias(alias).name)) }
      }
    }
    return result
  }

  /// The module with an id; nil for ids of another program.
  public func module(_ id: ModuleID) -> Module? {
    let index = Int(id.index)
    if index < modules.count { return noted(modules[index]) }
    return noted(options.installed?.module(id))
  }

  /// The project module that a dotted name denotes when the file at `path` imports it.
  public func module(named name: String, from path: String = "") -> Module? {
    noted(naming.resolve(name, from: pathAbove + path).map { modules[$0] })
  }

  /// True for the dotted name of a directory of modules without `__init__`.
  func isNamespace(_ name: String) -> Bool { naming.namespaces.contains(name) }

  /// Names of attributes that the project assigns to on anything but `self`.
  func outsideAssignments() -> Set<String> {
    if let known = assignedNames.withLock({ $0 }) { return known }
    var result: Set<String> = []
    for module in modules { result.formUnion(module.outsideAssignments()) }
    let found = result
    assignedNames.withLock { $0 = found }
    return found
  }

  /// The questions that rules ask about one module.
  public func semantics(of module: Module) -> Semantics { Semantics(program: self, module: module) }
}

extension Program {
  /// The project module that a relative import denotes, found by directories.
  public func relativeModule(_ dotted: String, level: Int, from module: Module) -> Module? {
    var directory = ModuleNaming.parent(module.path)
    for _ in 1..<max(level, 1) {
      guard !directory.isEmpty else { return nil }
      directory = ModuleNaming.parent(directory)
    }
    let relative = dotted.split(separator: ".").joined(separator: "/")
    let base = [directory, relative].filter { !$0.isEmpty }.joined(separator: "/")
    return projectModule(at: base, isDirectoryOnly: relative.isEmpty)
  }

  /// A module inside a package of the project.
  func submodule(_ name: String, of package: Module) -> Module? {
    let directory = ModuleNaming.parent(package.path)
    return projectModule(at: directory.isEmpty ? name : directory + "/" + name, isDirectoryOnly: false)
  }

  private func projectModule(at base: String, isDirectoryOnly: Bool) -> Module? {
    if let index = moduleAtPath[base.isEmpty ? "__init__.py" : base + "/__init__.py"] { return noted(modules[index]) }
    guard !isDirectoryOnly else { return nil }
    return noted(moduleAtPath[base + ".py"].map { modules[$0] })
  }
}
