import MerlonPython

extension ScopeBuilder {
  /// Where the value of a target comes from.
  struct Source {
    var kind: BindingKind
    var statement: NodeID
    var value: NodeID
    var annotation: NodeID = .none
    var path: UnpackPath = .whole
    var flags: SymbolFlags = .assigned
  }

  mutating func visitExpression(_ work: Work, _ node: Node) {
    let id = work.node
    let scope = work.scope
    switch node.kind {
    case .name:
      guard work.mode == .plain else { return }
      visitName(id, NameID(node.a), scope)
    case .return, .yield, .yieldFrom:
      table.results.append((id, table.scopes[Int(scope)].firstResult))
      table.scopes[Int(scope)].firstResult = UInt32(table.results.count - 1)
      push(NodeID(node.a), id, scope, work.mode)
    case .attribute, .starred, .await, .expr, .unaryOp:
      push(NodeID(node.a), id, scope, work.mode)
    case .subscript, .binOp, .raise, .assert, .formattedValue:
      push(NodeID(node.a), id, scope, work.mode)
      push(NodeID(node.b), id, scope, work.mode)
    case .slice, .ifExp:
      push(NodeID(node.a), id, scope, work.mode)
      push(NodeID(node.b), id, scope, work.mode)
      push(NodeID(node.c), id, scope, work.mode)
    case .call:
      noteMutator(NodeID(node.a), scope)
      push(NodeID(node.a), id, scope, work.mode)
      pushList(ListID(node.b), id, scope, work.mode)
      for keyword in tree[ListID(node.c)] where place(keyword, id, scope) {
        push(tree.keyword(keyword).value, keyword, scope, work.mode)
      }
    case .keyword: push(NodeID(node.b), id, scope, work.mode)
    case .list, .tuple, .set, .boolOp, .joinedStr, .templateStr:
      pushList(ListID(node.a), id, scope, work.mode)
    case .compare:
      push(NodeID(node.a), id, scope, work.mode)
      pushList(ListID(node.c), id, scope, work.mode)
    case .dict:
      let keys = tree[ListID(node.a)]
      let values = tree[ListID(node.b)]
      for (key, value) in zip(keys, values) {
        push(key, id, scope, work.mode)
        push(value, id, scope, work.mode)
      }
    case .interpolation:
      push(NodeID(node.a), id, scope, work.mode)
      push(NodeID(node.b), id, scope, work.mode)
      push(NodeID(node.c), id, scope, work.mode)
    case .lambda: visitLambda(id, scope)
    case .listComp, .setComp, .dictComp, .generatorExp: visitComprehension(id, node, scope)
    case .namedExpr: visitWalrus(id, scope, work.mode)
    case .none, .constant, .pass, .break, .continue, .errorStatement, .errorExpression: return
    default:
      let mode = work.mode
      var below: [NodeID] = []
      tree.forEachChild(id) { below.append($0) }
      for child in below { push(child, id, scope, mode) }
    }
  }

  private mutating func visitName(_ id: NodeID, _ name: NameID, _ scope: UInt32) {
    guard tree.context(id) == .load else {
      return bindTarget(id, scope, Source(kind: .assignment, statement: id, value: .none))
    }
    use(name, scope)
    if trait(name) == .superName, table.scopes[Int(scope)].kind.isFunctionLike {
      _ = symbol(intern("__class__"), scope, .referenced)
    }
  }

  /// Notes `name.append(…)` and its like: the object behind the name is not constant.
  private mutating func noteMutator(_ function: NodeID, _ scope: UInt32) {
    let callee = tree[function]
    guard callee.kind == .attribute, trait(NameID(callee.b)) == .mutator else { return }
    noteMutation(of: NodeID(callee.a), scope)
  }

  private mutating func noteMutation(of base: NodeID, _ scope: UInt32) {
    let node = tree[base]
    guard node.kind == .name else { return }
    use(NameID(node.a), scope, [.mutated, .referenced])
  }

  // MARK: Comprehensions and walrus

  private mutating func visitComprehension(_ id: NodeID, _ node: Node, _ scope: UInt32) {
    let generators = tree[node.kind == .dictComp ? ListID(node.c) : ListID(node.b)]
    if let first = generators.first, place(first, id, scope) {
      push(tree.generator(first).iterable, first, scope)
    }
    later(id, scope, .body)
  }

