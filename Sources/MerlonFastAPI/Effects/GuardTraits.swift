import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Checks that are made and not used, and WebSockets that are opened before theirs.
struct GuardTraits {
  let operation: OperationReader
  let response: EffectResponse

  func traits(_ frame: OperationReader.Frame) -> [OperationTrait] {
    ignoredResults(frame) + (response.isWebSocket ? accepted(frame) : [])
  }

  /// A function that answers whether something is allowed is called, and nobody looks at the answer.
  private func ignoredResults(_ frame: OperationReader.Frame) -> [OperationTrait] {
    frame.flow.calls.compactMap { call in
      guard !call.isResultUsed, FieldNames.isCheck(call.name), let function = call.function,
        let flow = operation.reader.engine.flow(function), answers(flow), !refuses(function, depth: 3)
      else { return nil }
      let values = operation.reader.engine.inputs(of: call, in: frame.flow)
      guard !values.isEmpty else { return nil }
      return OperationTrait(
        kind: .guardResultIgnored, subject: call.name,
        message: "`\(call.name)` answers whether this is allowed, and its answer is not used",
        location: frame.flow.module.location(call.node))
    }
  }

  /// True when a function returns truth values.
  private func answers(_ flow: FunctionFlow) -> Bool {
    guard flow.tree.kind(flow.definition.node) != .lambda else { return false }
    let annotation = flow.tree.functionDef(flow.definition.node).returns
    if !annotation.isNone, flow.tree.text(annotation) == "bool" { return true }
    guard !flow.returns.isEmpty else { return false }
    return flow.returns.allSatisfy { node in
      switch flow.tree.kind(node) {
      case .compare, .boolOp: return true
      case .unaryOp: return flow.tree.unaryOp(node).op == .not
      case .constant: return flow.tree.constantKind(node) == .true || flow.tree.constantKind(node) == .false
      default: return false
      }
    }
  }

  private func refuses(_ function: Definition, depth: Int) -> Bool {
    guard depth > 0, let flow = operation.reader.engine.flow(function) else { return false }
    if !flow.raises.isEmpty { return true }
    return flow.calls.contains { call in call.function.map { refuses($0, depth: depth - 1) } ?? false }
  }

  // MARK: WebSockets

  private func accepted(_ frame: OperationReader.Frame) -> [OperationTrait] {
    guard !response.isAuthenticated else { return [] }
    let calls = frame.flow.calls
    guard let accept = calls.firstIndex(where: { $0.name == "accept" && !$0.receiver.isNone && isSocket($0, frame) })
    else { return [] }
    let start = frame.flow.tree.range(calls[accept].node).start
    let served = calls.dropFirst(accept + 1).first { call in
      [
        "send_text", "send_json", "send_bytes", "send", "receive_text", "receive_json", "receive", "iter_text",
        "iter_json",
        "receive_bytes",
      ].contains(call.name) || call.function != nil
    }
    guard served != nil else { return [] }
    // What was refused before the connection is open.
    if refusal(in: frame, before: start) { return [] }
    let sends = calls.first { call in
      frame.flow.tree.range(call.node).start > start && ["send_text", "send_json", "send_bytes"].contains(call.name)
    }
    let end = sends.map { frame.flow.tree.range($0.node).start } ?? .max
    if refusal(in: frame, before: end) { return [] }
    return [
      OperationTrait(
        kind: .acceptedBeforeCheck, subject: frame.flow.name,
        message: "the socket is accepted and served, and nothing asks who is there",
        location: frame.flow.module.location(calls[accept].node))
    ]
  }

  private func isSocket(_ call: FlowCall, _ frame: OperationReader.Frame) -> Bool {
    if call.target?.qualifiedName.hasSuffix("WebSocket.accept") ?? false { return true }
    return frame.flow.values(of: call.receiver).contains { value in
      guard case .parameter(let place) = value.root else { return false }
      return frame.callable.roles[place.node] == .connection
    }
  }

  /// True when a test of something that the client sent turns it away: it closes, raises or leaves.
  private func refusal(in frame: OperationReader.Frame, before end: UInt32) -> Bool {
    let flow = frame.flow
    let tests = flow.conditions.contains { condition in
      guard condition.isRefusing, condition.kind == .branch, flow.tree.range(condition.node).start < end else {
        return false
      }
      let values = operation.reader.engine.influences(flow.values(of: condition.test), in: flow)
      let text = flow.tree.text(condition.test).lowercased()
      let words = [
        "token", "user", "auth", "session", "key", "cookie", "origin", "credential", "secret", "ticket", "allowed",
      ]
      return !values.isEmpty && words.contains { text.contains($0) }
    }
    if tests { return true }
    return flow.calls.contains { call in
      guard flow.tree.range(call.node).start < end else { return false }
      let name = call.name.lowercased()
      let isCheck =
        FieldNames.isCheck(call.name) || ["auth", "user", "token", "principal", "login"].contains { name.contains($0) }
      guard isCheck else { return false }
      if let function = call.function { return refuses(function, depth: 4) }
      return true
    }
  }
}
