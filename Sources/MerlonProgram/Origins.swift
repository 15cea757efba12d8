public import MerlonPython

extension Semantics {
  /// The constant value of an expression, folded through names, modules and simple operations; nil when unknown.
  public func constant(of expression: NodeID) -> ConstantValue? {
    var folder = ConstantFolder(program)
    return folder.fold(expression, module)
  }

  /// The expressions that may have produced a value: local names are followed to the values of the assignments that
  /// reach them, through `await`, conditional expressions, `or`, `and` and walrus.
  ///
  /// A parameter ends as its parameter node, an import as its alias, a name of the module or of a library as the name
  /// itself; an unpacked element, a loop variable and the target of `with` as the expression that they come from.
  ///
  /// - Parameter throughConversions: also go on through `str(x)`, `x.strip()` and their like.
  public func origins(of expression: NodeID, throughConversions: Bool = false) -> [NodeID] {
    var search = OriginSearch(semantics: self, throughConversions: throughConversions)
    search.follow(expression)
    return search.found
  }
}

/// The search for one value's origins; visits each expression once and stops at a limit.
private struct OriginSearch {
  static let limit = 500

  let semantics: Semantics
  let throughConversions: Bool
  var found: [NodeID] = []
  private var pending: [NodeID] = []
  private var seen: Set<NodeID> = []

  init(semantics: Semantics, throughConversions: Bool) {
    self.semantics = semantics
    self.throughConversions = throughConversions
  }

  private var tree: Tree { semantics.module.tree }

  mutating func follow(_ expression: NodeID) {
    pending = [expression]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard seen.count < Self.limit else {
        found.append(next)
        continue
      }
      let mark = pending.count
      visit(next)
      pending[mark...].reverse()
    }
  }

  private mutating func visit(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .name: visitName(id)
    case .await, .starred: pending.append(NodeID(node.a))
    case .namedExpr: pending.append(NodeID(node.b))
    case .ifExp: pending += [NodeID(node.b), NodeID(node.c)]
    case .boolOp: pending += tree[ListID(node.a)]
    case .call where throughConversions:
      if let inner = converted(id) { pending.append(inner) } else { found.append(id) }
    default: found.append(id)
    }
  }

  private mutating func visitName(_ id: NodeID) {
    let module = semantics.module
    guard let symbol = module.symbol(of: id), module[module[symbol].scope].kind.isFunctionLike else {
      found.append(id)
      return
    }
    let bindings = semantics.reachingBindings(of: id, symbol)
    for binding in bindings {
      switch binding.kind {
      case .deletion, .annotation: continue
      case .parameter, .import, .importFrom, .function, .class, .exceptHandler, .typeParameter, .typeAlias:
        found.append(binding.node)
      case .assignment, .annotatedAssignment, .walrus:
        if binding.value.isNone {
          found.append(binding.node)
        } else if binding.path.isWhole {
          pending.append(binding.value)
        } else {
          found.append(binding.value)
        }
      case .augmentedAssignment: pending.append(binding.value)
      case .forTarget, .comprehensionTarget, .withTarget, .matchCapture:
        found.append(binding.value.isNone ? binding.node : binding.value)
      }
    }
    if bindings.isEmpty { found.append(id) }
  }

  /// What a conversion call converts.
  private func converted(_ call: NodeID) -> NodeID? {
    let parts = tree.call(call)
    if tree.kind(parts.function) == .attribute {
      let attribute = tree.attribute(parts.function)
      switch tree.text(attribute.name) {
      case "strip", "lstrip", "rstrip", "lower", "upper", "encode", "decode", "title", "removeprefix", "removesuffix":
        return attribute.value
      default: return nil
      }
    }
    guard tree.kind(parts.function) == .name, let first = tree[parts.arguments].first else { return nil }
    switch semantics.qualifiedName(of: parts.function) {
    case "builtins.str", "builtins.bytes", "builtins.repr", "builtins.list", "builtins.tuple": return first
    default: return nil
    }
  }
}

