import MerlonProgram
import MerlonPython

/// Lists the calls, conditions, writes and results of one function, in the order of the code.
struct FlowCollector {
  private let flow: FunctionFlow
  private let tree: Tree
  private let semantics: Semantics

  /// Functions of libraries that call what they are given, with the number of arguments before it.
  private static let runners: [String: Int] = [
    "run_in_threadpool": 0, "to_thread": 0, "run_sync": 0, "run_sync_in_worker_thread": 0, "add_task": 0,
    "run_in_executor": 1, "submit": 0, "partial": 0, "sync_to_async": 0, "start_soon": 0, "call_soon": 0,
    "iterate_in_threadpool": 0,
  ]

  init(_ flow: FunctionFlow) {
    self.flow = flow
    tree = flow.tree
    semantics = flow.semantics
  }

  func collect() {
    let node = flow.definition.node
    switch tree.kind(node) {
    case .lambda:
      let body = tree.lambda(node).body
      visit([body])
      flow.returns = [body]
    case .functionDef, .asyncFunctionDef: visit(Array(tree[tree.functionDef(node).body]))
    default: return
    }
  }

  private enum Work {
    case enter(NodeID)
    case leave(NodeID)
  }

  /// Parts before the whole, as evaluation goes, without recursion.
  private func visit(_ start: [NodeID]) {
    var stack: [Work] = start.reversed().map { .enter($0) }
    while let next = stack.popLast() {
      switch next {
      case .leave(let id): leave(id)
      case .enter(let id):
        switch tree.kind(id) {
        case .functionDef, .asyncFunctionDef, .lambda:
          flow.nested.append(id)
          continue
        case .classDef: continue
        default: break
        }
        note(id)
        stack.append(.leave(id))
        var children: [NodeID] = []
        switch tree.kind(id) {
        case .annAssign:
          // The annotation of a local is no value.
          let parts = tree.annAssign(id)
          children = [parts.target, parts.value].filter { !$0.isNone }
        case .assign: children = [tree.assign(id).value] + Array(tree[tree.assign(id).targets])
        default: tree.forEachChild(id) { children.append($0) }
        }
        stack.append(contentsOf: children.reversed().map { .enter($0) })
      }
    }
  }

  /// What is noted before the parts: conditions stand before the code that they guard.
  private func note(_ id: NodeID) {
    switch tree.kind(id) {
    case .if, .while:
      let parts = tree.conditional(id)
      let isLoop = tree.kind(id) == .while
      add(
        FlowCondition(
          kind: isLoop ? .loop : .branch, test: parts.test, node: id, exitIfTrue: isLoop ? nil : exit(parts.body),
          exitIfFalse: isLoop ? nil : exit(parts.orElse)))
    case .assert:
      add(
        FlowCondition(kind: .assertion, test: tree.assert(id).test, node: id, exitIfTrue: nil, exitIfFalse: .raises))
    case .ifExp:
      add(FlowCondition(kind: .expression, test: tree.ifExp(id).test, node: id, exitIfTrue: nil, exitIfFalse: nil))
    case .comprehension:
      for test in tree[tree.generator(id).conditions] {
        add(FlowCondition(kind: .filter, test: test, node: id, exitIfTrue: nil, exitIfFalse: nil))
      }
    case .matchCase:
      let parts = tree.matchCase(id)
      guard !parts.guard.isNone else { return }
      add(
        FlowCondition(kind: .case, test: parts.guard, node: id, exitIfTrue: exit(parts.body), exitIfFalse: nil))
    case .return: if !tree.value(id).isNone { flow.returns.append(tree.value(id)) }
    case .yield, .yieldFrom: if !tree.value(id).isNone { flow.yields.append(tree.value(id)) }
    case .raise: if !tree.raise(id).exception.isNone { flow.raises.append(tree.raise(id).exception) }
    default: return
    }
  }

  private func add(_ condition: FlowCondition) {
    if flow.conditionIndex[condition.node] == nil { flow.conditionIndex[condition.node] = flow.conditions.count }
    flow.conditions.append(condition)
  }

  private func leave(_ id: NodeID) {
    switch tree.kind(id) {
    case .call: addCall(id)
    case .subscript: addSubscript(id)
    case .assign:
      let parts = tree.assign(id)
      for target in tree[parts.targets] { addWrite(target, parts.value, id) }
    case .annAssign:
      let parts = tree.annAssign(id)
      if !parts.value.isNone { addWrite(parts.target, parts.value, id) }
    case .augAssign:
      let parts = tree.augAssign(id)
      addWrite(parts.target, parts.value, id)
    default: return
    }
  }

  /// How control leaves a block; nil when it reaches the end.
  private func exit(_ block: ListID) -> FlowExit? {
    guard let last = tree[block].last, semantics.alwaysExits(block) else { return nil }
    for statement in tree[block] {
      switch tree.kind(statement) {
      case .raise: return .raises
      case .return: return .returns(tree.value(statement))
      case .continue: return .continues
      case .break: return .breaks
      default: continue
      }
    }
    // Every branch of the last statement leaves; the first one tells how.
    return tree.kind(last) == .if ? exit(tree.conditional(last).body) ?? .ends : .ends
  }

  // MARK: Calls

