import MerlonPython

extension ScopeBuilder {
  /// Visits one node: binds what it binds, and pushes what lies below it.
  mutating func visit(_ work: Work) {
    let id = work.node
    let scope = work.scope
    let node = tree[id]
    switch work.mode {
    case .typeParameters: return openTypeParameters(id, node.kind, scope)
    case .body: return openBody(id, node.kind, scope)
    case .text, .plain: break
    }
    switch node.kind {
    case .functionDef, .asyncFunctionDef: visitFunction(id, scope)
    case .classDef: visitClass(id, scope)
    case .assign: visitAssign(id, scope)
    case .augAssign: visitAugAssign(id, scope)
    case .annAssign: visitAnnAssign(id, scope)
    case .typeAlias: visitTypeAlias(id, scope)
    case .delete:
      for target in tree[ListID(node.a)] where place(target, id, scope) {
        bindTarget(target, scope, Source(kind: .deletion, statement: id, value: .none))
      }
    case .for, .asyncFor:
      let loop = tree.for_(id)
      if place(loop.target, id, scope) {
        bindTarget(loop.target, scope, Source(kind: .forTarget, statement: id, value: loop.iterable))
      }
      push(loop.iterable, id, scope)
      pushList(loop.body, id, scope)
      pushList(loop.orElse, id, scope)
    case .with, .asyncWith:
      let with = tree.with(id)
      for item in tree[with.items] where place(item, id, scope) { visitWithItem(item, id, scope) }
      pushList(with.body, id, scope)
    case .match:
      let match = tree.match(id)
      push(match.subject, id, scope)
      for matchCase in tree[match.cases] where place(matchCase, id, scope) {
        let parts = tree.matchCase(matchCase)
        if place(parts.pattern, matchCase, scope) {
          bindPattern(parts.pattern, scope, Source(kind: .matchCapture, statement: id, value: match.subject))
        }
        push(parts.guard, matchCase, scope)
        pushList(parts.body, matchCase, scope)
      }
    case .exceptHandler:
      let handler = tree.exceptHandler(id)
      push(handler.type, id, scope)
      if !handler.name.isNone {
        bind(
          handler.name.index, scope, flags: .assigned,
          Binding(
            kind: .exceptHandler, node: id, statement: id, value: handler.type, annotation: .none, path: .whole,
            scope: ScopeID(scope)))
      }
      pushList(handler.body, id, scope)
    case .import: visitImport(id, scope)
    case .importFrom: visitImportFrom(id, scope)
    case .global:
      for name in tree.names(ListID(node.a)) {
        let name = mangle(name.index, scope)
        _ = symbol(name, scope, scope == 0 ? .globalElsewhere : .declaredGlobal)
        _ = symbol(name, 0, .globalElsewhere)
      }
    case .nonlocal:
      for name in tree.names(ListID(node.a)) {
        _ = symbol(mangle(name.index, scope), scope, .declaredNonlocal)
      }
    case .if, .while:
      push(NodeID(node.a), id, scope)
      pushList(ListID(node.b), id, scope)
      pushList(ListID(node.c), id, scope)
    case .try, .tryStar:
      let parts = tree.try_(id)
      pushList(parts.body, id, scope)
      pushList(parts.handlers, id, scope)
      pushList(parts.orElse, id, scope)
      pushList(parts.finally, id, scope)
    default: visitExpression(work, node)
    }
  }

  private mutating func visitFunction(_ id: NodeID, _ scope: UInt32) {
    let function = tree.functionDef(id)
    bind(
      function.name.index, scope, flags: .assigned,
      Binding(
        kind: .function, node: id, statement: id, value: .none, annotation: .none, path: .whole, scope: ScopeID(scope)))
    pushList(function.decorators, id, scope)
    if place(function.arguments, id, scope) { pushDefaults(function.arguments, scope) }
    if tree[function.typeParameters].isEmpty {
      pushAnnotations(of: id, scope)
      later(id, scope, .body)
    } else {
      later(id, scope, .typeParameters)
    }
  }

  private mutating func visitClass(_ id: NodeID, _ scope: UInt32) {
    let definition = tree.classDef(id)
    bind(
      definition.name.index, scope, flags: .assigned,
      Binding(
        kind: .class, node: id, statement: id, value: .none, annotation: .none, path: .whole, scope: ScopeID(scope)))
    if tree[definition.typeParameters].isEmpty {
      pushList(definition.bases, id, scope)
      pushList(definition.keywords, id, scope)
      pushList(definition.decorators, id, scope)
      later(id, scope, .body)
    } else {
      pushList(definition.decorators, id, scope)
      later(id, scope, .typeParameters)
    }
  }

  private mutating func visitTypeAlias(_ id: NodeID, _ scope: UInt32) {
    let alias = tree.typeAlias(id)
    if place(alias.name, id, scope) {
      bindTarget(alias.name, scope, Source(kind: .typeAlias, statement: id, value: alias.value))
    }
    later(id, scope, tree[alias.typeParameters].isEmpty ? .body : .typeParameters)
  }

