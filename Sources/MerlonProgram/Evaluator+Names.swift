import MerlonPython

extension Evaluator {
  /// A library value under the name that the models use.
  func library(_ name: String) -> Value {
    // The backports of special forms are the forms themselves.
    let name = name.hasPrefix("typing_extensions.") ? "typing." + name.dropFirst(18) : name
    return Value(.library(program.options.libraries.canonicalName(name)))
  }

  mutating func name(_ id: NodeID, _ module: Module) -> [Value] {
    if let symbol = module.symbol(of: id) {
      // Within one function the order of assignments counts.
      guard module.scope(of: id) == module[symbol].scope, module[module[symbol].scope].kind == .function else {
        return evaluate(symbol, module)
      }
      let reaching = module.reachingBindings(of: id, symbol)
      guard reaching.count < Int(module[symbol].bindingCount), reaching.count <= Self.bindings else {
        return evaluate(symbol, module)
      }
      return values(of: reaching, declaredBy: module.bindings(of: symbol), module)
    }
    let name = module.tree.text(NameID(module.tree[id].a))
    return unbound(name, at: id, module)
  }

  /// A name that no scope binds: from a star import, a builtin, or unknown.
  private mutating func unbound(_ name: String, at id: NodeID, _ module: Module) -> [Value] {
    if name == "__class__", let owner = module.enclosingClass(of: id) { return [classValue(owner, module)] }
    if let found = starMember(name, module) { return found }
    return Builtins.contains(name) ? [library("builtins." + Builtins.canonical(name))] : [.unknown]
  }

  /// A name that `from m import *` brings; nil when no star import can have it.
  mutating func starMember(_ name: String, _ module: Module) -> [Value]? {
    guard !module.starImports.isEmpty else { return nil }
    var libraries: [Value] = []
    for star in module.starImports.reversed() {
      let statement = module.tree.importFrom(star.statement)
      for target in importedModule(statement, module) {
        switch target.kind {
        case .module(let id):
          guard let source = program.module(id), source.id != module.id, exports(name, source) else { continue }
          let found = member(name, of: source)
          if !found.isEmpty { return found }
        case .library(let dotted): libraries.append(library(dotted + "." + name))
        default: continue
        }
      }
    }
    guard !libraries.isEmpty, !Builtins.contains(name), !name.hasPrefix("_") else { return nil }
    return libraries.count == 1 ? libraries : libraries + [.unknown]
  }

  /// True when `from module import *` hands the name on.
  private func exports(_ name: String, _ module: Module) -> Bool {
    if let listed = module.exportedNames() { return listed.contains(name) }
    return !name.hasPrefix("_")
  }

  // MARK: Symbols

  /// What a symbol may hold: the values of all its bindings.
  mutating func evaluate(_ symbol: SymbolID, _ module: Module) -> [Value] {
    once(.symbol, module, symbol.index) { $0.compute(symbol, module) }
  }

  private mutating func compute(_ symbol: SymbolID, _ module: Module) -> [Value] {
    let all = module.bindings(of: symbol, limit: 4 * Self.bindings)
    let bindings = module.lasting(all, of: symbol)
    var result = values(of: bindings, declaredBy: all, module)
    let scope = module[symbol].scope
    guard scope == .module || module[scope].kind == .class, let first = bindings.first else { return result }
    let place = Place(
      name: module.qualifiedName(ofScopeAt: module[scope].node) + "."
        + module.name(of: symbol), definition: Definition(module: module.id, node: first.node))
    if result.isEmpty { result = [.unknown] }
    return result.map { $0.place == nil && $0.isPlain ? Value($0.kind, place: place) : $0 }
  }

  /// The values of bindings that stand beside each other. A declared type outweighs what is assigned.
  mutating func values(of bindings: [Binding], declaredBy all: [Binding]? = nil, _ module: Module) -> [Value] {
    guard bindings.count > 1 else { return allValues(of: bindings, declaredBy: all ?? bindings, module) }
    // What only type checkers see gives way to what runs, where that is known.
    let running = bindings.filter { !module.isForTypeCheckers($0.statement) }
    if !running.isEmpty, running.count < bindings.count {
      let found = allValues(of: running, declaredBy: running, module)
      if !found.isEmpty, found.allSatisfy({ $0.kind != .unknown && $0.kind != .none }) { return found }
    }
    if module.isInstalled, let found = importedAlternative(bindings, module) { return found }
    return allValues(of: bindings, declaredBy: all ?? bindings, module)
  }

