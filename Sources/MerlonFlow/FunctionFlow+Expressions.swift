import MerlonProgram
package import MerlonPython

extension FunctionFlow {
  func computeValues(_ id: NodeID) -> [FlowValue] {
    let node = tree[id]
    switch node.kind {
    case .name: return nameValues(id)
    case .attribute:
      let parts = tree.attribute(id)
      let name = FlowName(tree.text(parts.name))
      return project(values(of: parts.value), name)
    case .subscript: return subscriptValues(id)
    case .call: return callValues(id)
    case .await, .starred, .yield, .yieldFrom: return values(of: NodeID(node.a))
    case .namedExpr: return values(of: NodeID(node.b))
    case .ifExp: return values(of: NodeID(node.b)).merged(values(of: NodeID(node.c)))
    case .boolOp:
      var result: [FlowValue] = []
      for part in tree[ListID(node.a)] { result.merge(values(of: part)) }
      return result
    case .list, .tuple, .set, .dict, .listComp, .setComp, .dictComp, .generatorExp, .lambda, .functionDef,
      .asyncFunctionDef:
      return [FlowValue(.made(place(id)))]
    case .binOp: return operands(of: id).derived
    case .unaryOp: return values(of: NodeID(node.a)).derived
    case .compare:
      let parts = tree.compare(id)
      var result = values(of: parts.left)
      for part in tree[parts.comparators] { result.merge(values(of: part)) }
      return result.derived
    case .joinedStr, .templateStr:
      var result: [FlowValue] = []
      var before = LeadingText()
      for part in tree[ListID(node.a)] {
        result.merge(values(of: part).passing(before.saysHost ? .behindHost : []))
        before.append(part, tree)
      }
      return result.derived.passing(.text)
    case .formattedValue, .interpolation:
      // `!r` and `!a` write line breaks as `\\n`.
      let isEscaped = tree.text(id).contains("!r") || tree.text(id).contains("!a")
      return values(of: NodeID(node.a)).passing(isEscaped ? .oneLine : [])
    default: return []
    }
  }

  /// Long chains of operators lean to the left.
  private func operands(of id: NodeID) -> [FlowValue] {
    var chain: [(operand: NodeID, joinsPaths: Bool)] = []
    var next = id
    while tree.kind(next) == .binOp {
      let parts = tree.binOp(next)
      chain.append((parts.right, parts.op == .div))
      next = parts.left
    }
    var result = values(of: next)
    var before = LeadingText()
    before.append(next, tree)
    for (operand, joinsPaths) in chain.reversed() {
      // `base / part` joins paths, of files and of URLs alike.
      let passed: FlowValue.Passed = joinsPaths ? [.behindHost, .path] : before.saysHost ? .behindHost : []
      result.merge(values(of: operand).passing(passed))
      before.append(operand, tree)
    }
    return result
  }

  // MARK: Names

  private func nameValues(_ id: NodeID) -> [FlowValue] {
    guard let symbol = module.symbol(of: id) else {
      return semantics.qualifiedName(of: id).map { [FlowValue(.global(FlowName($0)))] } ?? []
    }
    guard module[module[symbol].scope].kind.isFunctionLike else { return globalValues(id) }
    var result: [FlowValue] = []
    for binding in module.reachingBindings(of: id, symbol) {
      if binding.kind == .import || binding.kind == .importFrom {
        result.merge(globalValues(id))
      } else {
        result.merge(values(of: binding))
      }
    }
    return result
  }

  private func globalValues(_ id: NodeID) -> [FlowValue] {
    let name = semantics.qualifiedName(of: id) ?? module.name + "." + tree.text(tree.nameID(id))
    return [FlowValue(.global(FlowName(name)))]
  }

  private func values(of binding: Binding) -> [FlowValue] {
    switch binding.kind {
    case .parameter: return [FlowValue(.parameter(place(binding.node)))]
    case .function: return [FlowValue(.made(place(binding.node)))]
    case .augmentedAssignment:
      // What is added stands behind what was there.
      return binding.value.isNone ? [] : values(of: binding.value).passing([.derived, .behindHost])
    case .assignment, .annotatedAssignment, .walrus, .withTarget, .matchCapture:
      guard !binding.value.isNone else { return [] }
      return unpacked(values(of: binding.value), binding.path)
    case .forTarget, .comprehensionTarget:
      guard !binding.value.isNone else { return [] }
      return elements(of: binding.value, path: binding.path)
    case .class, .exceptHandler, .import, .importFrom, .deletion, .annotation, .typeParameter, .typeAlias: return []
    }
  }

