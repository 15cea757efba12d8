import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Reads one function (or, with the module's root, single expressions of a module).
final class FunctionReader {
  let reader: GuardReader
  let module: Module
  let semantics: Semantics
  let function: NodeID
  let mode: GuardMode
  /// Names of the scopes around the function.
  let captured: [String: GuardValue]
  let receiver: GuardValue?
  var report = GuardReport()
  var exits: [GuardExit] = []
  var loops: [Loop] = []
  /// Values of the operation's parameters, for wrappers that hand on `**kwargs`.
  var operationParameters: [String: GuardValue] = [:]
  /// `self` or `cls`.
  var receiverName: String?
  var isWebSocket = false
  /// What is known where a comparison stands.
  var current = GuardWorlds.start

  struct Loop {
    var breaks: GuardState?
    var continues: GuardState?
  }

  init(
    reader: GuardReader, module: Module, function: NodeID, mode: GuardMode, captured: [String: GuardValue],
    receiver: GuardValue?
  ) {
    self.reader = reader
    self.module = module
    self.semantics = reader.semantics(module)
    self.function = function
    self.mode = mode
    self.captured = captured
    self.receiver = receiver
  }

  var tree: Tree { module.tree }

  func place(_ node: NodeID) -> Definition { Definition(module: module.id, node: node) }

  /// The function's name; empty for lambdas and modules.
  var name: String {
    switch tree.kind(function) {
    case .functionDef, .asyncFunctionDef: tree.text(tree.functionDef(function).name)
    default: ""
    }
  }

  func read(_ arguments: [String: GuardValue]) -> GuardSummary {
    var state = GuardState()
    bindParameters(arguments, &state)
    if tree.kind(function) == .lambda {
      let body = tree.lambda(function).body
      let value = evaluate(body, &state)
      leave(state, value, body)
    } else {
      run(tree.functionDef(function).body, &state)
      if state.isReachable, !mode.passesByCall, !isGenerator {
        leave(state, GuardValue(constant: .none), function)
      } else if state.isReachable, !mode.passesByCall, exits.isEmpty {
        leave(state, GuardValue(.stored), function)
      }
    }
    return summarize(state)
  }

  /// True when the function yields: what comes behind its `yield` runs after the operation.
  private var isGenerator: Bool {
    module.results(of: function).contains { tree.kind($0) == .yield || tree.kind($0) == .yieldFrom }
  }

  /// Notes that a request gets on here.
  func leave(_ state: GuardState, _ value: GuardValue, _ node: NodeID) {
    guard state.isReachable, exits.count < 200 else { return }
    if mode == .handler, state.isClosed || state.isInHandler || value.has(.refusal) { return }
    if mode == .dependency, state.isClosed { return }
    var exit = GuardExit(
      worlds: state.worlds, value: value, place: place(node), swallowed: state.swallowed, missing: state.missing)
    exit.isTrivial = mode == .handler && isTrivial(node)
    exits.append(exit)
    attributes.merge(state.attributes) { old, new in
      GuardValue.joined(old, under: .nothing, new, under: .nothing)
    }
  }

  private var attributes: [String: GuardValue] = [:]

  /// True for `return`, `return None`, `return []`, `return {"detail": "…"}`: nothing that an operation made.
  private func isTrivial(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .return else { return false }
    let value = tree.value(node)
    if value.isNone { return true }
    var isPlain = true
    tree.walk(value) { inner in
      switch tree.kind(inner) {
      case .constant, .dict, .list, .tuple, .set, .joinedStr: return true
      default:
        isPlain = false
        return false
      }
    }
    return isPlain
  }

  private func summarize(_ end: GuardState) -> GuardSummary {
    var counted = exits
    if mode == .handler {
      let real = exits.filter { !$0.isTrivial }
      if !real.isEmpty { counted = real }
    }
    var worlds = GuardWorlds.none
    var value: GuardValue?
    var proof = GuardProof.everything
    for exit in counted {
      let own = exit.worlds.proof
      value = value.map { GuardValue.joined($0, under: proof, exit.value, under: own) } ?? exit.value.proven(own)
      proof = proof.or(own)
      worlds = worlds.joined(exit.worlds)
    }
    var result = value ?? .unknown
    if let condition = truthCondition(counted) { result.condition = condition }
    for (name, value) in end.attributes where attributes[name] == nil { attributes[name] = value }
    // What a helper computes from settings alone is a setting.
    return GuardSummary(worlds: worlds, value: result, attributes: attributes, report: report, exits: counted)
  }

  /// For functions that answer yes or no to a question about the request or the configuration: the question.
  private func truthCondition(_ exits: [GuardExit]) -> RequestCondition? {
    guard mode == .helper, exits.count > 1 || exits.first?.value.condition != nil else { return nil }
    var ways: [RequestCondition] = []
    var isAsked = false
    for exit in exits {
      let value = exit.value
      guard value.condition != nil || value.isTrue != nil else { return nil }
      for world in exit.worlds.worlds {
        guard world.proof.isEmpty else { return nil }
        if !world.conditions.isEmpty { isAsked = true }
        if value.isTrue == false, value.condition == nil { continue }
        var parts = world.conditions
        if let condition = value.condition {
          parts.append(condition)
          isAsked = true
        }
        ways.append(parts.count == 1 ? parts[0] : .all(parts))
      }
    }
    guard isAsked, !ways.isEmpty else { return nil }
    // `if a: return True; return False` leaves the remaining ways unasked.
    let asked = ways.filter { if case .all(let parts) = $0 { !parts.isEmpty } else { true } }
    guard asked.count == ways.count else { return nil }
    return asked.count == 1 ? asked[0] : .any(asked)
  }
}

extension GuardValue {
  /// The value at the end of the only way that leads to it.
  func proven(_ proof: GuardProof) -> GuardValue {
    var result = self
    result.whenTrue = isTrue == false ? .everything : whenTrue.and(proof)
    result.whenFalse = isTrue == true ? .everything : whenFalse.and(proof)
    return result
  }
}
