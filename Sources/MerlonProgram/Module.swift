public import MerlonBase
public import MerlonPython
import Synchronization

/// One Python file of the program, with its scopes and names. Immutable; caches inside are thread-safe.
public final class Module: Sendable {
  public let id: ModuleID
  /// Path relative to the scanned root (absolute for installed modules), with `/` between the parts.
  public let path: String
  /// Canonical dotted name: `shop.security`; a package is named without `__init__`.
  public let name: String
  public let tree: Tree
  public let role: FileRole
  /// True for `__init__.py`.
  public let isPackage: Bool
  /// True for modules of the interpreter's packages, which are never reported on.
  public let isInstalled: Bool
  let table: ScopeTable
  /// Scopes by the node that opens them, without those of type parameters.
  private let scopeByNode: [UInt32: UInt32]
  /// Symbols of the module's own scope by name.
  let members: [String: SymbolID]
  let cache = Mutex(SemanticCache())

  init(
    id: ModuleID, path: String, name: String, tree: Tree, role: FileRole, isInstalled: Bool = false, table: ScopeTable
  ) {
    self.id = id
    self.path = path
    self.name = name
    self.tree = tree
    self.role = role
    self.isPackage = ModuleNaming.isPackageFile(path)
    self.isInstalled = isInstalled
    self.table = table
    var scopeByNode: [UInt32: UInt32] = [:]
    scopeByNode.reserveCapacity(table.scopes.count)
    for (index, scope) in table.scopes.enumerated() {
      if !scope.kind.isType { scopeByNode[scope.node.index] = UInt32(index) }
    }
    self.scopeByNode = scopeByNode
    var members: [String: SymbolID] = [:]
    var next = table.scopes.first?.firstSymbol ?? Scope.end
    while next != Scope.end {
      let symbol = table.symbols[Int(next)]
      if symbol.firstBinding != Scope.end {
        members[Self.text(symbol.nameIndex, tree, table)] = SymbolID(next)
      }
      next = symbol.nextInScope
    }
    self.members = members
  }

  // MARK: Structure

  /// The node around a node; none for the module itself.
  public func parent(of node: NodeID) -> NodeID {
    let index = Int(node.index)
    return index < table.parents.count ? NodeID(table.parents[index]) : .none
  }

  /// The scope in which a node is evaluated: for a definition the scope around it.
  public func scope(of node: NodeID) -> ScopeID {
    let index = Int(node.index)
    return index < table.scopeOfNode.count ? ScopeID(table.scopeOfNode[index]) : .module
  }

  /// The scope that a module, class, function, lambda or comprehension opens.
  public func scope(openedBy node: NodeID) -> ScopeID? {
    scopeByNode[node.index].map { ScopeID($0) }
  }

  public var scopes: some RandomAccessCollection<Scope> { table.scopes }

  public subscript(scope: ScopeID) -> Scope {
    let index = Int(scope.index)
    return index < table.scopes.count ? table.scopes[index] : table.scopes[0]
  }

  /// The nearest enclosing `def`; a definition is not inside itself.
  public func enclosingFunction(of node: NodeID) -> NodeID? { enclosingNode(of: node) { $0 == .function } }

  /// The nearest enclosing class, through functions too; a class is not inside itself.
  public func enclosingClass(of node: NodeID) -> NodeID? { enclosingNode(of: node) { $0 == .class } }

  private func enclosingNode(of node: NodeID, _ isWanted: (ScopeKind) -> Bool) -> NodeID? {
    var scope = scope(of: node)
    while scope != .module {
      let record = self[scope]
      if isWanted(record.kind) { return record.node }
      scope = record.parent
    }
    return nil
  }

  /// The statement that a node belongs to (the node itself when it is one); none for the module.
  public func enclosingStatement(of node: NodeID) -> NodeID {
    var node = node
    while !node.isNone, !tree.kind(node).isStatement { node = parent(of: node) }
    return node
  }

  /// The class of which a function is a method; nil for other functions.
  public func methodClass(of function: NodeID) -> NodeID? {
    var scope = self[scope(of: function)]
    if scope.kind == .typeParameters { scope = self[scope.parent] }
    return scope.kind == .class ? scope.node : nil
  }

  /// The dotted name of the definition that a node lies in, or of the definition that it is: `shop.security.outer.inner`.
  public func qualifiedName(ofScopeAt node: NodeID) -> String {
    ([name] + scopeParts(at: node)).joined(separator: ".")
  }

  /// The same without the module's name: empty at module level.
  public func scopeInModule(at node: NodeID) -> String { scopeParts(at: node).joined(separator: ".") }

  private func scopeParts(at node: NodeID) -> [String] {
    var parts: [String] = []
    if let own = definitionName(node) { parts.append(own) }
    var scope = scope(of: node)
    while scope != .module {
      let record = self[scope]
      if record.kind == .class || record.kind == .function, let own = definitionName(record.node) { parts.append(own) }
      scope = record.parent
    }
    return parts.reversed()
  }

