import MerlonBase

/// Checks of `global` and `nonlocal` (`symtable.c`): only top-level statements that hold one are walked.
extension SemanticChecker {
  private struct NameFacts: OptionSet {
    let rawValue: UInt8
    static let parameter = NameFacts(rawValue: 1)
    static let bound = NameFacts(rawValue: 2)
    static let used = NameFacts(rawValue: 4)
    static let annotated = NameFacts(rawValue: 8)
    static let global = NameFacts(rawValue: 16)
    static let nonlocal = NameFacts(rawValue: 32)
    /// Bound by an import, which may stand before a declaration.
    static let imported = NameFacts(rawValue: 64)
  }

  private struct NameScope {
    enum Kind { case module, classBody, function, typeParameters }
    let kind: Kind
    /// Index of the scope around, -1 for none.
    let parent: Int
    var names: [NameID: NameFacts] = [:]
  }

  private struct ScopeWork {
    let node: NodeID
    /// Scope that uses and bindings belong to; -1 inside lambdas and comprehensions, which hold no declarations.
    let scope: Int
    /// Scope in which `:=` binds.
    let namedScope: Int
  }

  private struct ScopeWalk {
    var scopes = [NameScope(kind: .module, parent: -1)]
    var stack: [ScopeWork] = []
    /// All names by text, made when a dotted import asks for its first part.
    var nameIDs: [String: NameID] = [:]
    var nonlocals: [(scope: Int, name: NameID, node: NodeID)] = []

    mutating func note(_ name: NameID, _ facts: NameFacts, in scope: Int) {
      if scope >= 0, !name.isNone { scopes[scope].names[name, default: []].formUnion(facts) }
    }

    /// Adds nodes so that the first is visited first.
    mutating func push(_ nodes: [NodeID], scope: Int, namedScope: Int) {
      for node in nodes.reversed() where !node.isNone {
        stack.append(ScopeWork(node: node, scope: scope, namedScope: namedScope))
      }
    }

    mutating func makeScope(_ kind: NameScope.Kind, parent: Int) -> Int {
      scopes.append(NameScope(kind: kind, parent: parent))
      return scopes.count - 1
    }
  }

  mutating func checkDeclarations() {
    var walk = ScopeWalk()
    let offsets = declarations.map { tree.range($0).start }.sorted()
    // A declaration in the module's own scope depends on all of the module.
    let relevant = tree.elements(tree.root).filter { statement in
      declaresInModule || offsets.hasElement(in: tree.range(statement))
    }
    walk.push(relevant, scope: 0, namedScope: 0)
    while let work = walk.stack.popLast() { visit(work, &walk) }
    checkNonlocals(walk)
  }

  private mutating func visit(_ work: ScopeWork, _ walk: inout ScopeWalk) {
    let id = work.node
    let node = tree[id]
    switch node.kind {
    case .name: walk.note(NameID(node.a), tree.context(id) == .load ? .used : .bound, in: work.scope)
    case .functionDef, .asyncFunctionDef: visitFunction(work, &walk)
    case .classDef: visitClass(work, &walk)
    case .lambda:
      walk.push([NodeID(node.b)], scope: -1, namedScope: -1)
      walk.push(defaults(tree.arguments(NodeID(node.a))), scope: work.scope, namedScope: work.namedScope)
    case .listComp, .setComp, .generatorExp, .dictComp: visitComprehension(work, node, &walk)
    case .namedExpr:
      // From inside a comprehension, a module's name is bound as if it were declared global.
      let isGlobal = work.scope < 0 && work.namedScope >= 0 && walk.scopes[work.namedScope].kind == .module
      walk.note(tree.nameID(NodeID(node.a)), isGlobal ? .global : .bound, in: work.namedScope)
      walk.push([NodeID(node.b)], scope: work.scope, namedScope: work.namedScope)
    case .annAssign: visitAnnotated(work, &walk)
    case .typeAlias: walk.note(tree.nameID(NodeID(node.a)), .bound, in: work.scope)
    case .alias: walk.note(boundName(of: id, &walk), .imported, in: work.scope)
    case .global, .nonlocal: declare(work, node, &walk)
    case .try, .tryStar:
      let parts = tree.try_(id)
      let lists = [parts.body, parts.orElse, parts.handlers, parts.finally]
      walk.push(lists.flatMap { tree[$0] }, scope: work.scope, namedScope: work.namedScope)
    default:
      switch node.kind {
      case .exceptHandler, .matchAs: walk.note(NameID(node.b), .bound, in: work.scope)
      case .matchStar: walk.note(NameID(node.a), .bound, in: work.scope)
      case .matchMapping: walk.note(NameID(node.c), .bound, in: work.scope)
      default: break
      }
      walk.push(tree.children(id), scope: work.scope, namedScope: work.namedScope)
    }
  }