  /// Of alternatives in a `try` with handlers, the one that is installed: what the handlers bind only counts where the
  /// rest leads out of the packages that are there.
  private mutating func importedAlternative(_ bindings: [Binding], _ module: Module) -> [Value]? {
    let fallbacks = bindings.filter { module.isInHandler($0.statement) }
    guard !fallbacks.isEmpty, fallbacks.count < bindings.count else { return nil }
    let first = allValues(of: bindings.filter { !module.isInHandler($0.statement) }, declaredBy: [], module)
    if first.contains(where: { $0.isDefined }) { return first }
    let second = allValues(of: fallbacks, declaredBy: [], module)
    return second.contains(where: { $0.isDefined }) ? second : nil
  }

  private mutating func allValues(of bindings: [Binding], declaredBy all: [Binding], _ module: Module) -> [Value] {
    var declared: [Value] = []
    // What is assigned in very many places has no value worth knowing; its declared type may be.
    let isTooMuch = bindings.count > Self.bindings
    var result: [Value] = isTooMuch ? [.unknown] : []
    for binding in isTooMuch ? [] : bindings {
      switch binding.kind {
      case .deletion, .augmentedAssignment, .annotation: continue
      default: result += value(of: binding, module)
      }
    }
    for binding in all where !binding.annotation.isNone {
      if declared.isEmpty { declared = declaredValues(binding, module) }
    }
    let isCallable = result.contains { !$0.isPlain }
    guard !declared.isEmpty, !isCallable else { return result.isEmpty ? declared : result }
    return declared
  }

  private mutating func declaredValues(_ binding: Binding, _ module: Module) -> [Value] {
    var types = annotationTypes(binding.annotation, module)
    if binding.kind == .parameter {
      let owner = module.tree.arguments(module.parent(of: binding.node))
      if owner.variadic == binding.node {
        types = [TypeReference("builtins.tuple", arguments: types.count == 1 ? types : [])]
      } else if owner.keywordVariadic == binding.node {
        let key = TypeReference("builtins.str")
        types = [TypeReference("builtins.dict", arguments: types.count == 1 ? [key] + types : [])]
      }
    }
    let known = types.filter { $0.qualifiedName != "builtins.None" }
    return (known.isEmpty ? types : known).map { instance($0) }.filter { $0.kind != .unknown }
  }

  /// What one binding gives its name.
  mutating func value(of binding: Binding, _ module: Module) -> [Value] {
    switch binding.kind {
    case .assignment, .walrus, .annotatedAssignment:
      return unpack(evaluate(binding.value, module), binding.path)
    case .import: return [imported(binding.node, module)]
    case .importFrom: return importedName(binding.node, binding.statement, module)
    case .function:
      return [Value(.function(Definition(module: module.id, node: binding.node), receiver: nil))]
    case .class: return [classValue(binding.node, module)]
    case .parameter: return parameter(binding, module)
    case .forTarget, .comprehensionTarget:
      return unpack(evaluate(binding.value, module).map { element(of: $0) }, binding.path)
    case .withTarget: return unpack(entered(binding.value, module), binding.path)
    case .exceptHandler: return caught(binding.value, module)
    case .typeAlias:
      let types = annotationTypes(binding.value, module)
      return types.isEmpty ? [.unknown] : types.map { Value(.classObject(Self.asClass($0))) }
    case .matchCapture, .typeParameter: return [.unknown]
    case .deletion, .augmentedAssignment, .annotation: return []
    }
  }

  func classValue(_ node: NodeID, _ module: Module) -> Value {
    Value(.classObject(classType(node, module)))
  }

  func classType(_ node: NodeID, _ module: Module) -> TypeReference {
    TypeReference(
      module.qualifiedName(ofScopeAt: node), isClassObject: true,
      definition: Definition(module: module.id, node: node))
  }