  private func addCall(_ id: NodeID) {
    let parts = tree.call(id)
    var name = ""
    var receiver = NodeID.none
    switch tree.kind(parts.function) {
    case .attribute:
      let attribute = tree.attribute(parts.function)
      name = tree.text(attribute.name)
      receiver = attribute.value
    case .name: name = tree.text(tree.nameID(parts.function))
    default: break
    }
    var arguments = tree[parts.arguments].map { node in
      tree.kind(node) == .starred
        ? FlowArgument(name: nil, node: tree.value(node), form: .starred)
        : FlowArgument(name: nil, node: node, form: .plain)
    }
    for keyword in tree[parts.keywords] {
      let entry = tree.keyword(keyword)
      arguments.append(
        FlowArgument(
          name: entry.name.isNone ? nil : tree.text(entry.name), node: entry.value,
          form: entry.name.isNone ? .doubleStarred : .plain))
    }
    var call = FlowCall(
      node: id, target: flow.engine.target(of: id, name: name, receiver: receiver, in: semantics), name: name,
      receiver: receiver, arguments: arguments, isSubscript: false, isResultUsed: !isStatement(id),
      isHandedOver: false)
    handOver(&call)
    append(call)
  }

  /// `run_in_threadpool(load, id)` runs `load(id)`.
  private func handOver(_ call: inout FlowCall) {
    if Self.queues.contains(call.name), call.function == nil { return enqueue(&call) }
    guard let skipped = Self.runners[call.name], call.function == nil, call.arguments.count > skipped else { return }
    let callee = call.arguments[skipped]
    guard callee.form == .plain, let target = flow.engine.target(ofReference: callee.node, in: semantics) else {
      return
    }
    call.target = target
    call.arguments = Array(call.arguments.dropFirst(skipped + 1))
    call.receiver = tree.kind(callee.node) == .attribute ? tree.attribute(callee.node).value : .none
    call.name = target.qualifiedName.split(separator: ".").last.map(String.init) ?? call.name
    call.isHandedOver = true
  }

  /// `task.delay(id)`, `task.apply_async(args=[id])`: a worker runs `task(id)` (Celery, Dramatiq, Huey, TaskIQ).
  private static let queues: Set<String> = ["delay", "apply_async", "send", "send_with_options", "kiq", "schedule"]

  private func enqueue(_ call: inout FlowCall) {
    guard !call.receiver.isNone, let target = flow.engine.target(ofReference: call.receiver, in: semantics) else {
      return
    }
    if call.name == "apply_async" || call.name == "send_with_options" {
      let positional = call.arguments.first { $0.name == "args" } ?? call.arguments.first { $0.name == nil }
      let named = call.arguments.first { $0.name == "kwargs" }
      var arguments: [FlowArgument] = []
      if let node = positional?.node, tree.kind(node) == .list || tree.kind(node) == .tuple {
        arguments = tree.elements(node).map { FlowArgument(name: nil, node: $0, form: .plain) }
      }
      if let node = named?.node, tree.kind(node) == .dict {
        let parts = tree.dict(node)
        for (key, value) in zip(tree[parts.keys], tree[parts.values]) where !key.isNone {
          arguments.append(FlowArgument(name: tree.stringValue(key), node: value, form: .plain))
        }
      }
      call.arguments = arguments
    }
    call.target = target
    // A task that is bound gets itself first.
    if let function = call.function, isBoundTask(function) {
      call.arguments.insert(FlowArgument(name: nil, node: call.receiver, form: .plain), at: 0)
    }
    call.name = target.qualifiedName.split(separator: ".").last.map(String.init) ?? call.name
    call.receiver = .none
    call.isHandedOver = true
  }

  /// `@app.task(bind=True)`
  private func isBoundTask(_ function: Definition) -> Bool {
    guard let module = flow.engine.program.module(function.module) else { return false }
    return module.tree[module.tree.functionDef(function.node).decorators].contains {
      module.tree.text($0).contains("bind=True")
    }
  }

  private func addSubscript(_ id: NodeID) {
    let parts = tree.subscript_(id)
    guard tree.stringValue(parts.slice) == nil, tree.integerValue(parts.slice) == nil, tree.kind(parts.slice) != .slice
    else { return }
    append(
      FlowCall(
        node: id, target: nil, name: FlowValue.element.text, receiver: parts.value,
        arguments: [FlowArgument(name: nil, node: parts.slice, form: .plain)], isSubscript: true, isResultUsed: true,
        isHandedOver: false))
  }

  private func append(_ call: FlowCall) {
    flow.callIndex[call.node] = flow.calls.count
    flow.calls.append(call)
    guard call.name == "setattr", call.receiver.isNone, call.arguments.count == 3 else { return }
    let key = call.arguments[1].node
    flow.writes.append(
      FlowWrite(
        node: call.node, receiver: call.arguments[0].node,
        name: tree.stringValue(key).map { FlowName($0) } ?? FlowValue.element,
        value: call.arguments[2].node, key: tree.stringValue(key) == nil ? key : .none))
  }

  private func isStatement(_ call: NodeID) -> Bool {
    var parent = flow.module.parent(of: call)
    if tree.kind(parent) == .await { parent = flow.module.parent(of: parent) }
    return tree.kind(parent) == .expr
  }

  private func addWrite(_ target: NodeID, _ value: NodeID, _ statement: NodeID) {
    switch tree.kind(target) {
    case .attribute:
      let parts = tree.attribute(target)
      flow.writes.append(
        FlowWrite(
          node: statement, receiver: parts.value, name: FlowName(tree.text(parts.name)), value: value,
          key: .none))
    case .subscript:
      let parts = tree.subscript_(target)
      let key = tree.stringValue(parts.slice).map { FlowName($0) }
      flow.writes.append(
        FlowWrite(
          node: statement, receiver: parts.value, name: key ?? FlowValue.element, value: value,
          key: key == nil ? parts.slice : .none))
    default: return
    }
  }
}