  mutating func openComprehension(_ id: NodeID, _ kind: NodeKind, _ outer: UInt32) {
    let scopeKind: ScopeKind
    switch kind {
    case .listComp: scopeKind = .listComprehension
    case .setComp: scopeKind = .setComprehension
    case .dictComp: scopeKind = .dictComprehension
    case .generatorExp: scopeKind = .generatorExpression
    default: return
    }
    let scope = openScope(scopeKind, id, in: outer, isText: false)
    let node = tree[id]
    let isDict = kind == .dictComp
    for (position, part) in tree[isDict ? ListID(node.c) : ListID(node.b)].enumerated() {
      guard place(part, id, scope) else { continue }
      let generator = tree.generator(part)
      if place(generator.target, part, scope) {
        var source = Source(kind: .comprehensionTarget, statement: part, value: generator.iterable)
        source.flags = [.assigned, .comprehensionTarget]
        bindTarget(generator.target, scope, source)
      }
      if position > 0 { push(generator.iterable, part, scope) }
      pushList(generator.conditions, part, scope)
    }
    if isDict { push(NodeID(node.b), id, scope) }
    push(NodeID(node.a), id, scope)
  }

  /// The target of a walrus in a comprehension belongs to the function or module around.
  private mutating func visitWalrus(_ id: NodeID, _ scope: UInt32, _ mode: Mode) {
    let walrus = tree.namedExpr(id)
    push(walrus.value, id, scope, mode)
    guard place(walrus.target, id, scope) else { return }
    if table.scopes[Int(scope)].kind.isComprehension {
      declareWalrus(mangle(tree[walrus.target].a, scope), scope)
    }
    bindTarget(walrus.target, scope, Source(kind: .walrus, statement: id, value: walrus.value))
  }

  private mutating func declareWalrus(_ name: UInt32, _ scope: UInt32) {
    var owner = scope
    while owner != 0, table.scopes[Int(owner)].kind.isComprehension { owner = table.scopes[Int(owner)].parent.index }
    switch table.scopes[Int(owner)].kind {
    case .module:
      _ = symbol(name, scope, .declaredGlobal)
      _ = symbol(name, 0, .globalElsewhere)
    case .class: return
    default:
      let isGlobal = table.index.find(scope: owner, name: name).map {
        table.symbols[Int($0)].flags.contains(.declaredGlobal)
      }
      _ = symbol(name, scope, isGlobal == true ? .declaredGlobal : .declaredNonlocal)
      _ = symbol(name, owner, .assigned)
    }
  }

  // MARK: Targets

  /// Binds a target that has been placed, and what lies in it.
  mutating func bindTarget(_ target: NodeID, _ scope: UInt32, _ source: Source) {
    let node = tree[target]
    let binding = Binding(
      kind: source.kind, node: target, statement: source.statement, value: source.value,
      annotation: source.annotation, path: source.path, scope: ScopeID(scope))
    switch node.kind {
    case .name: bind(node.a, scope, flags: source.flags, binding)
    case .attribute:
      table.attributeBindings.append(
        AttributeBinding(
          node: target, receiver: NodeID(node.a), nameIndex: mangle(node.b, scope), binding: binding))
      push(NodeID(node.a), target, scope)
    case .subscript:
      noteMutation(of: NodeID(node.a), scope)
      push(NodeID(node.a), target, scope)
      push(NodeID(node.b), target, scope)
    case .starred:
      guard place(NodeID(node.a), target, scope) else { return }
      bindTarget(NodeID(node.a), scope, source)
    case .tuple, .list: bindElements(target, node, scope, source)
    default: push(target, NodeID(table.parents[Int(target.index)]), scope)
    }
  }

  private mutating func bindElements(_ target: NodeID, _ node: Node, _ scope: UInt32, _ source: Source) {
    let elements = Array(tree[ListID(node.a)])
    let starred = elements.firstIndex { tree.kind($0) == .starred }
    let literal = literalElements(of: source, count: elements.count, hasStar: starred != nil)
    for (position, element) in elements.enumerated() where place(element, target, scope) {
      var part = source
      if source.kind == .deletion {
        part.path = .whole
      } else if let literal {
        part.value = literal[position]
      } else if let starred, position >= starred {
        part.path = source.path.appending(nil)
      } else {
        part.path = source.path.appending(position)
      }
      bindTarget(element, scope, part)
    }
  }

  /// The elements of the right-hand side when that is a tuple or list of the same length.
  private func literalElements(of source: Source, count: Int, hasStar: Bool) -> [NodeID]? {
    guard source.kind == .assignment, !hasStar, source.path.isWhole else { return nil }
    let value = tree[source.value]
    guard value.kind == .tuple || value.kind == .list else { return nil }
    let elements = Array(tree[ListID(value.a)])
    guard elements.count == count, !elements.contains(where: { tree.kind($0) == .starred }) else { return nil }
    return elements
  }

  // MARK: Patterns

