import MerlonPython

extension Evaluator {
  /// What a call may yield.
  mutating func call(_ id: NodeID, _ module: Module) -> [Value] {
    let call = module.tree.call(id)
    return evaluate(call.function, module).flatMap { self.result(of: $0, id, call, module) }
  }

  private mutating func result(of callee: Value, _ id: NodeID, _ call: Call, _ module: Module) -> [Value] {
    switch callee.kind {
    case .unknown, .none, .module, .namespace, .superProxy: return [.unknown]
    case .classObject(let type):
      if type.definition == nil, let known = program.options.libraries.returnType(ofCallable: type.qualifiedName) {
        return [instance(known)]
      }
      return [Value(.instance(Self.asInstance(type)))]
    case .library(let name): return libraryResult(name, id, call, module)
    case .function(let definition, let receiver): return results(of: definition, receiver: receiver).map(\.moved)
    case .instance(let type):
      if type.definition == nil {
        return [
          program.options.libraries.returnType(ofCallable: type.qualifiedName + ".__call__").map(instance) ?? .unknown
        ]
      }
      return attribute("__call__", of: callee).flatMap { value -> [Value] in
        guard case .function(let definition, let receiver) = value.kind else { return [.unknown] }
        return results(of: definition, receiver: receiver).map(\.moved)
      }
    case .partial(let made):
      guard let owner = program.module(made.module), let target = partialTarget(made.node, owner) else {
        return [.unknown]
      }
      return evaluate(target, owner).flatMap { value -> [Value] in
        if case .partial = value.kind { return [.unknown] }
        return self.result(of: value, made.node, owner.tree.call(made.node), owner)
      }
    }
  }

  private mutating func libraryResult(_ name: String, _ id: NodeID, _ call: Call, _ module: Module) -> [Value] {
    switch name {
    case "builtins.super": return superProxy(id, call, module)
    case "builtins.type":
      guard let first = module.tree[call.arguments].first, module.tree[call.arguments].count == 1 else { break }
      return evaluate(first, module).map { value in
        if case .instance(let type) = value.kind { Value(.classObject(Self.asClass(type))) } else { .unknown }
      }
    case "functools.partial", "functools.partialmethod":
      return [Value(.partial(Definition(module: module.id, node: id)))]
    case "typing.cast", "typing_extensions.cast":
      guard let first = module.tree[call.arguments].first else { break }
      let types = annotationTypes(first, module)
      return types.isEmpty ? [.unknown] : types.map { instance($0) }
    case "functools.wraps", "functools.lru_cache", "functools.cache": return [.unknown]
    case "builtins.open":
      if program.options.libraries.returnType(ofCallable: name) == nil {
        return [Value(.instance(TypeReference("io.TextIOWrapper")))]
      }
    case "builtins.sorted", "builtins.list", "builtins.set", "builtins.tuple", "builtins.reversed":
      let kind = name == "builtins.sorted" ? "builtins.list" : name
      guard let first = module.tree[call.arguments].first else { break }
      let elements = evaluate(first, module).map { element(of: $0) }
      let type = singleType(elements).map { [$0] } ?? []
      return [Value(.instance(TypeReference(kind, arguments: kind == "builtins.tuple" ? [] : type)))]
    default: break
    }
    if let known = program.options.libraries.returnType(ofCallable: name) { return [instance(known)] }
    return [Builtins.isClassLike(name) ? Value(.instance(TypeReference(name))) : .unknown]
  }

  /// The function that a `functools.partial` call wraps.
  func partialTarget(_ call: NodeID, _ module: Module) -> NodeID? {
    module.tree[module.tree.call(call).arguments].first
  }

  private mutating func superProxy(_ id: NodeID, _ call: Call, _ module: Module) -> [Value] {
    guard let owner = module.enclosingClass(of: id), let function = module.enclosingFunction(of: id) else {
      return [.unknown]
    }
    let type = classType(owner, module)
    let isInstance = module.methodKind(of: function) == .instanceMethod || module.methodKind(of: function) == .property
    return [
      Value(
        .superProxy(
          Definition(module: module.id, node: owner), isInstance ? Self.asInstance(type) : type))
    ]
  }

