import MerlonBase

/// Checks of `yield`, `await`, `:=` and asynchronous comprehensions, which depend on the scopes around them.
extension SemanticChecker {
  /// A scope inside one statement.
  private struct ExpressionScope {
    enum Kind {
      /// The body that holds the statement.
      case statement
      case lambda
      case comprehension
      /// A place that only types may use; the text names it in messages.
      case typeScope(String)
    }
    var kind: Kind
    var parent: Int
    var node = NodeID.none
    /// Iteration variables of a comprehension.
    var targets = Set<NameID>()
    /// A comprehension that awaits.
    var isAsync = false
  }

  private struct Work {
    var node: NodeID
    var scope: Int
    /// Somewhere below the iterable of a comprehension.
    var isInIterable: Bool
  }

  /// Checks the expressions that belong to a statement itself.
  mutating func checkExpressions(
    of id: NodeID, _ node: Node, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    switch node.kind {
    case .functionDef, .asyncFunctionDef:
      let function = tree.functionDef(id)
      let isGeneric = !tree[function.typeParameters].isEmpty
      for decorator in tree[function.decorators] { checkExpression(decorator, context, &functions) }
      checkParameters(function.arguments, isGeneric: isGeneric, context, &functions)
      checkAnnotation(function.returns, isGeneric: isGeneric, context, &functions)
      checkTypeParameters(function.typeParameters, context, &functions)
    case .classDef:
      let classDef = tree.classDef(id)
      let scope = tree[classDef.typeParameters].isEmpty ? nil : "the definition of a generic"
      for decorator in tree[classDef.decorators] { checkExpression(decorator, context, &functions) }
      for base in tree[classDef.bases] { checkExpression(base, typeScope: scope, context, &functions) }
      for keyword in tree[classDef.keywords] { checkExpression(keyword, typeScope: scope, context, &functions) }
      checkTypeParameters(classDef.typeParameters, context, &functions)
    case .typeAlias:
      let alias = tree.typeAlias(id)
      checkTypeParameters(alias.typeParameters, context, &functions)
      checkExpression(alias.value, typeScope: "a type alias", context, &functions)
    case .annAssign:
      let assignment = tree.annAssign(id)
      checkExpression(assignment.target, context, &functions)
      if node.flag == 0 {
        // Only the annotations of plain names can be postponed.
        checkExpression(assignment.annotation, context, &functions)
      } else {
        checkLocalAnnotation(assignment.annotation, context, &functions)
      }
      checkExpression(assignment.value, context, &functions)
    case .if, .while: checkExpression(NodeID(node.a), context, &functions)
    case .for, .asyncFor:
      checkExpression(NodeID(tree.slot(node, 0)), context, &functions)
      checkExpression(NodeID(tree.slot(node, 1)), context, &functions)
    case .with, .asyncWith:
      for item in tree[ListID(node.a)] {
        checkExpression(tree.withItem(item).context, context, &functions)
        checkExpression(tree.withItem(item).variables, context, &functions)
      }
    case .try, .tryStar:
      for handler in tree[tree.try_(id).handlers] {
        checkExpression(tree.exceptHandler(handler).type, context, &functions)
      }
    case .match:
      checkExpression(NodeID(node.a), context, &functions)
      for matchCase in tree[ListID(node.b)] { checkExpression(tree.matchCase(matchCase).guard, context, &functions) }
    case .pass, .break, .continue, .import, .importFrom, .global, .nonlocal, .errorStatement: break
    default: checkExpression(id, context, &functions)
    }
  }

  private mutating func checkParameters(
    _ id: NodeID, isGeneric: Bool, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    let arguments = tree.arguments(id)
    for list in [arguments.defaults, arguments.keywordDefaults] {
      for value in tree[list] where !value.isNone { checkExpression(value, context, &functions) }
    }
    for list in [arguments.positionalOnly, arguments.positional, arguments.keywordOnly] {
      for argument in tree[list] {
        checkAnnotation(tree.arg(argument).annotation, isGeneric: isGeneric, context, &functions)
      }
    }
    for argument in [arguments.variadic, arguments.keywordVariadic] where !argument.isNone {
      checkAnnotation(tree.arg(argument).annotation, isGeneric: isGeneric, context, &functions)
    }
  }