  private func unpacked(_ values: [FlowValue], _ path: UnpackPath) -> [FlowValue] {
    var values = values
    for position in path.positions {
      values = project(values, position.map { FlowName(String($0)) } ?? FlowValue.element)
    }
    return values
  }

  /// What a loop over an expression binds: `for key, value in data.items()`, `for i, x in enumerate(xs)`.
  private func elements(of iterable: NodeID, path: UnpackPath) -> [FlowValue] {
    var positions = path.positions
    var source = iterable
    if tree.kind(source) == .await { source = tree.value(source) }
    if let call = call(at: source) {
      let first = positions.first ?? nil
      switch call.name {
      case "items" where !call.receiver.isNone && call.arguments.isEmpty:
        if !positions.isEmpty { positions.removeFirst() }
        let base = values(of: call.receiver)
        // The keys of a mapping that the caller sends are the caller's too.
        let values = first == 0 ? base.derived : project(base, FlowValue.element)
        return unpackedRest(values, positions)
      case "enumerate" where call.receiver.isNone:
        guard let argument = call.arguments.first else { return [] }
        if !positions.isEmpty { positions.removeFirst() }
        return first == 0 ? [] : unpackedRest(project(values(of: argument.node), FlowValue.element), positions)
      case "zip" where call.receiver.isNone:
        guard let position = first, position < call.arguments.count else { break }
        positions.removeFirst()
        return unpackedRest(project(values(of: call.arguments[position].node), FlowValue.element), positions)
      default: break
      }
    }
    return unpackedRest(project(values(of: source), FlowValue.element), positions)
  }

  private func unpackedRest(_ values: [FlowValue], _ positions: [Int?]) -> [FlowValue] {
    var values = values
    for position in positions { values = project(values, position.map { FlowName(String($0)) } ?? FlowValue.element) }
    return values
  }

  // MARK: Attributes and items

  private func subscriptValues(_ id: NodeID) -> [FlowValue] {
    let parts = tree.subscript_(id)
    let base = values(of: parts.value)
    if let key = tree.stringValue(parts.slice) { return project(base, FlowName(key)) }
    if let index = tree.integerValue(parts.slice) { return project(base, FlowName(String(index))) }
    if tree.kind(parts.slice) == .slice { return base }
    // A computed index chooses: what it yields is a thing of its own, and an element of the whole.
    return [FlowValue(.call(place(id)))].merged(project(base, FlowValue.element))
  }

  /// An attribute or item of values: looked up in what displays and constructors were given, else one step further.
  package func project(_ values: [FlowValue], _ step: FlowName) -> [FlowValue] {
    var result: [FlowValue] = []
    for value in values {
      if let found = known(step, of: value) {
        result.merge(found)
      } else if value.passed.contains(.path), Self.nameSteps.contains(step) {
        result.merge([value.passing([.derived, .baseName])])
      } else {
        result.merge([value.appending(step)])
      }
    }
    return result
  }

  /// Parts of a path object that hold no folder.
  private static let nameSteps: Set<FlowName> = ["name", "stem", "suffix"]

  package func project(_ values: [FlowValue], path: FlowPath) -> [FlowValue] {
    var result = values
    for step in path.steps { result = project(result, step) }
    return result
  }

  private func known(_ step: FlowName, of value: FlowValue) -> [FlowValue]? {
    guard value.path.isEmpty else { return nil }
    let looked: Definition
    switch value.root {
    case .made(let place), .call(let place): looked = place
    default: return nil
    }
    // A mapping may be updated from itself.
    let key = Lookup(node: looked.node, step: step)
    guard looked.module == module.id, engine.nesting < FlowEngine.nestingLimit, lookups.insert(key).inserted else {
      return nil
    }
    engine.nesting += 1
    defer {
      engine.nesting -= 1
      lookups.remove(key)
    }
    switch value.root {
    case .made(let place):
      let found = part(step, of: place.node)
      return found?.passing(value.passed)
    case .call(let place):
      guard place.module == module.id, let call = call(at: place.node) else { return nil }
      var found = engine.field(step.text, of: call, in: self)
      if call.constructedClass != nil {
        for set in engine.fieldsSet(step, on: FlowValue(.call(place)), in: self) {
          found = (found ?? []).merged([set])
        }
      }
      for addition in additions(to: place.node) where addition.step == step {
        found = (found ?? [value.appending(step)]).merged(values(of: addition.value))
      }
      return found
    default: return nil
    }
  }