  /// Opens the scope of the type parameters, with what is evaluated in it: parameters, annotations or bases.
  private mutating func openTypeParameters(_ id: NodeID, _ kind: NodeKind, _ outer: UInt32) {
    let scope = openScope(.typeParameters, id, in: outer, isText: false)
    switch kind {
    case .classDef:
      let definition = tree.classDef(id)
      pushTypeParameters(definition.typeParameters, id, scope)
      pushList(definition.bases, id, scope)
      pushList(definition.keywords, id, scope)
    case .typeAlias: pushTypeParameters(tree.typeAlias(id).typeParameters, id, scope)
    default:
      pushTypeParameters(tree.functionDef(id).typeParameters, id, scope)
      pushAnnotations(of: id, scope)
    }
    later(id, scope, .body)
  }

  private mutating func pushTypeParameters(_ list: ListID, _ owner: NodeID, _ scope: UInt32) {
    for parameter in tree[list] where place(parameter, owner, scope) {
      let node = tree[parameter]
      bind(
        node.a, scope, flags: [.typeParameter, .assigned],
        Binding(
          kind: .typeParameter, node: parameter, statement: owner, value: .none, annotation: .none, path: .whole,
          scope: ScopeID(scope)))
      later(parameter, scope, .body)
    }
  }

  /// Opens the own scope of a definition and pushes its body.
  private mutating func openBody(_ id: NodeID, _ kind: NodeKind, _ outer: UInt32) {
    switch kind {
    case .functionDef, .asyncFunctionDef:
      let function = tree.functionDef(id)
      let scope = openScope(.function, id, in: outer, isText: false)
      bindParameters(function.arguments, owner: id, scope)
      pushList(function.body, id, scope)
    case .classDef:
      let scope = openScope(.class, id, in: outer, isText: false)
      pushList(tree.classDef(id).body, id, scope)
    case .lambda:
      let lambda = tree.lambda(id)
      let scope = openScope(.lambda, id, in: outer, isText: false)
      bindParameters(lambda.arguments, owner: id, scope)
      push(lambda.body, id, scope)
    case .typeAlias:
      let scope = openScope(.typeAlias, id, in: outer, isText: false)
      push(tree.typeAlias(id).value, id, scope)
    case .typeVar:
      let node = tree[id]
      for part in [NodeID(node.b), NodeID(node.c)] where !part.isNone {
        push(part, id, openScope(.typeVariable, id, in: outer, isText: false))
      }
    case .paramSpec, .typeVarTuple:
      let value = NodeID(tree[id].b)
      if !value.isNone { push(value, id, openScope(.typeVariable, id, in: outer, isText: false)) }
    default: openComprehension(id, kind, outer)
    }
  }

  private mutating func pushDefaults(_ arguments: NodeID, _ scope: UInt32) {
    let parts = tree.arguments(arguments)
    pushList(parts.defaults, arguments, scope)
    pushList(parts.keywordDefaults, arguments, scope)
  }

  mutating func visitLambda(_ id: NodeID, _ scope: UInt32) {
    let lambda = tree.lambda(id)
    if place(lambda.arguments, id, scope) { pushDefaults(lambda.arguments, scope) }
    later(id, scope, .body)
  }

  private mutating func pushAnnotations(of id: NodeID, _ scope: UInt32) {
    let function = tree.functionDef(id)
    let parts = tree.arguments(function.arguments)
    let mode: Mode = hasTextAnnotations ? .text : .plain
    for list in [parts.positionalOnly, parts.positional] {
      for argument in tree[list] { push(tree.arg(argument).annotation, argument, scope, mode) }
    }
    for argument in [parts.variadic, parts.keywordVariadic] where !argument.isNone {
      push(tree.arg(argument).annotation, argument, scope, mode)
    }
    for argument in tree[parts.keywordOnly] { push(tree.arg(argument).annotation, argument, scope, mode) }
    push(function.returns, id, scope, mode)
  }

  private mutating func bindParameters(_ arguments: NodeID, owner: NodeID, _ scope: UInt32) {
    let parts = tree.arguments(arguments)
    let defaults = tree[parts.defaults]
    let positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    let firstDefault = positional.count - defaults.count
    for (position, argument) in positional.enumerated() {
      let offset = position - firstDefault
      let value = offset >= 0 ? defaults[defaults.startIndex + offset] : .none
      bindParameter(argument, default: value, arguments, owner, scope)
    }
    let keywordDefaults = tree[parts.keywordDefaults]
    for (position, argument) in tree[parts.keywordOnly].enumerated() {
      let value = position < keywordDefaults.count ? keywordDefaults[keywordDefaults.startIndex + position] : .none
      bindParameter(argument, default: value, arguments, owner, scope)
    }
    for argument in [parts.variadic, parts.keywordVariadic] where !argument.isNone {
      bindParameter(argument, default: .none, arguments, owner, scope)
    }
  }

  private mutating func bindParameter(
    _ argument: NodeID, default value: NodeID, _ arguments: NodeID, _ owner: NodeID, _ scope: UInt32
  ) {
    guard place(argument, arguments, scope) else { return }
    let parts = tree.arg(argument)
    bind(
      parts.name.index, scope, flags: .parameter,
      Binding(
        kind: .parameter, node: argument, statement: owner, value: value, annotation: parts.annotation, path: .whole,
        scope: ScopeID(scope)))
  }
}
