import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Sign-in, reset and registration: what the refusals tell, what nobody logs, what never expires.
struct AccountTraits {
  let operation: OperationReader

  private var engine: FlowEngine { operation.reader.engine }

  func traits(_ frame: OperationReader.Frame) -> [OperationTrait] {
    let flows = reached(frame.flow, depth: 3)
    var result: [OperationTrait] = []
    if let found = flows.lazy.compactMap(enumeration).first ?? missingAccount(frame) { result.append(found) }
    if let found = flows.lazy.compactMap(verification).first, !logs(flows) { result.append(found) }
    result += flows.compactMap(token)
    return result
  }

  /// The endpoint's function and those that it calls, nearest first.
  private func reached(_ start: FunctionFlow, depth: Int) -> [FunctionFlow] {
    var result = [start]
    var seen: Set<Definition> = [start.definition]
    var layer = [start]
    for _ in 0..<depth {
      var next: [FunctionFlow] = []
      for flow in layer {
        for call in flow.calls {
          guard result.count < 60, let function = call.function, seen.insert(function).inserted,
            let callee = engine.flow(function)
          else { continue }
          result.append(callee)
          next.append(callee)
        }
      }
      layer = next
    }
    return result
  }

  // MARK: Enumeration

  /// A missing account and a wrong password are refused in different words.
  private func enumeration(_ flow: FunctionFlow) -> OperationTrait? {
    var missing: (text: String, node: NodeID)?
    var wrong: (text: String, node: NodeID)?
    for condition in flow.conditions where condition.kind == .branch && condition.exitIfTrue == .raises {
      guard let refusal = refusal(condition, flow) else { continue }
      if verifies(condition.test, flow) {
        if !testsAccount(condition.test, flow) { wrong = wrong ?? (refusal, condition.node) }
      } else if testsAccount(condition.test, flow) {
        missing = missing ?? (refusal, condition.node)
      }
    }
    guard let missing, let wrong, missing.text != wrong.text else { return nil }
    return OperationTrait(
      kind: .accountEnumeration, subject: flow.name,
      message: "a missing account and a wrong password are refused differently",
      location: flow.module.location(missing.node))
  }

  /// A reset answers differently when there is no such account.
  private func missingAccount(_ frame: OperationReader.Frame) -> OperationTrait? {
    let name = frame.flow.name.lowercased()
    let isReset = [
      "forgot", "recover", "request_reset", "reset_request", "send_reset", "password_reset_request", "resend",
    ]
    .contains { name.contains($0) }
    guard isReset else { return nil }
    for condition in frame.flow.conditions where condition.kind == .branch && condition.exitIfTrue == .raises {
      guard testsAccount(condition.test, frame.flow) else { continue }
      return OperationTrait(
        kind: .accountEnumeration, subject: frame.flow.name,
        message: "the answer tells whether an account with this address exists",
        location: frame.flow.module.location(condition.node))
    }
    return nil
  }

  /// The texts of what a failing branch raises.
  private func refusal(_ condition: FlowCondition, _ flow: FunctionFlow) -> String? {
    let tree = flow.tree
    for statement in tree[tree.conditional(condition.node).body] where tree.kind(statement) == .raise {
      return tree.text(tree.raise(statement).exception).filter { !$0.isWhitespace }
    }
    return nil
  }

  /// `if not user`, `if user is None` of an account that was looked up.
  private func testsAccount(_ test: NodeID, _ flow: FunctionFlow) -> Bool {
    let tree = flow.tree
    var subject = test
    switch tree.kind(test) {
    case .unaryOp where tree.unaryOp(test).op == .not: subject = tree.unaryOp(test).operand
    case .compare:
      let parts = tree.compare(test)
      guard let right = tree[parts.comparators].first, tree.text(right) == "None" else { return false }
      subject = parts.left
    case .boolOp: return tree[tree.boolOp(test).values].contains { testsAccount($0, flow) }
    default: return false
    }
    guard tree.kind(subject) == .name else { return false }
    return flow.values(of: subject).contains { value in
      guard case .call(let place) = value.root, value.path.isEmpty, let call = flow.call(at: place.node) else {
        return false
      }
      return loadsAccount(call, flow, depth: 4)
    }
  }

