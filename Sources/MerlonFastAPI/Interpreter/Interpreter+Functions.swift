import MerlonProgram
import MerlonPython

extension Interpreter {
  // MARK: Definition

  func defineFunction(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.functionDef(statement)
    let name = tree.text(parts.name)
    let decorators = tree[parts.decorators].map { (node: $0, value: evaluate($0, in: frame)) }
    if raised != nil || isStopping { return }
    let function = makeFunction(statement, name: name, arguments: parts.arguments, in: frame)
    var value = PythonValue.function(function)
    for decorator in decorators.reversed() {
      value = decorated(value, by: decorator.value, node: decorator.node, in: frame)
      if raised != nil || isStopping { return }
    }
    bind(name, value, in: frame)
  }

  /// What a decorator makes of a function or class; one that is not known is taken to keep it as it is.
  func decorated(_ value: PythonValue, by decorator: PythonValue, node: NodeID, in frame: Frame) -> PythonValue {
    if case .classObject(let type) = value {
      let name = decoratorName(decorator)
      if !name.isEmpty { type.decorators.append((name, decoratorArguments(decorator))) }
    }
    if case .either(let choices) = decorator {
      let known = choices.filter { if case .unknown = $0 { false } else { !$0.isNone } }
      guard let first = known.first else { return value }
      return decorated(value, by: first, node: node, in: frame)
    }
    switch decorator {
    case .unknown, .library, .none: return value
    case .instance(let object):
      guard case .classObject = object.type else {
        if object.type.isLibrary("functools.partial") { break }
        return value
      }
    default: break
    }
    let result = call(decorator, CallArguments(positional: [value]), at: site(node, frame))
    switch result {
    case .unknown, .library: return value
    case .none:
      // A decorator that returns nothing leaves `None` behind, and that is what Python binds.
      if case .function(let function) = decorator, function.module.module?.isInstalled != true { return .none }
      return value
    case .instance(let object):
      // Objects of libraries whose code was not read stand for the function that they wrap.
      if case .library = object.type, !object.type.isLibrary("functools.partial"), !isWrapper(object) { return value }
      return result
    case .either(let choices):
      return choices.first { if case .unknown = $0 { false } else { !$0.isNone } } ?? value
    default: return result
    }
  }

  private func isWrapper(_ object: InstanceObject) -> Bool {
    ["builtins.staticmethod", "builtins.classmethod"].contains { object.type.isLibrary($0) }
  }

  private func decoratorName(_ value: PythonValue) -> String {
    switch value {
    case .native(let function): function.name
    case .library(let name): name
    case .function(let function): function.module.name + "." + function.qualifiedName
    case .unknown(let unknown): unknown.text
    default: ""
    }
  }

  private func decoratorArguments(_ value: PythonValue) -> CallArguments {
    if case .native(let function) = value { return function.given ?? CallArguments() }
    return CallArguments()
  }

  func makeFunction(_ node: NodeID, name: String, arguments: NodeID, in frame: Frame) -> FunctionObject {
    let tree = frame.tree
    let module = frame.module ?? ModuleObject(name: "", module: nil, frame: frame.root)
    var scope = frame
    while scope.kind == .comprehension, let outer = scope.enclosing { scope = outer }
    let qualified: String
    switch scope.kind {
    case .classBody: qualified = (scope.classObject?.qualifiedName).map { $0 + "." + name } ?? name
    case .function: qualified = (scope.function?.qualifiedName).map { $0 + ".<locals>." + name } ?? name
    default: qualified = name
    }
    let function = FunctionObject(
      module: module, node: node, name: name, qualifiedName: qualified, enclosing: frame.lexical)
    if frame.kind == .classBody { function.ownerClass = frame.classObject }
    function.annotationFrame = frame
    if frame.kind != .module { keep(frame) }
    readDefaults(of: function, arguments, in: frame)
    let layout = FunctionLayout(node, tree)
    function.layout = layout
    if bindsAnnotationsNow(node, frame) {
      var values: [String: PythonValue] = [:]
      for parameter in layout.parameters where !parameter.annotation.isNone {
        values[parameter.name] = evaluateAnnotation(parameter.annotation, in: frame)
      }
      if !layout.returns.isNone { values["return"] = evaluateAnnotation(layout.returns, in: frame) }
      function.annotations = values
    }
    return function
  }