  private func visitFunction(_ work: ScopeWork, _ walk: inout ScopeWalk) {
    let function = tree.functionDef(work.node)
    let arguments = tree.arguments(function.arguments)
    walk.note(function.name, .bound, in: work.scope)
    let outer = makeTypeScope(function.typeParameters, parent: work.scope, &walk)
    let inner = walk.makeScope(.function, parent: outer)
    for list in [arguments.positionalOnly, arguments.positional, arguments.keywordOnly] {
      for argument in tree[list] { walk.note(tree.nameID(argument), .parameter, in: inner) }
    }
    for argument in [arguments.variadic, arguments.keywordVariadic] where !argument.isNone {
      walk.note(tree.nameID(argument), .parameter, in: inner)
    }
    walk.push(Array(tree[function.body]), scope: inner, namedScope: inner)
    walk.push(Array(tree[function.decorators]), scope: work.scope, namedScope: work.namedScope)
    walk.push(defaults(arguments), scope: work.scope, namedScope: work.namedScope)
  }

  private func visitClass(_ work: ScopeWork, _ walk: inout ScopeWalk) {
    let classDef = tree.classDef(work.node)
    walk.note(classDef.name, .bound, in: work.scope)
    let outer = makeTypeScope(classDef.typeParameters, parent: work.scope, &walk)
    let inner = walk.makeScope(.classBody, parent: outer)
    walk.push(Array(tree[classDef.body]), scope: inner, namedScope: inner)
    // With type parameters, the bases belong to a scope of their own.
    let basesScope = outer == work.scope ? work.scope : -1
    walk.push(Array(tree[classDef.bases]) + Array(tree[classDef.keywords]), scope: basesScope, namedScope: -1)
    walk.push(Array(tree[classDef.decorators]), scope: work.scope, namedScope: work.namedScope)
  }

  private func makeTypeScope(_ parameters: ListID, parent: Int, _ walk: inout ScopeWalk) -> Int {
    guard !tree[parameters].isEmpty else { return parent }
    let scope = walk.makeScope(.typeParameters, parent: parent)
    for parameter in tree[parameters] { walk.note(tree.nameID(parameter), .bound, in: scope) }
    return scope
  }

  private func visitComprehension(_ work: ScopeWork, _ node: Node, _ walk: inout ScopeWalk) {
    let generators = tree[ListID(node.kind == .dictComp ? node.c : node.b)]
    var inside = [NodeID(node.a)]
    if node.kind == .dictComp { inside.append(NodeID(node.b)) }
    for (position, id) in generators.enumerated() {
      let generator = tree.generator(id)
      inside.append(contentsOf: tree[generator.conditions])
      if position > 0 { inside.append(generator.iterable) }
    }
    walk.push(inside, scope: -1, namedScope: work.namedScope)
    if let first = generators.first {
      walk.push([tree.generator(first).iterable], scope: work.scope, namedScope: work.namedScope)
    }
  }

