package import MerlonProgram
package import MerlonPython

/// Value flow through a whole program: one `FunctionFlow` a function, joined at calls.
///
/// Work is shared by all questions: a function is read once, and what passes through it is known in terms of its
/// parameters. An engine belongs to one thread; answers do not depend on the order of questions.
package final class FlowEngine {
  package let program: Program
  private var flows: [Definition: FunctionFlow] = [:]
  private var passing: [Definition: [FlowValue]] = [:]
  private var methods: MethodTable?
  var implemented: [Definition: [Definition]] = [:]
  private var ordered: Set<Definition> = []

  /// Expressions under way inside one another, in all functions together; bounds the stack.
  var nesting = 0
  static let nestingLimit = 100

  package init(_ program: Program) { self.program = program }

  /// The flow in a function or lambda; nil for other nodes and modules of other programs.
  package func flow(_ definition: Definition) -> FunctionFlow? {
    if let known = flows[definition] { return known }
    guard let module = program.module(definition.module) else { return nil }
    switch module.tree.kind(definition.node) {
    case .functionDef, .asyncFunctionDef, .lambda: break
    default: return nil
    }
    let made = FunctionFlow(definition, module: module, engine: self)
    flows[definition] = made
    return made
  }

  // MARK: Targets

  /// What a call runs. Where the receiver's type is not known, a method that only one class of the project defines, and
  /// whose name is not one that libraries use too, is taken for it.
  func target(of call: NodeID, name: String, receiver: NodeID, in semantics: Semantics) -> CallTarget? {
    let targets = semantics.resolveCalls(call)
    if let first = targets.first {
      // Several ways: the project's own code tells most.
      return targets.first { if case .library = $0.kind { false } else { true } } ?? first
    }
    guard !receiver.isNone, name.count > 4, name.contains("_"), !name.hasPrefix("__") else { return nil }
    return methodTarget(name)
  }

  /// The methods of the project's classes with a name.
  func methodsNamed(_ name: String) -> [Definition] {
    program.noteQuestion(MethodTable.namedQuestion, name)
    return methodTable().all(name)
  }

  private func methodTable() -> MethodTable {
    if let methods { return methods }
    let made = MethodTable(program)
    methods = made
    return made
  }

  private func methodTarget(_ name: String) -> CallTarget? {
    program.noteQuestion(MethodTable.question, name)
    guard let method = methodTable().only(name), let module = program.module(method.module)
    else { return nil }
    return CallTarget(
      kind: .function(method), qualifiedName: module.qualifiedName(ofScopeAt: method.node),
      isBound: module.methodKind(of: method.node) != .staticMethod)
  }

  /// What a reference to a function would run when it is called.
  func target(ofReference expression: NodeID, in semantics: Semantics) -> CallTarget? {
    guard let definition = semantics.definition(of: expression), let module = program.module(definition.module) else {
      return nil
    }
    switch module.tree.kind(definition.node) {
    case .functionDef, .asyncFunctionDef: break
    default: return nil
    }
    let isMethod = module.methodClass(of: definition.node) != nil
    let isAttribute = semantics.module.tree.kind(expression) == .attribute
    return CallTarget(
      kind: .function(definition), qualifiedName: module.qualifiedName(ofScopeAt: definition.node),
      isBound: isMethod && isAttribute && module.methodKind(of: definition.node) != .staticMethod)
  }

  // MARK: Passing through

  /// The values that a call's arguments give the parameters of the function that it runs.
  package func bind(_ call: FlowCall, in flow: FunctionFlow) -> [NodeID: [FlowValue]] {
    guard let function = call.function else { return [:] }
    return bind(call, to: function, in: flow)
  }

  /// The same for an implementation of the method that is called.
  package func bind(_ call: FlowCall, to function: Definition, in flow: FunctionFlow) -> [NodeID: [FlowValue]] {
    guard let callee = self.flow(function) else { return [:] }
    return FlowBinder(call: call, caller: flow, callee: callee).bound()
  }

  /// A value in terms of a callee's parameters, in terms of the caller.
  package func substitute(_ value: FlowValue, _ bound: [NodeID: [FlowValue]], callee: Definition, in flow: FunctionFlow)
    -> [FlowValue]
  {
    guard case .parameter(let place) = value.root else {
      switch value.root {
      case .global, .label: return [value]
      default: return []
      }
    }
    guard place.module == callee.module, let given = bound[place.node] else { return [] }
    let result = flow.project(given, path: value.path)
    return result.passing(value.passed)
  }

  /// What a call of a project function gives back of its arguments.
  func passedThrough(_ call: FlowCall, in flow: FunctionFlow) -> [FlowValue] {
    guard let function = call.function else { return [] }
    let returned = returnedParameters(function)
    guard !returned.isEmpty else { return [] }
    let bound = bind(call, in: flow)
    var result: [FlowValue] = []
    for value in returned { result.merge(substitute(value, bound, callee: function, in: flow)) }
    return result
  }

  /// The parameters (and parts of them) that a function returns, directly or through what it calls.
  package func returnedParameters(_ function: Definition) -> [FlowValue] {
    if let known = passing[function] { return known }
    // Members of a cycle see each other's results as empty.
    passing[function] = []
    guard passingDepth < 40, let flow = flow(function) else { return [] }
    passingDepth += 1
    defer { passingDepth -= 1 }
    var result: [FlowValue] = []
    for node in flow.returns + flow.yields {
      for value in flow.values(of: node) {
        if case .parameter = value.root { result.merge([value]) }
      }
    }
    passing[function] = result
    return result
  }

  private var passingDepth = 0

  // MARK: Fields

  /// What a constructor call puts into a field of the object that it makes; nil when that is not known.
  package func field(_ name: String, of call: FlowCall, in flow: FunctionFlow) -> [FlowValue]? {
    guard call.constructedClass != nil || isClassName(call.name) else { return nil }
    for argument in call.arguments where argument.name == name { return flow.values(of: argument.node) }
    if let initializer = call.function { return storedField(name, initializer, call, flow) }
    if let definition = call.constructedClass {
      let fields = program.declaredFields(of: definition)
      if let index = fields.firstIndex(where: { $0.name == name }), index < call.arguments.count,
        call.arguments[...index].allSatisfy({ $0.name == nil && $0.form == .plain })
      {
        return flow.values(of: call.arguments[index].node)
      }
    }
    var result: [FlowValue]?
    for argument in call.arguments where argument.form == .doubleStarred {
      result = (result ?? []).merged(flow.project(flow.values(of: argument.node), FlowName(name)))
    }
    return result
  }

  /// `self.name = parameter` in `__init__`.
  private func storedField(_ name: String, _ initializer: Definition, _ call: FlowCall, _ flow: FunctionFlow)
    -> [FlowValue]?
  {
    guard let callee = self.flow(initializer), let own = callee.parameters.first else { return nil }
    var result: [FlowValue]?
    for write in callee.writes where write.name.text == name {
      guard callee.values(of: write.receiver).contains(FlowValue(.parameter(callee.place(own)))) else { continue }
      let bound = bind(call, in: flow)
      for value in callee.values(of: write.value) {
        result = (result ?? []).merged(substitute(value, bound, callee: initializer, in: flow))
      }
    }
    return result
  }

  /// What methods that are called on an object put into one of its fields: `reader.open(path)` with `self.path = path`.
  func fieldsSet(_ name: FlowName, on object: FlowValue, in flow: FunctionFlow) -> [FlowValue] {
    var result: [FlowValue] = []
    for call in flow.methodCalls {
      guard let function = call.function, let callee = self.flow(function), let values = callee.ownWrites[name],
        flow.values(of: call.receiver).contains(object)
      else { continue }
      let bound = bind(call, in: flow)
      for node in values {
        for value in callee.values(of: node) where value.root != object.root {
          result.merge(substitute(value, bound, callee: function, in: flow))
        }
      }
    }
    return result
  }

  private func isClassName(_ name: String) -> Bool { name.first?.isUppercase ?? false }

  // MARK: Influence

  /// Values with everything that took part in making them: arguments and receivers of the calls that they come from,
  /// parts of displays, captured values. What was added is marked as derived.
  package func influences(_ values: [FlowValue], in flow: FunctionFlow) -> [FlowValue] {
    var result = values
    var seen: Set<FlowValue.Root> = []
    var pending = values
    var position = 0
    while position < pending.count, pending.count < 4 * FlowValue.setLimit {
      let value = pending[position]
      position += 1
      let parts: [FlowValue]
      switch value.root {
      case .made(let place) where place.module == flow.module.id && seen.insert(value.root).inserted:
        parts = flow.parts(of: place.node)
      case .call(let place) where place.module == flow.module.id && seen.insert(value.root).inserted:
        guard let call = flow.call(at: place.node) else { continue }
        parts = inputs(of: call, in: flow)
      default: continue
      }
      for part in parts.map(\.derived) where result.count < 4 * FlowValue.setLimit {
        if !result.contains(part) {
          result.append(part)
          pending.append(part)
        }
      }
    }
    return result
  }

  /// The values of a call's receiver and arguments.
  package func inputs(of call: FlowCall, in flow: FunctionFlow) -> [FlowValue] {
    var result: [FlowValue] = []
    if !call.receiver.isNone {
      result.merge(flow.values(of: call.receiver))
    } else if flow.tree.kind(call.node) == .call {
      // A local function that is called brings what it captures.
      for value in flow.values(of: flow.tree.call(call.node).function) {
        if case .made = value.root { result.merge([value]) }
        if case .parameter = value.root { result.merge([value]) }
      }
    }
    for argument in call.arguments { result.merge(flow.values(of: argument.node)) }
    return result
  }

  // MARK: Order

  /// The functions that a function reaches, callees before callers, each group one cycle of the call graph (most have
  /// one member). Functions of groups that were given before are left out.
  ///
  /// - Parameter limit: most functions that are visited.
  package func newComponents(from root: Definition, limit: Int = 20_000) -> [[Definition]] {
    components(from: root, done: &ordered, limit: limit)
  }

  /// The same for questions of another kind, which keep their own account of what is done.
  package func components(from root: Definition, done: inout Set<Definition>, limit: Int = 20_000) -> [[Definition]] {
    var search = ComponentSearch(engine: self, done: done)
    let found = search.run(from: root, limit: limit)
    for group in found { done.formUnion(group) }
    return found
  }

  /// The project functions that a function calls, or defines and hands on.
  package func callees(of definition: Definition) -> [Definition] {
    guard let flow = flow(definition) else { return [] }
    var result: [Definition] = []
    var seen: Set<Definition> = []
    for call in flow.calls {
      guard let function = call.function else { continue }
      for callee in implementations(of: function) where seen.insert(callee).inserted { result.append(callee) }
    }
    for node in flow.nested {
      let inner = flow.place(node)
      if seen.insert(inner).inserted { result.append(inner) }
    }
    return result
  }
}
