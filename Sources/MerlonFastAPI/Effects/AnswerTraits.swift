import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// What leaves with the answer: rows as they are, and answers that bypass the declared model.
struct AnswerTraits {
  let operation: OperationReader
  let response: EffectResponse

  private static let responses: Set<String> = ["JSONResponse", "ORJSONResponse", "UJSONResponse", "Response"]

  func traits(_ frame: OperationReader.Frame) -> [OperationTrait] {
    guard !response.isWebSocket else { return [] }
    return frame.flow.returns.compactMap { node in
      response.model == nil ? entityReturned(node, frame) : bypassed(node, frame)
    }
  }

  private func entityReturned(_ node: NodeID, _ frame: OperationReader.Frame) -> OperationTrait? {
    guard let entity = entity(of: node, frame) else { return nil }
    return OperationTrait(
      kind: .entityReturned, subject: entity.name,
      message: "`\(entity.name)` leaves as it is stored; no response model chooses its fields",
      location: frame.flow.module.location(node))
  }

  /// The entity whose objects an expression yields, alone or in a list.
  private func entity(of node: NodeID, _ frame: OperationReader.Frame) -> Entity? {
    let table = operation.reader.entityTable
    for type in frame.flow.semantics.types(of: node) {
      if let found = table[type.qualifiedName] { return found }
      for argument in type.arguments { if let found = table[argument.qualifiedName] { return found } }
    }
    for value in frame.flow.values(of: node) where !value.isDerived {
      let isWhole = value.path.steps.allSatisfy { $0 == FlowValue.element }
      switch value.root {
      case .call(let place) where isWhole:
        guard let call = loading(place.node, frame.flow), call.constructedClass == nil,
          let access = loaded(by: call.node, frame), let entity = operation.entity(access),
          entity.definition.node != .none
        else { continue }
        // What a function of the project makes of the row (a model, a mapping) is not the row.
        if call.function != nil, !returnsRow(call, frame) { continue }
        return entity
      case .parameter(let place) where isWhole:
        if let type = frame.flow.semantics.type(of: place.node), let found = table[type.qualifiedName] { return found }
      default: continue
      }
    }
    return nil
  }

  /// The call behind the steps that only pick rows from a result: `.scalars().all()`.
  private func loading(_ node: NodeID, _ flow: FunctionFlow) -> FlowCall? {
    var call = flow.call(at: node)
    for _ in 0..<4 {
      guard let next = call, Self.picks.contains(next.name), next.function == nil, !next.receiver.isNone,
        let inner = flow.values(of: next.receiver).lazy.compactMap({ value -> FlowCall? in
          if case .call(let place) = value.root, value.path.isEmpty { flow.call(at: place.node) } else { nil }
        }).first, inner.node != next.node,
        StoreReader.executes(inner)
          || Self.picks.contains(inner.name)
      else { return call }
      call = inner
    }
    return call
  }

  static let picks: Set<String> = [
    "all", "first", "one", "one_or_none", "scalars", "scalar", "scalar_one", "scalar_one_or_none", "unique", "fetchall",
    "fetchone",
  ]

  /// True when the function returns the loaded row itself.
  private func returnsRow(_ call: FlowCall, _ frame: OperationReader.Frame) -> Bool {
    guard let function = call.function, let flow = operation.reader.engine.flow(function) else { return false }
    return flow.returns.contains { node in
      flow.values(of: node).contains { value in
        guard case .call(let place) = value.root, !value.isDerived, value.path.isEmpty,
          let inner = flow.call(at: place.node)
        else { return false }
        return StoreReader(flow: flow, engine: operation.reader.engine, entities: operation.reader.entityTable)
          .operation(inner) != nil
      }
    }
  }

  private func loaded(by node: NodeID, _ frame: OperationReader.Frame) -> Access? {
    let location = frame.flow.module.location(node)
    return frame.summary.accesses.first { access in
      (access.location == location || access.steps.first?.location == location) && access.strength == .form
        && access.kind != .create
    }
  }

  private func bypassed(_ node: NodeID, _ frame: OperationReader.Frame) -> OperationTrait? {
    guard let call = frame.flow.call(at: node), Self.responses.contains(call.name), call.function == nil else {
      return nil
    }
    guard let content = call.arguments.first(where: { $0.name == "content" || $0.name == nil }) else { return nil }
    let engine = operation.reader.engine
    let values = engine.influences(frame.flow.values(of: content.node), in: frame.flow)
    let holdsData = values.contains { value in
      if case .call(let place) = value.root { return loaded(by: place.node, frame) != nil }
      return false
    }
    guard holdsData || isModel(content.node, frame) else { return nil }
    return OperationTrait(
      kind: .responseModelBypassed, subject: response.model ?? "",
      message: "`\(call.name)` is sent as it is; the declared model filters nothing",
      location: frame.flow.module.location(node))
  }

  /// `jsonable_encoder(item)`, `item.model_dump()`.
  private func isModel(_ node: NodeID, _ frame: OperationReader.Frame) -> Bool {
    guard let call = frame.flow.call(at: node) else { return false }
    return ["jsonable_encoder", "model_dump", "dict", "model_dump_json", "vars"].contains(call.name)
  }
}
