public import MerlonPython

extension Semantics {
  /// True when control never reaches the end of a block: it returns, raises, leaves or repeats a loop, or calls
  /// something that does not return.
  public func alwaysExits(_ block: ListID) -> Bool {
    tree[block].contains { statementExits($0) }
  }

  private func statementExits(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .return, .raise, .continue, .break: return true
    case .if: return allBranchesExit(id)
    case .with, .asyncWith: return alwaysExits(tree.with(id).body)
    case .while:
      let loop = tree.conditional(id)
      return isAlwaysTrue(loop.test) && !hasBreak(loop.body)
    case .try, .tryStar:
      let parts = tree.try_(id)
      if alwaysExits(parts.finally) { return true }
      guard alwaysExits(parts.body) || alwaysExits(parts.orElse) else { return false }
      return tree[parts.handlers].allSatisfy { alwaysExits(tree.exceptHandler($0).body) }
    case .match:
      let cases = tree[tree.match(id).cases]
      guard let last = cases.last.map({ tree.matchCase($0) }), last.guard.isNone, isWildcard(last.pattern) else {
        return false
      }
      return cases.allSatisfy { alwaysExits(tree.matchCase($0).body) }
    case .expr:
      let value = NodeID(node.a)
      return tree.kind(value) == .call && neverReturns(value)
    default: return false
    }
  }

  private func allBranchesExit(_ id: NodeID) -> Bool {
    var id = id
    while true {
      let branch = tree.conditional(id)
      guard alwaysExits(branch.body) else { return false }
      let rest = tree[branch.orElse]
      // An `elif` is an `if` alone in the other branch.
      guard rest.count == 1, let next = rest.first, tree.kind(next) == .if else { return alwaysExits(branch.orElse) }
      id = next
    }
  }

  private func isAlwaysTrue(_ test: NodeID) -> Bool {
    guard tree.kind(test) == .constant else { return false }
    return tree.constantKind(test) == .true || tree.integerValue(test) == 1
  }

  private func isWildcard(_ pattern: NodeID) -> Bool {
    tree.kind(pattern) == .matchAs && NodeID(tree[pattern].a).isNone
  }

  /// True when a loop's body has a `break` of its own.
  private func hasBreak(_ body: ListID) -> Bool {
    var pending = Array(tree[body])
    while let next = pending.popLast() {
      switch tree.kind(next) {
      case .break: return true
      case .for, .asyncFor: pending += tree[tree.for_(next).orElse]
      case .while: pending += tree[tree.conditional(next).orElse]
      case .functionDef, .asyncFunctionDef, .classDef: continue
      case .exceptHandler, .matchCase: pending += tree.children(next)
      case let kind where kind.isStatement: pending += tree.children(next)
      default: continue
      }
    }
    return false
  }

  /// True for a call of a function that never returns: `sys.exit`, or a project function annotated `NoReturn`.
  public func neverReturns(_ call: NodeID) -> Bool {
    switch qualifiedName(of: tree.call(call).function) {
    case "sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit": return true
    case nil: return false
    default: break
    }
    guard let target = definition(of: tree.call(call).function), let owner = program.module(target.module),
      owner.tree.kind(target.node) == .functionDef || owner.tree.kind(target.node) == .asyncFunctionDef
    else { return false }
    let returns = owner.tree.functionDef(target.node).returns
    guard !returns.isNone else { return false }
    let name = Semantics(program: program, module: owner).qualifiedName(of: returns)
    return ["typing.NoReturn", "typing.Never", "typing_extensions.NoReturn", "typing_extensions.Never"].contains(name)
  }

  // MARK: try

  /// A place inside a `try` statement.
  public struct TryContext: Sendable {
    public enum Part: Sendable { case body, handler, orElse, finally }
    public let statement: NodeID
    public let part: Part
    /// The handler when `part` is one.
    public let handler: NodeID
  }

  /// The `try` statements around a node within its function, innermost first.
  public func enclosingTries(of node: NodeID) -> [TryContext] {
    var result: [TryContext] = []
    var child = node
    var parent = module.parent(of: node)
    while !parent.isNone {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: return result
      case .try, .tryStar:
        let parts = tree.try_(parent)
        let part: TryContext.Part
        if tree.kind(child) == .exceptHandler {
          part = .handler
        } else if tree[parts.body].contains(child) {
          part = .body
        } else {
          part = tree[parts.orElse].contains(child) ? .orElse : .finally
        }
        result.append(TryContext(statement: parent, part: part, handler: part == .handler ? child : .none))
      default: break
      }
      child = parent
      parent = module.parent(of: parent)
    }
    return result
  }

  /// The exception classes that a handler catches, by dotted name; nil where one is not known. A bare `except:`
  /// catches `builtins.BaseException`.
  public func caughtTypes(_ handler: NodeID) -> [String?] {
    let type = tree.exceptHandler(handler).type
    guard !type.isNone else { return ["builtins.BaseException"] }
    guard tree.kind(type) == .tuple else { return [qualifiedName(of: type)] }
    return tree[ListID(tree[type].a)].map { qualifiedName(of: $0) }
  }
}
