import MerlonBase

/// Checks that depend on what encloses a statement: loops, functions, classes, handlers.
extension SemanticChecker {
  /// Deepest nesting of loops, `with` and `try` in one function: `CO_MAXBLOCKS` of CPython 3.13, the most lenient.
  /// Generators and coroutines use one themselves.
  private static let maxBlocks = 21

  /// What encloses a statement.
  struct StatementContext {
    enum Scope { case module, classBody, function, asyncFunction }
    var scope = Scope.module
    /// Index in `functions` of the function whose body this is.
    var function = 0
    var isInLoop = false
    /// In a handler of `except*`, which no jump may leave.
    var forbidsReturn = false
    /// As `forbidsReturn`, with no loop between.
    var forbidsJump = false
    /// The expression is not compiled: where it awaits does not matter.
    var ignoresAsync = false
    /// Number of enclosing blocks of the same function.
    var blocks = 0

    /// The context of the body of a function or class that stands here.
    func entering(_ scope: Scope, function: Int) -> StatementContext {
      StatementContext(scope: scope, function: function)
    }

    var insideLoop: StatementContext {
      var context = insideBlock(1)
      context.isInLoop = true
      context.forbidsJump = false
      return context
    }

    var insideExceptStar: StatementContext {
      var context = insideBlock(1)
      context.forbidsReturn = true
      context.forbidsJump = true
      return context
    }

    func insideBlock(_ count: Int) -> StatementContext {
      var context = self
      context.blocks += count
      return context
    }
  }

  /// What only the whole body of a function tells.
  struct FunctionState {
    var isAsync = false
    var yields = false
    var returnWithValue = NodeID.none
    /// First place that nests as deeply as is allowed.
    var deepest = NodeID.none
  }

  /// Walks all statements without recursion.
  mutating func checkStatements() {
    var functions = [FunctionState()]
    let extra = tree.extra
    // Positions in `extra`, not lists, which would have to be retained for each statement.
    var stack: [(position: Int, end: Int, context: StatementContext)] = []
    func enter(_ list: ListID, _ context: StatementContext) {
      let elements = tree[list]
      if !elements.isEmpty { stack.append((elements.startIndex, elements.endIndex, context)) }
    }
    enter(ListID(tree[tree.root].a), StatementContext())
    while let last = stack.indices.last {
      let (position, end, context) = stack[last]
      if position + 1 < end { stack[last].position = position + 1 } else { stack.removeLast() }
      let id = NodeID(extra[position])
      let node = tree[id]
      checkStatement(id, node, context, &functions)
      switch node.kind {
      case .functionDef, .asyncFunctionDef:
        functions.append(FunctionState(isAsync: node.kind == .asyncFunctionDef))
        let scope: StatementContext.Scope = node.kind == .functionDef ? .function : .asyncFunction
        enter(ListID(tree.slot(node, 2)), context.entering(scope, function: functions.count - 1))
      case .classDef:
        enter(ListID(tree.slot(node, 3)), context.entering(.classBody, function: 0))
      case .if:
        enter(ListID(node.b), context)
        enter(ListID(node.c), context)
      case .while:
        enter(ListID(node.b), context.insideLoop)
        enter(ListID(node.c), context)
      case .for, .asyncFor:
        enter(ListID(tree.slot(node, 2)), context.insideLoop)
        enter(ListID(tree.slot(node, 3)), context)
      case .with, .asyncWith:
        enter(ListID(node.b), context.insideBlock(tree[ListID(node.a)].count))
      case .match:
        for matchCase in tree[ListID(node.b)] { enter(tree.matchCase(matchCase).body, context) }
      case .try, .tryStar:
        let parts = tree.try_(id)
        let outer = context.insideBlock(tree[parts.finally].isEmpty ? 0 : 1)
        enter(parts.body, outer.insideBlock(tree[parts.handlers].isEmpty ? 0 : 1))
        for handler in tree[parts.handlers] {
          let inner = node.kind == .tryStar ? outer.insideExceptStar : outer.insideBlock(1)
          enter(tree.exceptHandler(handler).body, inner)
        }
        enter(parts.orElse, outer)
        enter(parts.finally, context.insideBlock(1))
      default: continue
      }
    }
    for function in functions {
      if function.isAsync, function.yields, !function.returnWithValue.isNone {
        report(function.returnWithValue, "`return` with value in async generator")
      }
      if function.isAsync || function.yields, !function.deepest.isNone {
        report(function.deepest, "too many statically nested blocks")
      }
    }
  }