  private func definitionName(_ node: NodeID) -> String? {
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef: tree.text(tree.functionDef(node).name)
    case .classDef: tree.text(tree.classDef(node).name)
    default: nil
    }
  }

  /// Location of a node, for findings.
  public func location(_ node: NodeID) -> SourceLocation { tree.location(tree.range(node), path: path) }

  /// The `return`, `yield` and `yield from` nodes of a function or lambda itself, in source order.
  public func results(of function: NodeID) -> [NodeID] {
    guard let scope = scope(openedBy: function) else { return [] }
    var result: [NodeID] = []
    var next = self[scope].firstResult
    while next != Scope.end {
      result.append(table.results[Int(next)].node)
      next = table.results[Int(next)].previous
    }
    return result.reversed()
  }

  // MARK: Symbols

  static func text(_ name: UInt32, _ tree: Tree, _ table: ScopeTable) -> String {
    let index = Int(name)
    if index < tree.names.count { return tree.names[index] }
    let extra = index - tree.names.count
    return extra < table.extraNames.count ? table.extraNames[extra] : ""
  }

  func text(_ name: UInt32) -> String { Self.text(name, tree, table) }

  public subscript(symbol: SymbolID) -> Symbol { table.symbols[min(Int(symbol.index), table.symbols.count - 1)] }

  /// The name of a symbol, private names mangled.
  public func name(of symbol: SymbolID) -> String { text(self[symbol].nameIndex) }

  /// The symbols of a scope, in order of first appearance.
  public func symbols(in scope: ScopeID) -> [SymbolID] {
    var result: [SymbolID] = []
    var next = self[scope].firstSymbol
    while next != Scope.end {
      result.append(SymbolID(next))
      next = table.symbols[Int(next)].nextInScope
    }
    return result
  }

  /// The places that bind a symbol, in source order; those of `nonlocal` come last.
  ///
  /// - Parameter limit: most places that are listed; all by default.
  public func bindings(of symbol: SymbolID, limit: Int = .max) -> [Binding] {
    var result: [Binding] = []
    var next = self[symbol].firstBinding
    while next != Scope.end, result.count < limit {
      result.append(table.bindings[Int(next)])
      next = table.bindings[Int(next)].next
    }
    return result
  }

  /// The symbol that a name expression denotes; nil for builtins and unknown names.
  public func symbol(of name: NodeID) -> SymbolID? {
    guard tree.kind(name) == .name else { return nil }
    let scope = scope(of: name)
    return table.lookup(mangled(NameID(tree[name].a), in: scope), from: scope)
  }

  /// The symbol that a name given as text denotes in a scope.
  public func symbol(named name: String, in scope: ScopeID) -> SymbolID? {
    var scope = scope
    var seesClass = true
    while scope != .module {
      let record = self[scope]
      if record.kind != .class || seesClass {
        if let symbol = nameIndex(name).flatMap({ table.symbol($0, in: scope) }) {
          if self[symbol].flags.contains(.declaredGlobal) { return members[name] }
          if self[symbol].isLocal { return symbol }
        }
      }
      if !record.kind.isType { seesClass = false }
      scope = record.parent
    }
    return members[name]
  }

  /// The symbol of a name that the module itself binds.
  public func member(_ name: String) -> SymbolID? { members[name] }

  /// Assignments to attributes, in source order.
  public var attributeBindings: some RandomAccessCollection<AttributeBinding> { table.attributeBindings }

  /// The name of the attribute that is assigned to.
  public func name(of binding: AttributeBinding) -> String { text(binding.nameIndex) }

  /// `import` and `from` statements, in source order.
  public var imports: [NodeID] { table.imports }
  public var starImports: [StarImport] { table.starImports }

  /// The index of a name that occurs in the module.
  func nameIndex(_ text: String) -> UInt32? {
    if let index = cache.withLock({ $0.nameIndex }) { return index[text] }
    var index: [String: UInt32] = [:]
    index.reserveCapacity(tree.names.count + table.extraNames.count)
    for (position, name) in tree.names.enumerated() where index[name] == nil { index[name] = UInt32(position) }
    for (position, name) in table.extraNames.enumerated() {
      index[name] = UInt32(tree.names.count + position)
    }
    let made = index
    cache.withLock { $0.nameIndex = made }
    return made[text]
  }

  /// A name as run time spells it in a scope.
  func mangled(_ name: NameID, in scope: ScopeID) -> UInt32 {
    guard let owner = self[scope].privateClass else { return name.index }
    let text = tree.text(name)
    guard text.hasPrefix("__"),
      let mangled = PrivateName.mangle(text, className: tree.text(tree.classDef(self[owner].node).name))
    else { return name.index }
    return nameIndex(mangled) ?? name.index
  }
}