extension Semantics {
  /// The bindings of a local name that may reach one of its uses, the last one first decided: an assignment that
  /// always runs before the use hides the earlier ones, the other branch of the same `if` and code that follows do
  /// not count (unless a loop leads back).
  func reachingBindings(of use: NodeID, _ symbol: SymbolID) -> [Binding] {
    let all = module.bindings(of: symbol)
    guard all.count > 1, module.scope(of: use) == module[symbol].scope else { return all }
    let useBlocks = blocks(around: use)
    let start = tree[use].start
    var result: [Binding] = []
    var isHidden = false
    for binding in all.reversed() {
      guard binding.scope == module[symbol].scope else {
        result.append(binding)
        continue
      }
      let bindingBlocks = blocks(around: binding.node)
      let isBefore = precedes(binding, start, use)
      if !isBefore, !shareLoop(useBlocks, bindingBlocks) { continue }
      if isBefore, isHidden, !shareLoop(useBlocks, bindingBlocks) { continue }
      if areExclusive(useBlocks, bindingBlocks), !shareLoop(useBlocks, bindingBlocks) { continue }
      if leaves(bindingBlocks, before: useBlocks) { continue }
      if isHidden { continue }
      result.append(binding)
      if isBefore, bindingBlocks.count <= useBlocks.count, zip(bindingBlocks, useBlocks).allSatisfy({ $0 == $1 }),
        binding.kind != .augmentedAssignment, binding.kind != .annotation
      {
        isHidden = true
      }
    }
    return result.reversed()
  }

  /// One branch of a compound statement.
  struct Block: Hashable {
    var statement: NodeID
    /// Which of its blocks: position among body, handlers, else and so on.
    var branch: UInt32
  }

  private func precedes(_ binding: Binding, _ start: UInt32, _ use: NodeID) -> Bool {
    if binding.kind == .parameter { return true }
    // A value is computed before its target is bound.
    if module.enclosingStatement(of: use) == module.enclosingStatement(of: binding.node) {
      let kind = tree.kind(binding.statement)
      if kind == .assign || kind == .annAssign || kind == .augAssign { return false }
    }
    return tree[binding.node].start < start
  }

  /// The blocks around a node within its scope, outermost first.
  private func blocks(around node: NodeID) -> [Block] {
    var result: [Block] = []
    var child = node
    var parent = module.parent(of: node)
    while !parent.isNone {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: return result.reversed()
      case .if, .while:
        let parts = tree.conditional(parent)
        if tree[parts.body].contains(child) { result.append(Block(statement: parent, branch: 0)) }
        if tree[parts.orElse].contains(child) { result.append(Block(statement: parent, branch: 1)) }
      case .for, .asyncFor:
        let parts = tree.for_(parent)
        if tree[parts.orElse].contains(child) {
          result.append(Block(statement: parent, branch: 1))
        } else if child != parts.iterable {
          result.append(Block(statement: parent, branch: 0))
        }
      case .try, .tryStar:
        let parts = tree.try_(parent)
        if tree[parts.body].contains(child) { result.append(Block(statement: parent, branch: 0)) }
        if tree.kind(child) == .exceptHandler { result.append(Block(statement: parent, branch: 10 + child.index)) }
        if tree[parts.orElse].contains(child) { result.append(Block(statement: parent, branch: 1)) }
      case .match:
        if tree.kind(child) == .matchCase { result.append(Block(statement: parent, branch: child.index)) }
      default: break
      }
      child = parent
      parent = module.parent(of: parent)
    }
    return result.reversed()
  }

  private func shareLoop(_ left: [Block], _ right: [Block]) -> Bool {
    for (a, b) in zip(left, right) {
      guard a == b else { return false }
      switch tree.kind(a.statement) {
      case .for, .asyncFor, .while: if a.branch == 0 { return true }
      default: continue
      }
    }
    return false
  }

  private func areExclusive(_ left: [Block], _ right: [Block]) -> Bool {
    for (a, b) in zip(left, right) where a != b {
      guard a.statement == b.statement else { return false }
      switch tree.kind(a.statement) {
      case .if, .match: return true
      case .try, .tryStar: return a.branch != 0 && b.branch != 0
      default: return false
      }
    }
    return false
  }

  /// True when the block of a binding never reaches its end, so that nothing after it sees the binding.
  private func leaves(_ binding: [Block], before use: [Block]) -> Bool {
    for (position, block) in binding.enumerated() where position >= use.count || use[position] != block {
      let list: ListID
      switch tree.kind(block.statement) {
      case .if, .while:
        let parts = tree.conditional(block.statement)
        list = block.branch == 0 ? parts.body : parts.orElse
      case .try, .tryStar:
        guard block.branch >= 10 else { return false }
        list = tree.exceptHandler(NodeID(block.branch - 10)).body
      case .match: list = tree.matchCase(NodeID(block.branch)).body
      default: return false
      }
      if returns(list) { return true }
    }
    return false
  }

  /// True when a block ends in `return` or `raise`.
  private func returns(_ block: ListID) -> Bool {
    guard alwaysExits(block), let last = tree[block].last else { return false }
    switch tree.kind(last) {
    case .return, .raise: return true
    default: return false
    }
  }
}