  private mutating func checkAnnotation(
    _ id: NodeID, isGeneric: Bool, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    guard !postponesAnnotations else {
      // Up to 3.9 a postponed annotation may hold what only functions may; its comprehensions are checked all the same.
      var permissive = StatementContext(scope: .function)
      permissive.ignoresAsync = true
      var own = [FunctionState()]
      return checkExpression(id, permissive, &own)
    }
    checkExpression(id, typeScope: isGeneric ? "the definition of a generic" : nil, context, &functions)
  }

  /// The annotation of a variable. Inside functions it is never compiled, so that only its scopes count.
  private mutating func checkLocalAnnotation(
    _ id: NodeID, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    var context = context
    context.ignoresAsync = context.scope == .function || context.scope == .asyncFunction
    checkAnnotation(id, isGeneric: false, context, &functions)
  }

  private mutating func checkTypeParameters(
    _ list: ListID, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    for id in tree[list] {
      checkExpression(id, typeScope: "a type parameter", context, &functions)
    }
  }

  /// Walks one expression, if anything in it needs its context.
  private mutating func checkExpression(
    _ root: NodeID, typeScope: String? = nil, _ context: StatementContext, _ functions: inout [FunctionState]
  ) {
    guard !root.isNone, hasContextual(tree.range(root)) else { return }
    var scopes = [ExpressionScope(kind: typeScope.map { .typeScope($0) } ?? .statement, parent: 0)]
    var stack = [Work(node: root, scope: 0, isInIterable: false)]
    while let work = stack.popLast() {
      let node = tree[work.node]
      switch node.kind {
      case .constant, .name: continue
      case .yield, .yieldFrom:
        if checkYield(work, node.kind, scopes, context) { functions[context.function].yields = true }
      case .await: checkAwait(work, &scopes, context)
      case .namedExpr: checkNamed(work, NodeID(node.a), scopes, context)
      case .lambda:
        pushLambda(work, node, &scopes, &stack)
        continue
      case .listComp, .setComp, .generatorExp, .dictComp:
        pushComprehension(work, node, &scopes, &stack)
        continue
      default: break
      }
      tree.forEachChild(work.node) {
        stack.append(Work(node: $0, scope: work.scope, isInIterable: work.isInIterable))
      }
    }
    checkAsyncComprehensions(&scopes, context)
  }

  /// Answers whether the yield makes a generator of the function around the statement.
  private mutating func checkYield(
    _ work: Work, _ kind: NodeKind, _ scopes: [ExpressionScope], _ context: StatementContext
  ) -> Bool {
    let scope = scopes[work.scope]
    switch scope.kind {
    case .lambda: break
    case .comprehension: report(work.node, "`yield` inside \(comprehensionName(scope.node))")
    case .typeScope(let name): report(work.node, "yield expression cannot be used within \(name)")
    case .statement:
      switch context.scope {
      case .module, .classBody: report(work.node, "`yield` outside function")
      case .function: return true
      case .asyncFunction:
        if kind == .yieldFrom, !context.ignoresAsync { report(work.node, "`yield from` inside async function") }
        return true
      }
    }
    return false
  }

  private mutating func checkAwait(_ work: Work, _ scopes: inout [ExpressionScope], _ context: StatementContext) {
    switch scopes[work.scope].kind {
    case .lambda:
      if !context.ignoresAsync { report(work.node, "`await` outside async function") }
    case .comprehension: scopes[work.scope].isAsync = true
    case .typeScope(let name): report(work.node, "await expression cannot be used within \(name)")
    case .statement:
      switch context.scope {
      case .module, .classBody: report(work.node, "`await` outside function")
      case .function:
        if !context.ignoresAsync { report(work.node, "`await` outside async function") }
      case .asyncFunction: break
      }
    }
  }