  /// Annotations are evaluated late, so that names which follow resolve; where the names around may change until then,
  /// at once, as Python does.
  private func bindsAnnotationsNow(_ node: NodeID, _ frame: Frame) -> Bool {
    if frame.kind == .function { return true }
    guard let module = frame.module?.module, module.tree === frame.tree || module.isInstalled == false else {
      return false
    }
    var current = module.parent(of: node)
    while !current.isNone {
      switch module.tree.kind(current) {
      case .for, .asyncFor, .while: return true
      case .module: return false
      default: break
      }
      current = module.parent(of: current)
    }
    return false
  }

  private func readDefaults(of function: FunctionObject, _ arguments: NodeID, in frame: Frame) {
    guard !arguments.isNone else { return }
    let tree = frame.tree
    let parts = tree.arguments(arguments)
    let positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    for (node, value) in zip(positional.suffix(tree[parts.defaults].count), tree[parts.defaults]) {
      function.defaults[tree.text(tree.arg(node).name)] = evaluate(value, in: frame)
    }
    for (node, value) in zip(tree[parts.keywordOnly], tree[parts.keywordDefaults]) where !value.isNone {
      function.defaults[tree.text(tree.arg(node).name)] = evaluate(value, in: frame)
    }
  }

  func keep(_ frame: Frame) {
    guard !frame.isKept else { return }
    frame.isKept = true
    keptFrames.append(frame)
  }

  // MARK: Calls

  /// Calls a value; `site` is the call expression, nil when there is none.
  func call(_ callee: PythonValue, _ arguments: CallArguments, at site: Site? = nil) -> PythonValue {
    let isProject = site.map { !$0.module.isInstalled } ?? false
    if isProject, let site { projectSites.append(site) }
    defer { if isProject { projectSites.removeLast() } }
    let isTop = depth == 0
    defer { if isTop { finishBudget() } }
    guard step(), canDescend() else { return unknown(site) }
    switch callee {
    case .function(let function): return callFunction(function, arguments, at: site)
    case .method(let method):
      var arguments = arguments
      arguments.positional.insert(method.receiver, at: 0)
      depth += 1
      defer { depth -= 1 }
      return call(method.function, arguments, at: site)
    case .classObject(let type): return instantiate(type, arguments, at: site)
    case .native(let function): return function.body(self, arguments, site)
    case .library(let name): return callLibrary(name, arguments, at: site)
    case .generic(let generic): return call(generic.origin, arguments, at: site)
    case .typeParameter(let parameter):
      guard let value = parameter.value() else { return unknown(site) }
      return call(value, arguments, at: site)
    case .instance(let object): return callInstance(object, arguments, at: site)
    case .either(let choices):
      return PythonValue.join(choices.prefix(4).map { call($0, arguments, at: site) })
    case .unknown(let object):
      if case .generic(let generic)? = object.type, TypeName.canonical(of: generic.origin) == "type" {
        return unknown(site, type: generic.arguments.first)
      }
      return unknown(site, object.text + "()")
    default: return unknown(site)
    }
  }

  private func callInstance(_ object: InstanceObject, _ arguments: CallArguments, at site: Site?) -> PythonValue {
    if object.type.isLibrary("functools.partial") {
      var all = object.arguments
      guard !all.positional.isEmpty else { return unknown(site) }
      let function = all.positional.removeFirst()
      all.positional += arguments.positional
      all.keywords.removeAll { own in arguments.keywords.contains { $0.name == own.name } }
      all.keywords += arguments.keywords
      all.isOpen = all.isOpen || arguments.isOpen
      return call(function, all, at: site)
    }
    if case .classObject(let type) = object.type, let found = find("__call__", in: type) {
      return call(bound(found.value, to: .instance(object), type: type, site: site), arguments, at: site)
    }
    return unknown(site)
  }

