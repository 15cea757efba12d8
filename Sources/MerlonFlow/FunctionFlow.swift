package import MerlonProgram
package import MerlonPython

/// The flow of values in one function or lambda, in terms of its parameters.
///
/// Made once per function. Values are worked out when they are asked for and kept; one thread at a time.
package final class FunctionFlow {
  package let definition: Definition
  package let module: Module
  package let semantics: Semantics
  /// Parts of displays that are being followed, one inside the other.
  var partDepth = 0
  /// In the order in which the code evaluates them, nested functions and lambdas left out.
  package internal(set) var calls: [FlowCall] = []
  package internal(set) var conditions: [FlowCondition] = []
  package internal(set) var writes: [FlowWrite] = []
  /// The returned expressions; the body of a lambda.
  package internal(set) var returns: [NodeID] = []
  package internal(set) var yields: [NodeID] = []
  package internal(set) var raises: [NodeID] = []
  /// Functions that the body defines, and lambdas.
  package internal(set) var nested: [NodeID] = []

  unowned let engine: FlowEngine
  var callIndex: [NodeID: Int] = [:]
  var conditionIndex: [NodeID: Int] = [:]
  private var memo: [NodeID: [FlowValue]] = [:]
  /// Results that were cut by an evaluation that is still under way.
  private var provisional: [NodeID: [FlowValue]] = [:]
  private var underWay: [NodeID: Int] = [:]
  private var cutLevel = Int.max
  /// Parts of displays and objects that are being looked up.
  var lookups: Set<Lookup> = []

  struct Lookup: Hashable {
    var node: NodeID
    var step: FlowName
  }
  /// What is put into a display or a made object after it was made, by its node.
  private var additions: [NodeID: [(step: FlowName, value: NodeID)]] = [:]

  /// The values that `self` is given, by field.
  package private(set) lazy var ownWrites: [FlowName: [NodeID]] = {
    guard let own = parameters.first, module.methodClass(of: definition.node) != nil,
      module.methodKind(of: definition.node) != .staticMethod
    else { return [:] }
    let name = parameterName(own)
    var result: [FlowName: [NodeID]] = [:]
    for write in writes where write.key.isNone && tree.kind(write.receiver) == .name {
      if tree.text(tree.nameID(write.receiver)) == name { result[write.name, default: []].append(write.value) }
    }
    return result
  }()
  /// Calls of the project's methods on names, which may fill fields of what the name stands for.
  private(set) lazy var methodCalls: [FlowCall] = calls.filter {
    $0.function != nil && $0.constructedClass == nil && !$0.receiver.isNone && tree.kind($0.receiver) == .name
  }

  package var tree: Tree { module.tree }

  init(_ definition: Definition, module: Module, engine: FlowEngine) {
    self.definition = definition
    self.module = module
    self.semantics = engine.program.semantics(of: module)
    self.engine = engine
    FlowCollector(self).collect()
    noteAdditions()
  }

  // MARK: Structure

  /// The parameter nodes, in order.
  package var parameters: [NodeID] {
    let kind = tree.kind(definition.node)
    guard kind == .lambda || kind == .functionDef || kind == .asyncFunctionDef else { return [] }
    let parts = tree.arguments(
      kind == .lambda ? tree.lambda(definition.node).arguments : tree.functionDef(definition.node).arguments)
    var result = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    if !parts.variadic.isNone { result.append(parts.variadic) }
    result += Array(tree[parts.keywordOnly])
    if !parts.keywordVariadic.isNone { result.append(parts.keywordVariadic) }
    return result
  }

  package func parameterName(_ node: NodeID) -> String { tree.text(tree.arg(node).name) }

  /// The name of the function; empty for lambdas.
  package var name: String {
    tree.kind(definition.node) == .lambda ? "" : tree.text(tree.functionDef(definition.node).name)
  }

  package func condition(at node: NodeID) -> FlowCondition? { conditionIndex[node].map { conditions[$0] } }

  package func call(at node: NodeID) -> FlowCall? { callIndex[node].map { calls[$0] } }

  func place(_ node: NodeID) -> Definition { Definition(module: module.id, node: node) }

  /// The conditions whose outcome a node has behind it, nearest first: those around it, and earlier ones in the same
  /// or an outer block one side of which leaves.
  package func conditions(before node: NodeID) -> [(condition: FlowCondition, outcome: Bool)] {
    var result: [(FlowCondition, Bool)] = []
    var child = node
    var parent = module.parent(of: node)
    while !child.isNone, child != definition.node, result.count < 64 {
      for list in blocks(of: parent) where tree[list].contains(child) {
        for statement in tree[list] {
          if statement == child { break }
          guard let position = conditionIndex[statement] else { continue }
          let condition = conditions[position]
          if condition.exitIfTrue != nil { result.append((condition, false)) }
          if condition.exitIfFalse != nil { result.append((condition, true)) }
        }
      }
      if let position = conditionIndex[parent] {
        let condition = conditions[position]
        switch tree.kind(parent) {
        case .if, .while:
          let parts = tree.conditional(parent)
          if tree[parts.body].contains(child) { result.append((condition, true)) }
          if tree[parts.orElse].contains(child) { result.append((condition, false)) }
        case .ifExp:
          let parts = tree.ifExp(parent)
          if parts.body == child { result.append((condition, true)) }
          if parts.orElse == child { result.append((condition, false)) }
        default: break
        }
      }
      if parent.isNone || parent == definition.node { break }
      child = parent
      parent = module.parent(of: parent)
    }
    return result
  }

  private func blocks(of node: NodeID) -> [ListID] {
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef: return [tree.functionDef(node).body]
    case .if, .while:
      let parts = tree.conditional(node)
      return [parts.body, parts.orElse]
    case .for, .asyncFor:
      let parts = tree.for_(node)
      return [parts.body, parts.orElse]
    case .with, .asyncWith: return [tree.with(node).body]
    case .try, .tryStar:
      let parts = tree.try_(node)
      return [parts.body, parts.orElse, parts.finally]
    case .exceptHandler: return [tree.exceptHandler(node).body]
    case .matchCase: return [tree.matchCase(node).body]
    default: return []
    }
  }

  // MARK: Values

  /// Where the value of an expression may come from. Empty for constants and what is not known.
  package func values(of expression: NodeID) -> [FlowValue] {
    if let known = memo[expression] ?? provisional[expression] { return known }
    if let level = underWay[expression] {
      cutLevel = min(cutLevel, level)
      return []
    }
    let level = underWay.count
    guard engine.nesting < FlowEngine.nestingLimit else {
      cutLevel = -1
      return []
    }
    engine.nesting += 1
    defer { engine.nesting -= 1 }
    let outer = cutLevel
    cutLevel = Int.max
    underWay[expression] = level
    let result = computeValues(expression)
    underWay[expression] = nil
    // A result that met something still under way lacks what that will add.
    if cutLevel >= level || level == 0 {
      memo[expression] = result
      cutLevel = outer
    } else {
      provisional[expression] = result
      cutLevel = min(cutLevel, outer)
    }
    if level == 0 {
      provisional = [:]
      cutLevel = Int.max
    }
    return result
  }

  /// Elements that were put into what a node makes.
  package func additions(to node: NodeID) -> [(step: FlowName, value: NodeID)] { additions[node] ?? [] }

  private func noteAdditions() {
    var found: [NodeID: [(step: FlowName, value: NodeID)]] = [:]
    func note(_ receiver: NodeID, _ step: FlowName, _ value: NodeID) {
      for target in values(of: receiver) where target.path.isEmpty {
        switch target.root {
        case .made(let place), .call(let place):
          if place.module == module.id { found[place.node, default: []].append((step, value)) }
        default: continue
        }
      }
    }
    for write in writes { note(write.receiver, write.name, write.value) }
    for call in calls where !call.receiver.isNone && !call.isSubscript {
      switch call.name {
      case "append", "add", "appendleft", "extend", "insert", "put", "put_nowait":
        guard tree.kind(call.receiver) == .name, let last = call.arguments.last else { continue }
        if call.function == nil { note(call.receiver, call.name == "extend" ? "*" : FlowValue.element, last.node) }
      case "update":
        guard call.function == nil else { continue }
        for argument in call.arguments {
          note(call.receiver, argument.name.map { FlowName($0) } ?? "**", argument.node)
        }
      case "setdefault":
        guard call.function == nil, call.arguments.count == 2 else { continue }
        note(
          call.receiver, tree.stringValue(call.arguments[0].node).map { FlowName($0) } ?? FlowValue.element,
          call.arguments[1].node)
      default: continue
      }
    }
    additions = found
    memo = [:]
  }
}