  /// The part of a display under a key, index or as any element.
  private func part(_ step: FlowName, of id: NodeID) -> [FlowValue]? {
    // A mapping may be put into itself.
    guard partDepth < 8 else { return nil }
    partDepth += 1
    defer { partDepth -= 1 }
    var result: [FlowValue] = []
    for addition in additions(to: id) {
      switch addition.step {
      case "*", "**": result.merge(project(values(of: addition.value), step))
      case step, FlowValue.element: result.merge(values(of: addition.value))
      default: if step == FlowValue.element { result.merge(values(of: addition.value)) }
      }
    }
    switch tree.kind(id) {
    case .dict:
      let parts = tree.dict(id)
      let text = step.text
      for (key, value) in zip(tree[parts.keys], tree[parts.values]) {
        if key.isNone {
          result.merge(project(values(of: value), step))
        } else if step == FlowValue.element || tree.stringValue(key).map({ $0 == text }) ?? true {
          result.merge(values(of: value))
        }
      }
    case .list, .tuple, .set:
      let elements = tree[ListID(tree[id].a)]
      if let index = Int(step.text) {
        if index < elements.count { result.merge(values(of: elements[elements.startIndex + index])) }
      } else {
        for element in elements {
          let parts = values(of: element)
          result.merge(tree.kind(element) == .starred ? project(parts, FlowValue.element) : parts)
        }
      }
    case .listComp, .setComp, .generatorExp: result.merge(values(of: tree.elementComprehension(id).element))
    case .dictComp: result.merge(values(of: tree.dictComprehension(id).value))
    default: return nil
    }
    return result
  }

  /// Everything that a display, comprehension or nested function is made of.
  package func parts(of id: NodeID) -> [FlowValue] {
    var result: [FlowValue] = []
    for addition in additions(to: id) { result.merge(values(of: addition.value)) }
    switch tree.kind(id) {
    case .dict:
      let parts = tree.dict(id)
      for key in tree[parts.keys] where !key.isNone { result.merge(values(of: key)) }
      for value in tree[parts.values] { result.merge(values(of: value)) }
    case .list, .tuple, .set: for element in tree[ListID(tree[id].a)] { result.merge(values(of: element)) }
    case .listComp, .setComp, .generatorExp:
      let parts = tree.elementComprehension(id)
      result.merge(values(of: parts.element))
      addGenerators(parts.generators, &result)
    case .dictComp:
      let parts = tree.dictComprehension(id)
      result.merge(values(of: parts.key))
      result.merge(values(of: parts.value))
      addGenerators(parts.generators, &result)
    case .lambda, .functionDef, .asyncFunctionDef: result.merge(captured(by: id))
    default: break
    }
    return result
  }

  private func addGenerators(_ generators: ListID, _ result: inout [FlowValue]) {
    for generator in tree[generators] {
      let parts = tree.generator(generator)
      result.merge(values(of: parts.iterable))
      for test in tree[parts.conditions] { result.merge(values(of: test)) }
    }
  }

  /// The values that a nested function reads from the functions around it.
  private func captured(by function: NodeID) -> [FlowValue] {
    guard let own = module.scope(openedBy: function) else { return [] }
    var result: [FlowValue] = []
    tree.walk(function) { id in
      guard tree.kind(id) == .name, tree.context(id) == .load, let symbol = module.symbol(of: id) else { return true }
      let scope = module[symbol].scope
      if module[scope].kind.isFunctionLike, !isInside(scope, own) { result.merge(capturedValues(id, symbol)) }
      return result.count < FlowValue.setLimit
    }
    return result
  }

  private func capturedValues(_ id: NodeID, _ symbol: SymbolID) -> [FlowValue] {
    // `user.id` in the inner function is one step from `user`.
    var path = FlowPath()
    var node = id
    while tree.kind(module.parent(of: node)) == .attribute, path.count < FlowValue.depthLimit {
      node = module.parent(of: node)
      path.append(FlowName(tree.text(tree.attribute(node).name)))
    }
    return project(values(of: id), path: path)
  }

  private func isInside(_ scope: ScopeID, _ outer: ScopeID) -> Bool {
    var scope = scope
    while scope != .module {
      if scope == outer { return true }
      scope = module[scope].parent
    }
    return false
  }

  // MARK: Calls

  private func callValues(_ id: NodeID) -> [FlowValue] {
    guard let call = call(at: id) else {
      // A call inside a nested function, asked for through what that captures.
      return [FlowValue(.call(place(id)))]
    }
    // A model of the callee says more than its name.
    let isModelled =
      call.target.map { engine.program.options.libraries.saysHowTextFlows(through: $0.qualifiedName) } ?? false
    if !isModelled, call.function == nil, call.constructedClass == nil,
      let through = Conversion.values(of: call, in: self)
    {
      return through
    }
    var result = [FlowValue(.call(place(id)))]
    if !isModelled, call.function != nil, call.constructedClass == nil {
      result.merge(engine.passedThrough(call, in: self).passing(.throughCall))
    }
    return result
  }
}