  private func callLibrary(_ name: String, _ arguments: CallArguments, at site: Site?) -> PythonValue {
    let last = lastPart(name)
    if let path = FileTable.make(name, arguments, userSite(site)) { return path }
    if let type = program.options.libraries.returnType(ofCallable: name) {
      if TypeName.last(type.qualifiedName) == last { return libraryInstance(name, arguments, at: site) }
      return unknown(site, last + "()", type: libraryType(type))
    }
    // Classes are named with a capital.
    if last.first?.isUppercase == true { return libraryInstance(name, arguments, at: site) }
    return unknown(site, last + "()")
  }

  private func libraryInstance(_ name: String, _ arguments: CallArguments, at site: Site?) -> PythonValue {
    let object = InstanceObject(type: .library(name), site: userSite(site), arguments: arguments)
    object.conditions = currentConditions
    for keyword in arguments.keywords { object.attributes[keyword.name] = keyword.value }
    return .instance(object)
  }

  func libraryType(_ type: TypeReference) -> PythonValue {
    if type.qualifiedName.hasPrefix("builtins."), let object = builtins.classes[String(type.qualifiedName.dropFirst(9))]
    {
      return .classObject(object)
    }
    return .library(type.qualifiedName)
  }

  /// The nearest call in code of the project: places in models of libraries say nothing to users.
  func userSite(_ site: Site?) -> Site? {
    if let site, !site.module.isInstalled { return site }
    return projectSites.last ?? site
  }

  func callFunction(_ function: FunctionObject, _ arguments: CallArguments, at site: Site?) -> PythonValue {
    guard canDescend(), step() else { return unknown(site) }
    let tree = function.enclosing.tree
    let layout = function.layout ?? FunctionLayout(function.node, tree)
    function.layout = layout
    if layout.isAsync, !layout.isGenerator {
      return .instance(
        InstanceObject(
          type: .library("types.CoroutineType"), attributes: ["function": .function(function)], site: site,
          arguments: arguments))
    }
    guard let cache = function.cache else { return runBody(of: function, layout, arguments, at: site) }
    let key = (arguments.positional + arguments.keywords.map(\.value)).map { PythonText.representation(of: $0) }
      .joined(separator: ",")
    if let known = cache.results[key] { return known }
    let result = runBody(of: function, layout, arguments, at: site)
    cache.results[key] = result
    return result
  }

  /// The result of a coroutine.
  func awaited(_ value: PythonValue, site: Site?) -> PythonValue {
    switch value {
    case .instance(let object) where object.type.isLibrary("types.CoroutineType"):
      guard case .function(let function)? = object.attributes["function"], let layout = function.layout else {
        return unknown(site)
      }
      return runBody(of: function, layout, object.arguments, at: site)
    case .unknown: return unknown(site)
    default: return value
    }
  }