  /// Binds the captures of a pattern that has been placed, and pushes its expressions.
  mutating func bindPattern(_ pattern: NodeID, _ scope: UInt32, _ source: Source) {
    let node = tree[pattern]
    var inner = source
    inner.path = source.path.appending(nil)
    switch node.kind {
    case .matchValue: push(NodeID(node.a), pattern, scope)
    case .matchAs:
      if place(NodeID(node.a), pattern, scope) { bindPattern(NodeID(node.a), scope, source) }
      capture(NameID(node.b), pattern, scope, source)
    case .matchStar: capture(NameID(node.a), pattern, scope, inner)
    case .matchOr:
      for part in tree[ListID(node.a)] where place(part, pattern, scope) { bindPattern(part, scope, source) }
    case .matchSequence:
      for part in tree[ListID(node.a)] where place(part, pattern, scope) { bindPattern(part, scope, inner) }
    case .matchMapping:
      pushList(ListID(node.a), pattern, scope)
      for part in tree[ListID(node.b)] where place(part, pattern, scope) { bindPattern(part, scope, inner) }
      capture(NameID(node.c), pattern, scope, inner)
    case .matchClass:
      push(NodeID(tree.slot(node, 0)), pattern, scope)
      for list in [ListID(tree.slot(node, 1)), ListID(tree.slot(node, 3))] {
        for part in tree[list] where place(part, pattern, scope) { bindPattern(part, scope, inner) }
      }
    default: return
    }
  }

  private mutating func capture(_ name: NameID, _ pattern: NodeID, _ scope: UInt32, _ source: Source) {
    guard !name.isNone else { return }
    bind(
      name.index, scope, flags: .assigned,
      Binding(
        kind: .matchCapture, node: pattern, statement: source.statement, value: source.value, annotation: .none,
        path: source.path, scope: ScopeID(scope)))
  }

  // MARK: Assignments, imports

  mutating func visitAssign(_ id: NodeID, _ scope: UInt32) {
    let assign = tree.assign(id)
    for target in tree[assign.targets] where place(target, id, scope) {
      bindTarget(target, scope, Source(kind: .assignment, statement: id, value: assign.value))
    }
    push(assign.value, id, scope)
  }

  mutating func visitAugAssign(_ id: NodeID, _ scope: UInt32) {
    let assign = tree.augAssign(id)
    if place(assign.target, id, scope) {
      var source = Source(kind: .augmentedAssignment, statement: id, value: assign.value)
      source.flags = [.assigned, .mutated]
      bindTarget(assign.target, scope, source)
    }
    push(assign.value, id, scope)
  }

  mutating func visitAnnAssign(_ id: NodeID, _ scope: UInt32) {
    let assign = tree.annAssign(id)
    let isSimple = tree[id].flag != 0
    let isDeclaration = assign.value.isNone
    if place(assign.target, id, scope) {
      var source = Source(
        kind: isDeclaration ? .annotation : .annotatedAssignment, statement: id, value: assign.value,
        annotation: assign.annotation)
      if isSimple { source.flags = [.assigned, .annotated] }
      if isSimple || !isDeclaration || tree.kind(assign.target) != .name {
        bindTarget(assign.target, scope, source)
      }
    }
    push(assign.annotation, id, scope, hasTextAnnotations ? .text : .plain)
    push(assign.value, id, scope)
  }

  mutating func visitWithItem(_ item: NodeID, _ statement: NodeID, _ scope: UInt32) {
    let parts = tree.withItem(item)
    push(parts.context, item, scope)
    if place(parts.variables, item, scope) {
      bindTarget(parts.variables, scope, Source(kind: .withTarget, statement: statement, value: parts.context))
    }
  }

  mutating func visitImport(_ id: NodeID, _ scope: UInt32) {
    table.imports.append(id)
    for alias in tree[ListID(tree[id].a)] where place(alias, id, scope) {
      let parts = tree.alias(alias)
      bindImport(
        parts.asName.isNone ? firstPart(parts.name) : parts.asName.index, .import, alias, statement: id, scope)
    }
  }

  mutating func visitImportFrom(_ id: NodeID, _ scope: UInt32) {
    table.imports.append(id)
    let statement = tree.importFrom(id)
    let isFuture = statement.level == 0 && tree.text(statement.module) == "__future__"
    for alias in tree[statement.names] where place(alias, id, scope) {
      let parts = tree.alias(alias)
      let name = tree.text(parts.name)
      if name == "*" {
        table.starImports.append(StarImport(statement: id, scope: ScopeID(scope)))
        continue
      }
      if isFuture, name == "annotations" { hasTextAnnotations = true }
      bindImport((parts.asName.isNone ? parts.name : parts.asName).index, .importFrom, alias, statement: id, scope)
    }
  }

  private mutating func bindImport(
    _ name: UInt32, _ kind: BindingKind, _ alias: NodeID, statement: NodeID, _ scope: UInt32
  ) {
    bind(
      name, scope, flags: .imported,
      Binding(
        kind: kind, node: alias, statement: statement, value: .none, annotation: .none, path: .whole,
        scope: ScopeID(scope)))
  }

  private mutating func firstPart(_ name: NameID) -> UInt32 {
    let text = tree.text(name)
    guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return name.index }
    return intern(String(text[..<dot]))
  }
}
