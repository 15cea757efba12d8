import MerlonPython
import Synchronization

extension Evaluator {
  /// What the alias of an `import` statement binds.
  func imported(_ alias: NodeID, _ module: Module) -> Value {
    let parts = module.tree.alias(alias)
    let dotted = module.tree.text(parts.name)
    if !parts.asName.isNone { return moduleValue(dotted, from: module) }
    let top = dotted.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(dotted[..<$0]) } ?? dotted
    let value = moduleValue(top, from: module)
    // `import google.cloud.x` where the project has a directory `google`: decided by the whole name.
    if case .namespace = value.kind, top != dotted, case .library = moduleValue(dotted, from: module).kind {
      return library(top)
    }
    return value
  }

  /// A module by absolute dotted name: of the project, of the read packages, or a library's.
  func moduleValue(_ dotted: String, from module: Module) -> Value {
    if module.isInstalled {
      // Special forms mean what the language says, not how `typing` builds them.
      if dotted == "typing" || dotted == "typing_extensions" { return library(dotted) }
      if let found = program.installedModule(named: dotted) { return Value(.module(found.id)) }
      return library(dotted)
    }
    if let found = program.module(named: dotted, from: module.path) { return Value(.module(found.id)) }
    return program.isNamespace(dotted) ? Value(.namespace(dotted)) : library(dotted)
  }

  /// The module that a `from` statement names.
  func importedModule(_ statement: ImportFrom, _ module: Module) -> [Value] {
    let name = module.tree.text(statement.module)
    guard statement.level > 0 else { return [moduleValue(name, from: module)] }
    if module.isInstalled {
      guard let package = module.package(level: statement.level) else { return [.unknown] }
      return [moduleValue(name.isEmpty ? package : package + "." + name, from: module)]
    }
    if let found = program.relativeModule(name, level: statement.level, from: module) {
      return [Value(.module(found.id))]
    }
    guard let package = module.package(level: statement.level) else { return [.unknown] }
    let dotted = name.isEmpty ? package : package + "." + name
    return [program.isNamespace(dotted) || name.isEmpty ? Value(.namespace(dotted)) : library(dotted)]
  }

  /// What one name of a `from` statement denotes.
  mutating func importedName(_ alias: NodeID, _ statement: NodeID, _ module: Module) -> [Value] {
    let parts = module.tree.importFrom(statement)
    let name = module.tree.text(module.tree.alias(alias).name)
    return importedModule(parts, module).flatMap { target -> [Value] in
      switch target.kind {
      case .module(let id):
        guard let source = program.module(id) else { return [.unknown] }
        let found = member(name, of: source)
        return found.isEmpty ? [missing(name, of: source)] : found
      case .namespace(let dotted):
        if parts.level > 0,
          let found = program.relativeModule(
            [module.tree.text(parts.module), name].filter { !$0.isEmpty }.joined(separator: "."), level: parts.level,
            from: module)
        {
          return [Value(.module(found.id))]
        }
        return [submodule(name, ofNamespace: dotted, from: module)]
      case .library(let dotted): return [library(dotted + "." + name)]
      default: return [.unknown]
      }
    }
  }

  func submodule(_ name: String, ofNamespace dotted: String, from module: Module?) -> Value {
    let full = dotted + "." + name
    if let found = program.module(named: full, from: module?.path ?? "") { return Value(.module(found.id)) }
    return program.isNamespace(full) ? Value(.namespace(full)) : library(full)
  }

  /// A name that a project module should have and that was not found: kept by its dotted name.
  private func missing(_ name: String, of module: Module) -> Value { Value(.library(module.name + "." + name)) }

  /// An attribute of a module: what it binds, a submodule, or what a star import brings. Empty when there is none.
  mutating func member(_ name: String, of module: Module) -> [Value] {
    if let symbol = module.member(name) {
      let found = evaluate(symbol, module)
      // A package that imports its own submodule leads back to itself.
      let isEmpty = found.isEmpty || found.allSatisfy { $0.kind == .unknown }
      if !isEmpty { return found }
      return submodule(name, of: module).map { [$0] } ?? found
    }
    if let found = submodule(name, of: module) { return [found] }
    return starMember(name, module) ?? []
  }

  private func submodule(_ name: String, of module: Module) -> Value? {
    guard module.isPackage else { return nil }
    if module.isInstalled {
      return program.installedModule(named: module.name + "." + name).map {
        Value(.module($0.id))
      }
    }
    return program.submodule(name, of: module).map { Value(.module($0.id)) }
  }
}

extension Module {
  /// The dotted name of the package that a relative import of this level starts from.
  func package(level: Int) -> String? {
    var parts = name.split(separator: ".")
    let drop = isPackage ? level - 1 : level
    guard drop <= parts.count else { return nil }
    parts.removeLast(drop)
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }

  /// True inside `if TYPE_CHECKING:`.
  func isForTypeCheckers(_ statement: NodeID) -> Bool {
    var child = statement
    var parent = parent(of: statement)
    while !parent.isNone {
      switch tree.kind(parent) {
      case .if:
        let branch = tree.conditional(parent)
        let test = tree[branch.test]
        let name = test.kind == .name ? NameID(test.a) : test.kind == .attribute ? NameID(test.b) : .none
        if tree.text(name) == "TYPE_CHECKING", tree[branch.body].contains(child) { return true }
      case .functionDef, .asyncFunctionDef, .lambda: return false
      default: break
      }
      child = parent
      parent = self.parent(of: parent)
    }
    return false
  }

  /// The names that `__all__` lists when it is a plain list or tuple of strings; nil when there is none.
  func exportedNames() -> Set<String>? {
    if let known = cache.withLock({ $0.exported }) { return known }
    var result: Set<String>?
    if let symbol = member("__all__") {
      for binding in bindings(of: symbol) {
        let node = tree[binding.value]
        guard node.kind == .list || node.kind == .tuple else {
          result = nil
          break
        }
        result = (result ?? []).union(tree[ListID(node.a)].compactMap { tree.stringValue($0) })
      }
      if self[symbol].flags.contains(.mutated) { result = nil }
    }
    let found = result
    cache.withLock { $0.exported = .some(found) }
    return found
  }
}