  private func loadsAccount(_ call: FlowCall, _ flow: FunctionFlow, depth: Int) -> Bool {
    guard depth > 0 else { return false }
    let store = StoreReader(flow: flow, engine: engine, entities: operation.reader.entityTable)
    if let found = store.operation(call) {
      return found.entity.contains { entity in
        guard case .global(let name) = entity.root else { return false }
        return operation.reader.entityTable[name]?.isPrincipal ?? false
      }
    }
    if let function = call.function {
      guard let summary = operation.reader.builder.known(function) else { return false }
      return summary.accesses.contains { $0.isReturned && (operation.entity($0)?.isPrincipal ?? false) }
    }
    // `session.scalars(…).first()`: the row comes from what was run before.
    guard !call.receiver.isNone else { return false }
    return flow.values(of: call.receiver).contains { value in
      guard case .call(let place) = value.root, value.path.isEmpty, let inner = flow.call(at: place.node) else {
        return false
      }
      return loadsAccount(inner, flow, depth: depth - 1)
    }
  }

  // MARK: Passwords

  private func verifies(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    var found = false
    flow.tree.walk(node) { id in
      if flow.tree.kind(id) == .call, let call = flow.call(at: id), isVerification(call) { found = true }
      return !found
    }
    return found
  }

  private func isVerification(_ call: FlowCall) -> Bool {
    if let name = call.target?.qualifiedName, let entity = operation.reader.models.entity(name),
      entity.concepts.contains(.passwordVerify)
    {
      return true
    }
    let name = call.name.lowercased()
    return name.contains("password") && ["verify", "check", "compare", "match", "valid"].contains { name.contains($0) }
      && !name.contains("strength") && !name.contains("policy") && !name.contains("validate")
  }

  /// A password is verified and a refusal follows.
  private func verification(_ flow: FunctionFlow) -> OperationTrait? {
    for condition in flow.conditions where condition.isRefusing && verifies(condition.test, flow) {
      return OperationTrait(
        kind: .refusalNotLogged, subject: flow.name,
        message: "a wrong password is refused and leaves no trace in a log",
        location: flow.module.location(condition.node))
    }
    return nil
  }

  private func logs(_ flows: [FunctionFlow]) -> Bool {
    flows.contains { flow in
      flow.calls.contains { call in
        if let name = call.target?.qualifiedName, let entity = operation.reader.models.entity(name),
          entity.concepts.contains(.loggerCall)
        {
          return true
        }
        let name = call.name.lowercased()
        if ["warning", "info", "error", "exception", "critical", "debug", "warn"].contains(name), !call.receiver.isNone
        {
          return true
        }
        return name.hasPrefix("log_") || name.contains("audit") || name.contains("security_event") || name == "log"
      }
    }
  }

  // MARK: Tokens

  /// A reset or verification code is stored in a row that has no place for its end.
  private func token(_ flow: FunctionFlow) -> OperationTrait? {
    let store = StoreReader(flow: flow, engine: engine, entities: operation.reader.entityTable)
    for write in flow.writes {
      let name = write.name.text.lowercased()
      let words = ["reset", "verification", "verify", "confirm", "otp", "one_time", "invite", "activation", "magic"]
      guard words.contains(where: { name.contains($0) }),
        ["code", "token", "otp", "key", "digest", "hash", "secret"].contains(where: { name.contains($0) }),
        !name.contains("expir")
      else { continue }
      if flow.tree.kind(write.value) == .constant { continue }
      let receiver = flow.values(of: write.receiver)
      let entity = entity(of: receiver, write, flow, store)
      guard let entity, !hasExpiry(entity) else { continue }
      return OperationTrait(
        kind: .tokenWithoutExpiry, subject: "\(entity.name).\(write.name)",
        message: "`\(write.name)` is stored without the time at which it ends",
        location: flow.module.location(write.node))
    }
    return nil
  }

  private func entity(of values: [FlowValue], _ write: FlowWrite, _ flow: FunctionFlow, _ store: StoreReader) -> Entity?
  {
    var names = store.classes(of: values)
    var pending = values
    for _ in 0..<8 {
      guard let value = pending.popLast() else { break }
      guard case .call(let place) = value.root, let call = flow.call(at: place.node) else { continue }
      if let found = store.operation(call) {
        names += found.entity
      } else if call.function == nil, AnswerTraits.picks.contains(call.name), !call.receiver.isNone {
        pending += flow.values(of: call.receiver)
      }
      if let function = call.function, let summary = operation.reader.builder.known(function) {
        for access in summary.accesses where access.isReturned { names += access.entity }
      }
    }
    for value in names {
      if case .global(let name) = value.root, let found = operation.reader.entityTable[name] { return found }
    }
    return nil
  }

  private func hasExpiry(_ entity: Entity) -> Bool {
    entity.columns.contains { column in
      let name = column.name.lowercased()
      return ["expir", "valid_until", "ttl", "valid_to", "_sent_at", "_created_at", "_requested_at", "deadline"]
        .contains {
          name.contains($0)
        }
    }
  }
}