  private func runBody(
    of function: FunctionObject, _ layout: FunctionLayout, _ arguments: CallArguments, at site: Site?
  ) -> PythonValue {
    let identity = ObjectIdentifier(function)
    let isModel = function.module.module?.isInstalled == true
    let spentBefore = functionSteps[function.node.index, default: [:]][function.module.name, default: 0]
    guard depth < options.depthLimit, activeCalls[identity, default: 0] < (isModel ? 30 : 4),
      isModel || spentBefore < options.functionStepLimit
    else { return unknown(site, function.name + "()", type: returnType(of: function)) }
    let stepsBefore = steps
    depth += 1
    activeCalls[identity, default: 0] += 1
    defer {
      depth -= 1
      activeCalls[identity, default: 1] -= 1
      if !isModel {
        functionSteps[function.node.index, default: [:]][function.module.name, default: 0] += steps - stepsBefore
      }
    }
    let frame = Frame(enclosing: function.enclosing, module: function.module, kind: .function)
    frame.function = function
    frame.receiver = arguments.positional.first
    bindArguments(arguments, of: function, layout, to: frame)
    if !layout.expression.isNone { return evaluate(layout.expression, in: frame) }
    let conditions = currentConditions.count
    let completion = execute(layout.body, in: frame)
    truncateConditions(conditions)
    if completion == .raised { return unknown(site, function.name + "()") }
    if layout.isGenerator { return .list(ListObject(frame.yielded)) }
    if completion == .normal { frame.returned.append(.none) }
    if frame.returned.isEmpty { return unknown(site, function.name + "()", type: returnType(of: function)) }
    let result = withoutUnread(PythonValue.join(frame.returned))
    if case .unknown(let object) = result, object.type == nil, !object.isTemplate, let type = returnType(of: function) {
      return unknown(site, function.name + "()", type: type)
    }
    return result
  }

  private func returnType(of function: FunctionObject) -> PythonValue? {
    guard let layout = function.layout, !layout.returns.isNone else { return nil }
    let frame = function.annotationFrame ?? function.enclosing
    return instanceType(function.annotations["return"] ?? evaluateAnnotation(layout.returns, in: frame))
  }

  private func bindArguments(
    _ arguments: CallArguments, of function: FunctionObject, _ layout: FunctionLayout, to frame: Frame
  ) {
    var positional = arguments.positional[...]
    var keywords = arguments.keywords
    for parameter in layout.parameters {
      switch parameter.kind {
      case .positionalOnly, .positionalOrKeyword:
        if let value = positional.popFirst() {
          frame.names[parameter.name] = value
          continue
        }
        fallthrough
      case .keywordOnly:
        if parameter.kind != .positionalOnly, let index = keywords.lastIndex(where: { $0.name == parameter.name }) {
          frame.names[parameter.name] = keywords[index].value
          keywords.removeAll { $0.name == parameter.name }
        } else if let value = function.defaults[parameter.name], !arguments.isOpen {
          frame.names[parameter.name] = value
        } else if let value = function.defaults[parameter.name] {
          frame.names[parameter.name] = value
        } else {
          frame.names[parameter.name] = .unknown(
            UnknownObject(text: parameter.name, type: parameterType(parameter, of: function)))
        }
      case .variadic:
        frame.names[parameter.name] =
          arguments.isOpen ? .list(ListObject(Array(positional), isOpen: true)) : .tuple(Array(positional))
        positional = []
      case .keywordVariadic:
        // Models of libraries take what is spread from unknown places (`Settings(**read())`) as not given: defaults hold.
        let isModel = function.module.module?.isInstalled == true
        let rest = DictionaryObject([], isOpen: arguments.isOpen && !isModel)
        for keyword in keywords { set(.string(keyword.name), keyword.value, in: rest) }
        frame.names[parameter.name] = .dictionary(rest)
      }
    }
  }

  private func parameterType(_ parameter: FunctionLayout.Parameter, of function: FunctionObject) -> PythonValue? {
    guard !parameter.annotation.isNone else { return nil }
    let frame = function.annotationFrame ?? function.enclosing
    return instanceType(function.annotations[parameter.name] ?? evaluateAnnotation(parameter.annotation, in: frame))
  }

  /// A function that gives either a kept application or router, or makes one, gives the one that is made.
  private func withoutUnread(_ value: PythonValue) -> PythonValue {
    guard case .either(let choices) = value else { return value }
    let known = choices.filter { !$0.isUnknown }
    guard known.count == 1, let only = known.first, known.count < choices.count, case .instance(let object) = only,
      case .classObject(let type) = object.type,
      type.order.contains(where: { base in
        guard case .classObject(let base) = base else { return false }
        return ["fastapi.applications", "fastapi.routing", "starlette.applications", "starlette.routing"].contains(
          base.moduleName)
      })
    else { return value }
    return only
  }
}