  private mutating func parameter(_ binding: Binding, _ module: Module) -> [Value] {
    if !binding.annotation.isNone { return declaredValues(binding, module) + [] }
    if let receiver = receiver(binding.node, of: binding.statement, module) { return [receiver] }
    let owner = module.tree.arguments(module.parent(of: binding.node))
    if owner.variadic == binding.node { return [Self.builtin("tuple")] }
    if owner.keywordVariadic == binding.node { return [Self.builtin("dict")] }
    return [.unknown]
  }

  /// `self` or `cls` when a parameter is that of a method.
  private func receiver(_ parameter: NodeID, of function: NodeID, _ module: Module) -> Value? {
    guard module.tree.kind(function) != .lambda, let owner = module.methodClass(of: function) else { return nil }
    let definition = module.tree.functionDef(function)
    let arguments = module.tree.arguments(definition.arguments)
    let first = module.tree[arguments.positionalOnly].first ?? module.tree[arguments.positional].first
    guard first == parameter else { return nil }
    let type = classType(owner, module)
    switch module.methodKind(of: function) {
    case .staticMethod: return nil
    case .classMethod: return Value(.classObject(type))
    case .instanceMethod, .property: return Value(.instance(Self.asInstance(type)))
    }
  }

  private mutating func caught(_ type: NodeID, _ module: Module) -> [Value] {
    guard !type.isNone else { return [Self.builtin("BaseException")] }
    let parts = module.tree.kind(type) == .tuple ? Array(module.tree[ListID(module.tree[type].a)]) : [type]
    return parts.flatMap { part -> [Value] in
      evaluate(part, module).map { value in
        switch value.kind {
        case .classObject(let type): Value(.instance(Self.asInstance(type)))
        case .library(let name): Value(.instance(TypeReference(name)))
        default: .unknown
        }
      }
    }
  }

  /// What `with value as …` binds.
  private mutating func entered(_ context: NodeID, _ module: Module) -> [Value] {
    evaluate(context, module).flatMap { value -> [Value] in
      guard case .instance(let type) = value.kind else { return [value.moved] }
      switch type.qualifiedName {
      case "contextlib.AbstractContextManager", "contextlib.AbstractAsyncContextManager":
        return [type.arguments.first.map { instance($0) } ?? .unknown]
      default: break
      }
      for method in ["__enter__", "__aenter__"] {
        if let result = program.options.libraries.returnType(ofCallable: type.qualifiedName + "." + method) {
          return [instance(result)]
        }
        guard type.definition != nil else { continue }
        for found in attribute(method, of: value) {
          guard case .function(let definition, let receiver) = found.kind else { continue }
          let result = results(of: definition, receiver: receiver)
          if result.contains(where: { $0.kind != .unknown }) { return result.map(\.moved) }
        }
      }
      return [value.moved]
    }
  }

  // MARK: Unpacking

  private func unpack(_ values: [Value], _ path: UnpackPath) -> [Value] {
    guard !path.isWhole else { return values }
    var values = values
    for position in path.positions {
      values = values.map { value in
        guard case .instance(let type) = value.kind else { return .unknown }
        if type.qualifiedName == "builtins.tuple" {
          guard let position, position < type.arguments.count else { return .unknown }
          return instance(type.arguments[position])
        }
        return element(of: value)
      }
    }
    return values
  }

  /// What iterating over a value yields.
  func element(of value: Value) -> Value {
    guard case .instance(let type) = value.kind else { return .unknown }
    if type.qualifiedName == "builtins.str" { return Self.builtin("str") }
    if type.qualifiedName == "builtins.bytes" || type.qualifiedName == "builtins.range" { return Self.builtin("int") }
    if type.qualifiedName == "builtins.tuple" {
      guard let first = type.arguments.first, type.arguments.allSatisfy({ $0 == first }) else { return .unknown }
      return instance(first)
    }
    guard Builtins.iterables.contains(type.qualifiedName), let first = type.arguments.first else { return .unknown }
    return instance(first)
  }
}

extension Value {
  /// True for functions, classes and modules whose source is known.
  var isDefined: Bool {
    switch kind {
    case .module, .function: true
    case .classObject(let type): type.definition != nil
    default: false
    }
  }

  /// True for values that a variable merely holds; false for modules, functions and classes, which keep their own names.
  var isPlain: Bool {
    switch kind {
    case .unknown, .none, .instance, .superProxy, .partial: true
    case .module, .namespace, .library, .function, .classObject: false
    }
  }
}
