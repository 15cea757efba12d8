public import MerlonPython

extension Module {
  /// The bindings of a module's or class's name that count once its code has run: the last one that always runs, and
  /// what may bind the name after it. For names of functions, all.
  func lasting(_ bindings: [Binding], of symbol: SymbolID) -> [Binding] {
    let scope = self[symbol].scope
    guard bindings.count > 1, scope == .module || self[scope].kind == .class else { return bindings }
    let owner = self[scope].node
    let last = bindings.lastIndex { binding in
      switch binding.kind {
      case .augmentedAssignment, .annotation, .deletion: return false
      default: return binding.scope == scope && parent(of: enclosingStatement(of: binding.statement)) == owner
      }
    }
    guard let last, !isAccessor(bindings[last]) else { return bindings }
    return bindings[..<last].filter { $0.scope != scope } + bindings[last...]
  }

  /// True for the accessors of a property, which belong together.
  private func isAccessor(_ binding: Binding) -> Bool {
    guard binding.kind == .function else { return false }
    return tree[tree.functionDef(binding.node).decorators].contains { decorator in
      let node = tree[decorator]
      guard node.kind == .attribute else { return false }
      let name = tree.text(NameID(node.b))
      return name == "setter" || name == "deleter" || name == "getter"
    }
  }

  /// True inside the handler of a `try`.
  func isInHandler(_ statement: NodeID) -> Bool {
    var node = parent(of: statement)
    while !node.isNone {
      switch tree.kind(node) {
      case .exceptHandler: return true
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: return false
      default: node = parent(of: node)
      }
    }
    return false
  }

  /// The bindings of a local name that may reach one of its uses, the last one first decided: an assignment that
  /// always runs before the use hides the earlier ones, the other branch of the same `if` and code that follows do
  /// not count (unless a loop leads back).
  public func reachingBindings(of use: NodeID, _ symbol: SymbolID) -> [Binding] {
    let all = bindings(of: symbol, limit: Self.orderedBindings + 1)
    guard (2...Self.orderedBindings).contains(all.count), scope(of: use) == self[symbol].scope else { return all }
    let useBlocks = blocks(around: use)
    let start = tree[use].start
    var result: [Binding] = []
    var isHidden = false
    for binding in all.reversed() {
      guard binding.scope == self[symbol].scope else {
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

  /// Most bindings of one name that are looked at in order; with more, the first of them count for every use.
  private static let orderedBindings = 50

  /// One branch of a compound statement.
  struct Block: Hashable {
    var statement: NodeID
    /// Which of its blocks: position among body, handlers, else and so on.
    var branch: UInt32
  }

  private func precedes(_ binding: Binding, _ start: UInt32, _ use: NodeID) -> Bool {
    if binding.kind == .parameter { return true }
    // A value is computed before its target is bound.
    if enclosingStatement(of: use) == enclosingStatement(of: binding.node) {
      let kind = tree.kind(binding.statement)
      if kind == .assign || kind == .annAssign || kind == .augAssign { return false }
    }
    return tree[binding.node].start < start
  }

  /// The blocks around a node within its scope, outermost first.
  private func blocks(around node: NodeID) -> [Block] {
    var result: [Block] = []
    var child = node
    var parent = parent(of: node)
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
      parent = self.parent(of: parent)
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

  /// True when a block ends in `return` or `raise`, or in branches that all do.
  private func returns(_ block: ListID) -> Bool {
    var block = block
    while let last = tree[block].last {
      switch tree.kind(last) {
      case .return, .raise: return true
      case .if:
        let branch = tree.conditional(last)
        guard returnsPlainly(branch.body) else { return false }
        block = branch.orElse
      default: return false
      }
    }
    return false
  }

  private func returnsPlainly(_ block: ListID) -> Bool {
    guard let last = tree[block].last else { return false }
    return tree.kind(last) == .return || tree.kind(last) == .raise
  }
}