  /// PEP 572: where `:=` may stand, and which names it may bind.
  private mutating func checkNamed(
    _ work: Work, _ target: NodeID, _ scopes: [ExpressionScope], _ context: StatementContext
  ) {
    if work.isInIterable {
      report(work.node, "assignment expression cannot be used in a comprehension iterable expression")
      return
    }
    let name = tree.nameID(target)
    var position = work.scope
    var isInComprehension = false
    while case .comprehension = scopes[position].kind {
      if scopes[position].targets.contains(name) {
        report(
          work.node, "assignment expression cannot rebind comprehension iteration variable `\(tree.text(name))`")
        return
      }
      isInComprehension = true
      position = scopes[position].parent
    }
    switch scopes[position].kind {
    case .typeScope(let name): report(work.node, "named expression cannot be used within \(name)")
    case .statement where isInComprehension && context.scope == .classBody:
      report(work.node, "assignment expression within a comprehension cannot be used in a class body")
    default: break
    }
  }

  private func pushLambda(
    _ work: Work, _ node: Node, _ scopes: inout [ExpressionScope], _ stack: inout [Work]
  ) {
    let arguments = tree.arguments(NodeID(node.a))
    for list in [arguments.defaults, arguments.keywordDefaults] {
      for value in tree[list] where !value.isNone {
        stack.append(Work(node: value, scope: work.scope, isInIterable: work.isInIterable))
      }
    }
    scopes.append(ExpressionScope(kind: .lambda, parent: work.scope, node: work.node))
    stack.append(Work(node: NodeID(node.b), scope: scopes.count - 1, isInIterable: work.isInIterable))
  }

  private func pushComprehension(
    _ work: Work, _ node: Node, _ scopes: inout [ExpressionScope], _ stack: inout [Work]
  ) {
    let own = scopes.count
    var scope = ExpressionScope(kind: .comprehension, parent: work.scope, node: work.node)
    let generators = tree[ListID(node.kind == .dictComp ? node.c : node.b)]
    for (position, id) in generators.enumerated() {
      let generator = tree.generator(id)
      scope.isAsync = scope.isAsync || generator.isAsync
      tree.walk(generator.target) { id in
        if tree.kind(id) == .name, tree.context(id) == .store { scope.targets.insert(tree.nameID(id)) }
        return true
      }
      // The first iterable is evaluated outside.
      stack.append(Work(node: generator.iterable, scope: position == 0 ? work.scope : own, isInIterable: true))
      stack.append(Work(node: generator.target, scope: own, isInIterable: work.isInIterable))
      for condition in tree[generator.conditions] {
        stack.append(Work(node: condition, scope: own, isInIterable: work.isInIterable))
      }
    }
    scopes.append(scope)
    stack.append(Work(node: NodeID(node.a), scope: own, isInIterable: work.isInIterable))
    if node.kind == .dictComp {
      stack.append(Work(node: NodeID(node.b), scope: own, isInIterable: work.isInIterable))
    }
  }

  /// A comprehension that awaits needs an asynchronous function around it; a generator expression does not, since it
  /// is only made there.
  private mutating func checkAsyncComprehensions(_ scopes: inout [ExpressionScope], _ context: StatementContext) {
    if context.ignoresAsync { return }
    for position in scopes.indices.dropFirst().reversed() {
      let scope = scopes[position]
      guard case .comprehension = scope.kind, scope.isAsync, tree.kind(scope.node) != .generatorExp else { continue }
      switch scopes[scope.parent].kind {
      case .comprehension: scopes[scope.parent].isAsync = true
      case .statement where context.scope == .asyncFunction: continue
      case .statement, .lambda, .typeScope:
        report(scope.node, "asynchronous comprehension outside of an asynchronous function")
      }
    }
  }

  private func comprehensionName(_ id: NodeID) -> String {
    switch tree.kind(id) {
    case .listComp: "list comprehension"
    case .setComp: "set comprehension"
    case .dictComp: "dict comprehension"
    default: "generator expression"
    }
  }
}