  /// Checks one statement without the statements inside it.
  private mutating func checkStatement(
    _ id: NodeID, _ node: Node, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    switch node.kind {
    case .return: checkReturn(id, node, context, &functions)
    case .break:
      if !context.isInLoop {
        report(id, "`break` outside loop")
      } else if context.forbidsJump {
        report(id, "`break`, `continue` and `return` cannot appear in an `except*` block")
      }
    case .continue:
      if !context.isInLoop {
        report(id, "`continue` not properly in loop")
      } else if context.forbidsJump {
        report(id, "`break`, `continue` and `return` cannot appear in an `except*` block")
      }
    case .asyncFor:
      if context.scope != .asyncFunction { report(id, "`async for` outside async function") }
      checkBlocks(of: [id], context, &functions)
    case .importFrom where context.scope != .module && !starName.isNone:
      if tree[ListID(node.b)].contains(where: { tree.alias($0).name == starName }) {
        report(id, "`import *` only allowed at module level")
      }
    case .global, .nonlocal: if context.scope == .module { declaresInModule = true }
    case .with: checkBlocks(of: tree[ListID(node.a)].map { tree.withItem($0).context }, context, &functions)
    case .asyncWith:
      if context.scope != .asyncFunction { report(id, "`async with` outside async function") }
      checkBlocks(of: tree[ListID(node.a)].map { tree.withItem($0).context }, context, &functions)
    case .while, .for, .try, .tryStar: checkBlocks(of: [id], context, &functions)
    default: break
    }
    guard !contextual.isEmpty, hasContextual(ownRange(of: node)) else { return }
    checkExpressions(of: id, node, context, &functions)
  }

  /// Where the expressions of a statement itself stand: what comes before its body, decorators included; the whole
  /// statement where others stand between its blocks.
  private func ownRange(of node: Node) -> TextRange {
    let body: ListID
    var start = node.start
    switch node.kind {
    case .functionDef, .asyncFunctionDef, .classDef:
      body = ListID(tree.slot(node, node.kind == .classDef ? 3 : 2))
      let decorators = tree[ListID(tree.slot(node, node.kind == .classDef ? 4 : 3))]
      if let first = decorators.first { start = min(start, tree.range(first).start) }
    case .if, .while, .with, .asyncWith: body = ListID(node.b)
    case .for, .asyncFor: body = ListID(tree.slot(node, 2))
    default: return node.range
    }
    let end = tree[body].first.map { tree.range($0).start } ?? node.end
    return TextRange(start: start, end: end)
  }

  /// Reports the first block that nests too deeply, not those inside it; each part opens one.
  private mutating func checkBlocks(
    of parts: [NodeID], _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    let limit = SemanticChecker.maxBlocks
    guard context.blocks <= limit, context.blocks + parts.count >= limit else { return }
    let room = limit - context.blocks
    if parts.count > room { report(parts[room], "too many statically nested blocks") }
    if room > 0, functions[context.function].deepest.isNone { functions[context.function].deepest = parts[room - 1] }
  }

  private mutating func checkReturn(
    _ id: NodeID, _ node: Node, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    switch context.scope {
    case .module, .classBody: report(id, "`return` outside function")
    case .function: break
    case .asyncFunction:
      if node.a != 0, functions[context.function].returnWithValue.isNone {
        functions[context.function].returnWithValue = id
      }
    }
    if context.forbidsReturn { report(id, "`break`, `continue` and `return` cannot appear in an `except*` block") }
  }
}