  // MARK: Results of functions

  /// What a project function returns when it is called: by its annotation, else by its `return` statements.
  mutating func results(of definition: Definition, receiver: TypeReference?) -> [Value] {
    guard let module = program.module(definition.module) else { return [.unknown] }
    let values = once(.result, module, definition.node.index) { $0.computeResults(definition, module) }
    // `Self` and an unannotated `return self` follow the receiver.
    guard let receiver, let owner = module.methodClass(of: definition.node) else { return values }
    let ownType = Definition(module: module.id, node: owner)
    return values.map { value in
      switch value.kind {
      case .instance(let type) where type.qualifiedName == "typing.Self":
        Value(.instance(Self.asInstance(receiver)))
      case .instance(let type)
      where type.definition == ownType && receiver.definition != nil && returnsSelf(definition, module):
        Value(.instance(Self.asInstance(receiver)))
      default: value
      }
    }
  }

  private func returnsSelf(_ definition: Definition, _ module: Module) -> Bool {
    guard module.tree.functionDef(definition.node).returns.isNone else { return false }
    return module.results(of: definition.node).contains { result in
      let value = NodeID(module.tree[result].a)
      guard module.tree.kind(result) == .return, module.tree.kind(value) == .name else { return false }
      return module.symbol(of: value).flatMap { module.bindings(of: $0).first }?.kind == .parameter
    }
  }

  private mutating func computeResults(_ definition: Definition, _ module: Module) -> [Value] {
    let function = module.tree.functionDef(definition.node)
    var types: [TypeReference] = []
    if !function.returns.isNone {
      types = annotationTypes(function.returns, module)
      let known = types.filter { $0.qualifiedName != "builtins.None" }
      if !known.isEmpty { types = known }
      if isContextManager(function, module) { types = types.map(Self.managed) }
      guard types.isEmpty else { return types.map { instance($0) } }
      return [.unknown]
    }
    let nodes = module.results(of: definition.node)
    let yields = nodes.filter { module.tree.kind($0) != .return }
    if isContextManager(function, module) {
      let yielded = yields.flatMap { evaluate(NodeID(module.tree[$0].a), module) }
      let type = singleType(Self.distinct(yielded)).map { [$0] } ?? []
      return [Value(.instance(TypeReference("contextlib.AbstractContextManager", arguments: type)))]
    }
    if !yields.isEmpty {
      let yielded = yields.flatMap { evaluate(NodeID(module.tree[$0].a), module) }
      let type = singleType(Self.distinct(yielded)).map { [$0] } ?? []
      return [Value(.instance(TypeReference("collections.abc.Generator", arguments: type)))]
    }
    let returned = nodes.flatMap { node -> [Value] in
      let value = NodeID(module.tree[node].a)
      return value.isNone ? [Value(.none)] : evaluate(value, module)
    }
    return returned.isEmpty ? [Value(.none)] : returned
  }

  private func isContextManager(_ function: FunctionDef, _ module: Module) -> Bool {
    module.tree[function.decorators].contains { decorator in
      let text = module.tree.text(decorator)
      return text.hasSuffix("contextmanager")
    }
  }

  /// The context manager that `@contextmanager` makes of a function with this result.
  private static func managed(_ type: TypeReference) -> TypeReference {
    switch type.qualifiedName {
    case "collections.abc.Iterator", "collections.abc.Generator", "collections.abc.AsyncIterator",
      "collections.abc.AsyncGenerator", "collections.abc.Iterable", "collections.abc.AsyncIterable":
      TypeReference("contextlib.AbstractContextManager", arguments: Array(type.arguments.prefix(1)))
    default: type
    }
  }
}
