import MerlonBase
import MerlonPython

/// What CPython's symbol table says of one name in one scope.
package struct ClassifiedSymbol: Sendable, Hashable {
  package enum Resolution: String, Sendable { case local, globalExplicit, globalImplicit, free }

  package var name: String
  package var flags: SymbolFlags
  package var resolution: Resolution
}

/// One scope as CPython's symbol table lists it.
package struct ClassifiedScope: Sendable {
  package var kind: ScopeKind
  /// `top`, the definition's name, `lambda`, `listcomp` and so on.
  package var name: String
  /// Line of the definition or expression; 0 for the module.
  package var line: Int
  /// Position of the scope around it in the list; nil for the module.
  package var parent: Int?
  /// By name.
  package var symbols: [String: ClassifiedSymbol]
}

extension Module {
  /// All scopes with every name resolved as CPython's `symtable` does, for comparison with it.
  ///
  /// - Parameter inlinesComprehensions: since 3.12, list, set and dict comprehensions have no scope of their own.
  package func classifiedScopes(inlinesComprehensions: Bool) -> [ClassifiedScope] {
    var result = table.scopes.indices.map { classify(ScopeID(UInt32($0))) }
    for index in table.scopes.indices { propagate(ScopeID(UInt32(index)), &result) }
    var isHidden = table.scopes.map(\.isInsideText)
    if inlinesComprehensions { inlineComprehensions(&result, &isHidden) }
    // Hidden scopes vanish; what lies in them moves to the scope around.
    var position: [Int?] = []
    var kept: [ClassifiedScope] = []
    for (index, var scope) in result.enumerated() {
      scope.parent = scope.parent.flatMap { position[$0] }
      if isHidden[index] {
        position.append(scope.parent)
      } else {
        kept.append(scope)
        position.append(kept.count - 1)
      }
    }
    return kept
  }

  private func classify(_ id: ScopeID) -> ClassifiedScope {
    let scope = self[id]
    var symbols: [String: ClassifiedSymbol] = [:]
    for symbolID in self.symbols(in: id) {
      let symbol = self[symbolID]
      let name = name(of: symbolID)
      symbols[name] = ClassifiedSymbol(name: name, flags: symbol.flags, resolution: resolution(symbol, id, name))
    }
    return ClassifiedScope(
      kind: scope.kind, name: scopeName(scope),
      line: id == .module ? 0 : tree.position(tree[scope.node].start).line,
      parent: id == .module ? nil : Int(scope.parent.index), symbols: symbols)
  }

  private func resolution(_ symbol: Symbol, _ scope: ScopeID, _ name: String) -> ClassifiedSymbol.Resolution {
    if symbol.flags.contains(.declaredGlobal) { return .globalExplicit }
    if scope == .module, symbol.flags.contains(.globalElsewhere) { return .globalExplicit }
    if symbol.flags.contains(.declaredNonlocal) { return .free }
    if symbol.isLocal { return .local }
    return owner(symbol.nameIndex, name, from: scope) == nil ? .globalImplicit : .free
  }

  /// The function-like scope around that a free name belongs to; the class for `__class__`.
  private func owner(_ nameIndex: UInt32, _ name: String, from start: ScopeID) -> ScopeID? {
    var scope = self[start].parent
    var seesClass = self[start].kind.isType
    while scope != .module {
      let record = self[scope]
      if record.kind == .class, name == "__class__" { return scope }
      // A class that a scope of types sees is read by name at run time, as globals are.
      if record.kind != .class || seesClass, let symbol = table.symbol(nameIndex, in: scope) {
        if self[symbol].flags.contains(.declaredGlobal) { return nil }
        if self[symbol].isLocal { return record.kind == .class ? nil : scope }
      }
      seesClass = seesClass && record.kind.isType
      scope = record.parent
    }
    return nil
  }

  /// True for scopes of types directly in a class.
  private func seesClass(_ id: ScopeID) -> Bool {
    var scope = self[id]
    guard scope.kind.isType else { return false }
    while scope.kind.isType { scope = self[scope.parent] }
    return scope.kind == .class
  }

  private func scopeName(_ scope: Scope) -> String {
    switch scope.kind {
    case .module: return "top"
    case .lambda: return "lambda"
    case .listComprehension: return "listcomp"
    case .setComprehension: return "setcomp"
    case .dictComprehension: return "dictcomp"
    case .generatorExpression: return "genexpr"
    default: break
    }
    switch tree.kind(scope.node) {
    case .functionDef, .asyncFunctionDef: return tree.text(tree.functionDef(scope.node).name)
    case .classDef: return tree.text(tree.classDef(scope.node).name)
    case .typeAlias: return tree.text(NameID(tree[tree.typeAlias(scope.node).name].a))
    case .typeVar, .paramSpec, .typeVarTuple: return tree.text(NameID(tree[scope.node].a))
    default: return ""
    }
  }

  /// Adds free names to the scopes between their use and their owner.
  private func propagate(_ id: ScopeID, _ result: inout [ClassifiedScope]) {
    for symbolID in symbols(in: id) {
      let name = name(of: symbolID)
      guard result[Int(id.index)].symbols[name]?.resolution == .free, !self[id].isInsideText,
        let owner = owner(self[symbolID].nameIndex, name, from: id)
      else { continue }
      var scope = self[id].parent
      while scope != owner, scope != .module {
        if result[Int(scope.index)].symbols[name] == nil {
          result[Int(scope.index)].symbols[name] = ClassifiedSymbol(name: name, flags: [], resolution: .free)
        }
        scope = self[scope].parent
      }
    }
  }

  private func inlineComprehensions(_ result: inout [ClassifiedScope], _ isHidden: inout [Bool]) {
    // Inner scopes first, those of one scope in order: the first that has a name decides.
    let order = table.scopes.indices.sorted { (table.scopes[$1].depth, $0) < (table.scopes[$0].depth, $1) }
    for index in order {
      switch table.scopes[index].kind {
      case .listComprehension, .setComprehension, .dictComprehension: break
      default: continue
      }
      guard let parent = result[index].parent, !isHidden[index] else { continue }
      if seesClass(ScopeID(UInt32(parent))) { continue }
      for (name, symbol) in result[index].symbols {
        // Names that only pass through the scope around are added later.
        let isPassing = result[parent].symbols[name].map { $0.flags.isEmpty && $0.resolution == .free } ?? true
        if isPassing { result[parent].symbols[name] = symbol }
      }
      isHidden[index] = true
    }
  }
}
