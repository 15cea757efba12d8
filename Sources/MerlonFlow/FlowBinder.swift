import MerlonProgram
import MerlonPython

/// Matches the arguments of one call with the parameters of the function that it runs, spreads included.
struct FlowBinder {
  let call: FlowCall
  let caller: FunctionFlow
  let callee: FunctionFlow

  /// The values of each parameter that the call gives, by the callee's parameter node.
  func bound() -> [NodeID: [FlowValue]] {
    let tree = callee.tree
    let kind = tree.kind(callee.definition.node)
    let parts = tree.arguments(
      kind == .lambda
        ? tree.lambda(callee.definition.node).arguments : tree.functionDef(callee.definition.node).arguments)
    var positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    let keywordOnly = Array(tree[parts.keywordOnly])
    var result: [NodeID: [FlowValue]] = [:]
    if call.target?.isBound == true, let own = positional.first {
      positional.removeFirst()
      result[own] = receiverValues()
    }
    var index = 0
    for argument in call.arguments where argument.name == nil && argument.form != .doubleStarred {
      let values = caller.values(of: argument.node)
      if argument.form == .starred {
        let elements = caller.project(values, FlowValue.element)
        for parameter in positional.dropFirst(index) { result[parameter, default: []].merge(elements) }
        if !parts.variadic.isNone { result[parts.variadic, default: []].merge(values) }
        index = positional.count
      } else if index < positional.count {
        result[positional[index], default: []].merge(values)
        index += 1
      } else if !parts.variadic.isNone {
        result[parts.variadic, default: []].merge(values)
      }
    }
    let named = positional + keywordOnly
    for argument in call.arguments {
      guard let name = argument.name else { continue }
      let values = caller.values(of: argument.node)
      if let parameter = named.first(where: { callee.parameterName($0) == name }) {
        result[parameter, default: []].merge(values)
      } else if !parts.keywordVariadic.isNone {
        result[parts.keywordVariadic, default: []].merge(values)
      }
    }
    for argument in call.arguments where argument.form == .doubleStarred {
      let values = caller.values(of: argument.node)
      for parameter in named where result[parameter] == nil {
        result[parameter] = caller.project(values, FlowName(callee.parameterName(parameter)))
      }
      if !parts.keywordVariadic.isNone { result[parts.keywordVariadic, default: []].merge(values) }
    }
    return result
  }

  /// What `self` is: the receiver, or the object that a constructor makes.
  private func receiverValues() -> [FlowValue] {
    if call.constructedClass != nil { return [FlowValue(.call(caller.place(call.node)))] }
    if call.receiver.isNone {
      return caller.tree.kind(call.node) == .call ? caller.values(of: caller.tree.call(call.node).function) : []
    }
    if isSuper { return caller.parameters.first.map { [FlowValue(.parameter(caller.place($0)))] } ?? [] }
    return caller.values(of: call.receiver)
  }

  private var isSuper: Bool {
    let tree = caller.tree
    guard tree.kind(call.receiver) == .call else { return false }
    let function = tree.call(call.receiver).function
    return tree.kind(function) == .name && tree.text(tree.nameID(function)) == "super"
  }
}