  /// Annotations are left out: since 3.14 they are scopes of their own.
  private mutating func visitAnnotated(_ work: ScopeWork, _ walk: inout ScopeWalk) {
    let assignment = tree.annAssign(work.node)
    if tree.kind(assignment.target) == .name, work.scope >= 0 {
      let name = tree.nameID(assignment.target)
      let isSimple = tree[work.node].flag != 0
      let facts = walk.scopes[work.scope].names[name] ?? []
      if isSimple, walk.scopes[work.scope].kind != .module, !facts.isDisjoint(with: [.global, .nonlocal]) {
        let kind = facts.contains(.global) ? "global" : "nonlocal"
        report(work.node, "annotated name `\(tree.text(name))` can't be \(kind)")
      }
      if isSimple {
        walk.note(name, [.annotated, .bound], in: work.scope)
      } else if !assignment.value.isNone {
        walk.note(name, .bound, in: work.scope)
      }
    } else {
      walk.push([assignment.target], scope: work.scope, namedScope: work.namedScope)
    }
    walk.push([assignment.value], scope: work.scope, namedScope: work.namedScope)
  }

  private mutating func declare(_ work: ScopeWork, _ node: Node, _ walk: inout ScopeWalk) {
    guard work.scope >= 0 else { return }
    let isGlobal = node.kind == .global
    let kind = isGlobal ? "global" : "nonlocal"
    if !isGlobal, walk.scopes[work.scope].kind == .module {
      report(work.node, "`nonlocal` declaration not allowed at module level")
      return
    }
    for name in tree.declaredNames(work.node) {
      let facts = walk.scopes[work.scope].names[name] ?? []
      let text = tree.text(name)
      if facts.contains(.parameter) {
        report(work.node, "name `\(text)` is parameter and \(kind)")
      } else if facts.contains(.used) {
        report(work.node, "name `\(text)` is used prior to \(kind) declaration")
      } else if facts.contains(.annotated) {
        report(work.node, "annotated name `\(text)` can't be \(kind)")
      } else if facts.contains(.bound) {
        report(work.node, "name `\(text)` is assigned to before \(kind) declaration")
      } else if facts.contains(isGlobal ? .nonlocal : .global) {
        report(work.node, "name `\(text)` is nonlocal and global")
      }
      walk.note(name, isGlobal ? .global : .nonlocal, in: work.scope)
      if !isGlobal { walk.nonlocals.append((work.scope, name, work.node)) }
    }
  }

  /// Each nonlocal name is bound in a function around.
  private mutating func checkNonlocals(_ walk: ScopeWalk) {
    for (scope, name, node) in walk.nonlocals {
      var position = walk.scopes[scope].parent
      var isBound = false
      var isHiddenByClass = false
      search: while position >= 0 {
        let around = walk.scopes[position]
        let facts = around.names[name] ?? []
        switch around.kind {
        case .module: break search
        case .classBody where tree.text(name) == "__class__":
          isBound = true
          break search
        case .classBody: isHiddenByClass = isHiddenByClass || !facts.isEmpty
        case .typeParameters where facts.contains(.bound):
          if !isHiddenByClass { report(node, "nonlocal binding not allowed for type parameter `\(tree.text(name))`") }
          isBound = true
          break search
        case .typeParameters: break
        case .function:
          if facts.contains(.global) { break search }
          if !facts.isDisjoint(with: [.bound, .imported, .parameter, .nonlocal]) {
            isBound = true
            break search
          }
        }
        position = around.parent
      }
      if !isBound { report(node, "no binding for nonlocal `\(tree.text(name))` found") }
    }
  }

  private func defaults(_ arguments: Arguments) -> [NodeID] {
    Array(tree[arguments.defaults]) + tree[arguments.keywordDefaults].filter { !$0.isNone }
  }

  /// The name that an import binds; none for `*`.
  private func boundName(of id: NodeID, _ walk: inout ScopeWalk) -> NameID {
    let alias = tree.alias(id)
    guard alias.asName.isNone else { return alias.asName }
    let text = tree.text(alias.name)
    guard let dot = text.firstIndex(of: ".") else { return alias.name == starName ? .none : alias.name }
    let first = text[..<dot]
    if walk.nameIDs.isEmpty {
      for (index, name) in tree.names.enumerated() { walk.nameIDs[name] = NameID(UInt32(index)) }
    }
    return walk.nameIDs[String(first)] ?? .none
  }
}
