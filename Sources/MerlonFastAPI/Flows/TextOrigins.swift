import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Finds what the text of a value comes from, through conversions and helpers; what a store or a service answers is
/// nobody's text.
struct TextOrigins {
  let flow: FunctionFlow
  let builder: TaintBuilder
  private let memory = Memory()

  private var engine: FlowEngine { builder.engine }

  private final class Memory {
    var origins: [[FlowValue]: [FlowValue]] = [:]
    var amounts: [[FlowValue]: [FlowValue]] = [:]
  }

  init(flow: FunctionFlow, builder: TaintBuilder) {
    self.flow = flow
    self.builder = builder
  }

  /// The parameters (and what comes from outside otherwise) that values hold text of; numbers too, where amounts are
  /// what does harm.
  func origins(_ values: [FlowValue], of sink: SinkKind = .code) -> [FlowValue] {
    guard !values.isEmpty else { return [] }
    let keepsNumbers = sink == .amount
    if let known = keepsNumbers ? memory.amounts[values] : memory.origins[values] { return known }
    let dropped: FlowValue.Passed = keepsNumbers ? [.bounded, .throughCall] : [.number, .throughCall]
    var result: [FlowValue] = []
    var seen: Set<FlowValue> = []
    var pending: [FlowValue] = values.reversed()
    var steps = 0
    while let value = pending.popLast(), result.count < FlowValue.setLimit, steps < 400 {
      steps += 1
      guard value.passed.isDisjoint(with: dropped), seen.insert(value).inserted else { continue }
      switch value.root {
      case .label: result.append(value)
      case .parameter(let place):
        result.append(value)
        // `self.path = path`, which methods that are called then read.
        if let head = value.path.head, place.module == flow.module.id, place.node == flow.parameters.first,
          let written = flow.ownWrites[head]
        {
          for node in written {
            pending += flow.project(flow.values(of: node), path: value.path.dropFirst).passing(value.passed)
          }
        }
      case .global: continue
      case .made(let place):
        guard place.module == flow.module.id else { continue }
        pending += flow.parts(of: place.node).passing(value.passed.union(.derived)).reversed()
      case .call(let place):
        guard place.module == flow.module.id else { continue }
        guard let call = flow.call(at: place.node) else {
          // A value of the function around: that one knows.
          result.append(value)
          continue
        }
        pending += through(call, value).reversed()
      }
    }
    if keepsNumbers { memory.amounts[values] = result } else { memory.origins[values] = result }
    return result
  }

  /// `re.sub(r"[^\w.-]", "_", name)`: everything but some characters is replaced, slashes too.
  private func leavesNamesOnly(_ call: FlowCall) -> Bool {
    guard let first = call.arguments.first, call.target?.qualifiedName == "re.sub",
      let pattern = flow.semantics.constant(of: first.node)?.string, pattern.hasPrefix("[^")
    else { return false }
    let inside = pattern.dropFirst(2).prefix { $0 != "]" }
    let rest = pattern.dropFirst(2 + inside.count)
    return !inside.contains("/") && !inside.contains("\\\\") && (rest == "]" || rest == "]+")
  }

  /// What the result of a call holds of what the call was given.
  private func through(_ call: FlowCall, _ value: FlowValue) -> [FlowValue] {
    if RequestReads.readsRequest(call) {
      // Fields of a form are texts.
      let passed = call.name == "form" || call.name.hasSuffix("text") ? value.passed.union(.text) : value.passed
      return [FlowValue(.label(Label.rawBody), path: value.path).passing(passed)]
    }
    if call.isSubscript { return [] }
    if let outside = builder.sources.label(of: call, in: flow) {
      return [FlowValue(.label(outside), path: value.path).passing(value.passed)]
    }
    if let entity = builder.sinks.said(of: call) {
      if !entity.cleans.isEmpty {
        return engine.inputs(of: call, in: flow)
          .passing(value.passed.union(builder.sinks.marks(entity.cleans)).union(.derived))
      }
      if entity.propagates { return engine.inputs(of: call, in: flow).passing(value.passed.union(.derived)) }
    }
    if let function = call.function, call.constructedClass == nil {
      var result: [FlowValue] = []
      for implementation in engine.implementations(of: function) {
        result.merge(results(of: call, running: implementation, value))
      }
      return result
    }
    if call.name == "cast", call.arguments.count == 2 {
      // `cast(Type, value)`
      return flow.project(flow.values(of: call.arguments[1].node), path: value.path).passing(value.passed)
    }
    if call.constructedClass != nil {
      // The fields of an object are followed one by one; as a whole it holds what it was made of.
      guard value.path.isEmpty else { return [] }
      return engine.inputs(of: call, in: flow).passing(value.passed.union(.derived))
    }
    if Propagation.splitters.contains(call.name), let part = value.path.head, Propagation.smallParts.contains(part) {
      return []
    }
    if Propagation.splitters.contains(call.name), let part = value.path.head, Propagation.pathParts.contains(part) {
      return engine.inputs(of: call, in: flow).passing(value.passed.union([.derived, .behindHost]))
    }
    if call.name == "sub", leavesNamesOnly(call) {
      return engine.inputs(of: call, in: flow).passing(value.passed.union([.derived, .baseName]))
    }
    if Propagation.functions.contains(call.name) {
      return engine.inputs(of: call, in: flow).passing(value.passed.union(.derived))
    }
    // What a method is asked with (a key, an id) is not in its answer.
    guard !call.receiver.isNone, Propagation.methods.contains(call.name) else { return [] }
    return flow.values(of: call.receiver).passing(value.passed.union(.derived))
  }

  private func results(of call: FlowCall, running function: Definition, _ value: FlowValue) -> [FlowValue] {
    guard let callee = builder.known(function) else { return [] }
    let bound = engine.bind(call, to: function, in: flow)
    var parts = [(callee.result, value.path)]
    if let head = value.path.head, !callee.elements.isEmpty {
      parts = [(callee.elements[head] ?? [], value.path.dropFirst), (callee.others, value.path)]
    }
    var result: [FlowValue] = []
    // A project's own `safe_filename`, which may work in ways that are beyond this reader.
    let isCleaned = ["secure_filename", "safe_filename", "sanitize_filename"].contains(call.name)
    for (inside, path) in parts {
      for inner in inside {
        result.merge(
          flow.project(engine.substitute(inner, bound, callee: function, in: flow), path: path)
            .passing(isCleaned ? value.passed.union(.baseName) : value.passed))
      }
    }
    return result
  }
}
