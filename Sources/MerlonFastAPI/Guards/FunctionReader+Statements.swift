import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension FunctionReader {
  func run(_ block: ListID, _ state: inout GuardState) {
    for statement in tree[block] {
      guard state.isReachable else { return }
      run(statement, &state)
    }
  }

  private func run(_ id: NodeID, _ state: inout GuardState) {
    reader.steps += 1
    guard reader.steps < reader.stepLimit else { return }
    switch tree.kind(id) {
    case .return: runReturn(id, &state)
    case .raise: runRaise(id, &state)
    case .if:
      let parts = tree.conditional(id)
      var (yes, no) = branch(parts.test, state)
      run(parts.body, &yes)
      run(parts.orElse, &no)
      state = yes.joined(no)
    case .expr: runExpression(tree.value(id), &state)
    case .assign:
      let parts = tree.assign(id)
      let value = evaluate(parts.value, &state)
      for target in tree[parts.targets] { bind(target, value, &state) }
    case .annAssign:
      let parts = tree.annAssign(id)
      guard !parts.value.isNone else { return }
      bind(parts.target, evaluate(parts.value, &state), &state)
    case .augAssign:
      let parts = tree.augAssign(id)
      let old = evaluate(parts.target, &state)
      let new = evaluate(parts.value, &state)
      bind(parts.target, combined([old, new]), &state)
    case .for, .asyncFor: runFor(id, &state)
    case .while: runWhile(id, &state)
    case .try, .tryStar: runTry(id, &state)
    case .with, .asyncWith: runWith(id, &state)
    case .match: runMatch(id, &state)
    case .assert:
      // `assert` vanishes under `python -O`, yet it stops requests where it runs.
      let (yes, _) = branch(NodeID(tree[id].a), state)
      state = yes
    case .break:
      if !loops.isEmpty { loops[loops.count - 1].breaks = loops[loops.count - 1].breaks?.joined(state) ?? state }
      state.stop()
    case .continue:
      if !loops.isEmpty {
        loops[loops.count - 1].continues = loops[loops.count - 1].continues?.joined(state) ?? state
      }
      state.stop()
    case .functionDef, .asyncFunctionDef: runDefinition(id, &state)
    default: break
    }
  }

  private func runReturn(_ id: NodeID, _ state: inout GuardState) {
    let expression = tree.value(id)
    let value = expression.isNone ? GuardValue(constant: .none) : evaluate(expression, &state)
    if value.has(.refusal) { report.note(.refused, place(id), "refused") }
    if !mode.passesByCall { leave(state, value, id) }
    state.stop()
  }

  private func runRaise(_ id: NodeID, _ state: inout GuardState) {
    let exception = tree.raise(id).exception
    if !exception.isNone {
      _ = evaluate(exception, &state)
      switch statusOfRefusal(exception) {
      case 429?: report.limitsRate = true
      case 401?, 403?:
        report.refusesStrangers = true
        report.note(.refused, place(id), "refused: \(shortened(exception))")
      case nil: report.note(.refused, place(id), "refused: \(shortened(exception))")
      default: break
      }
    }
    state.stop()
  }

  func shortened(_ node: NodeID) -> String {
    let text = tree.text(node).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.count > 60 ? text.prefix(57) + "…" : text
  }

  private func runExpression(_ expression: NodeID, _ state: inout GuardState) {
    let value = evaluate(expression, &state)
    var inner = expression
    if tree.kind(inner) == .await { inner = tree.value(inner) }
    guard tree.kind(inner) == .call, state.isReachable else { return }
    let unused: GuardProof.Checks = [.authentication, .authorization]
    let proof = state.proof
    if !value.whenTrue.isUnreachable, !value.whenTrue.checks.intersection(unused).subtracting(proof.checks).isEmpty,
      value.isTrue == nil, !proof.contains(.possibleAuthentication)
    {
      report.add(
        PlacedGap(
          kind: .resultIgnored, message: "the result of `\(shortened(tree.call(inner).function))` is not looked at",
          place: place(inner)))
    }
  }

  private func runDefinition(_ id: NodeID, _ state: inout GuardState) {
    guard let symbol = symbolOfDefinition(id) else { return }
    var surroundings = captured
    for (known, value) in state.variables { surroundings[module.name(of: known)] = value }
    // A recursive name stays open.
    surroundings[tree.text(tree.functionDef(id).name)] = nil
    var value = GuardValue(
      callable: .function(place(id), captured: relevant(surroundings, to: id), receiver: nil))
    // `@wraps(func)` and the like change nothing; a decorator of the project may.
    value.isTrue = true
    state.variables[symbol] = value
  }

  private func symbolOfDefinition(_ id: NodeID) -> SymbolID? {
    let text = tree.text(tree.functionDef(id).name)
    return module.symbol(named: text, in: module.scope(of: id))
  }

  /// Those names of the surroundings that a function mentions.
  func relevant(_ surroundings: [String: GuardValue], to function: NodeID) -> [String: GuardValue] {
    var result: [String: GuardValue] = [:]
    tree.walk(function) { node in
      if tree.kind(node) == .name {
        let text = tree.text(tree.nameID(node))
        if let value = surroundings[text] { result[text] = value }
      }
      return true
    }
    return result
  }

  // MARK: Binding

  func bind(_ target: NodeID, _ value: GuardValue, _ state: inout GuardState) {
    switch tree.kind(target) {
    case .name:
      guard let symbol = module.symbol(of: target) else { return }
      var value = value
      let text = tree.text(tree.nameID(target))
      if value.has(.message), !value.has(.credential), GuardWords.isCredential(text) {
        value.labels.insert(.credential)
      }
      state.variables[symbol] = value
    case .tuple, .list:
      let targets = Array(tree.elements(target))
      for (index, inner) in targets.enumerated() {
        if let elements = value.elements, elements.count == targets.count {
          bind(inner, elements[index], &state)
        } else {
          var part = value
          part.constant = nil
          part.elements = nil
          part.callables = []
          part.condition = nil
          bind(inner, part, &state)
        }
      }
    case .starred: bind(tree.value(target), value.derived, &state)
    case .attribute:
      let parts = tree.attribute(target)
      if tree.kind(parts.value) == .name, tree.text(tree.nameID(parts.value)) == receiverName {
        state.attributes[tree.text(parts.name)] = value
      }
    default: break
    }
  }

  // MARK: Loops

  private func runFor(_ id: NodeID, _ state: inout GuardState) {
    let parts = tree.for_(id)
    let iterable = evaluate(parts.iterable, &state)
    let before = state
    bind(parts.target, element(of: iterable), &state)
    loops.append(Loop())
    run(parts.body, &state)
    let loop = loops.removeLast()
    var around = state
    if let continues = loop.continues { around = around.joined(continues) }
    let runsAtLeastOnce =
      iterable.has(.scopes) || iterable.has(.setting) || iterable.constant?.elements?.isEmpty == false
      || iterable.elements?.isEmpty == false
    // A loop over what is demanded proves what each round proves; without demands there is nothing to prove.
    var after =
      runsAtLeastOnce && !around.proof.checks.isSubset(of: before.proof.checks) ? around : before.joined(around)
    run(parts.orElse, &after)
    if let breaks = loop.breaks { after = after.joined(breaks) }
    state = after
  }

  /// What a loop variable holds.
  func element(of iterable: GuardValue) -> GuardValue {
    if let elements = iterable.elements, let first = elements.first {
      return elements.dropFirst().reduce(first) { GuardValue.joined($0, under: .nothing, $1, under: .nothing) }
    }
    var result = iterable.derived
    if let constants = iterable.constant?.elements, !constants.isEmpty {
      // One of several texts: alternatives are named together.
      result.elements = nil
      result.constant = constants.count == 1 ? constants[0] : nil
    }
    return result
  }

  private func runWhile(_ id: NodeID, _ state: inout GuardState) {
    let parts = tree.conditional(id)
    var (yes, no) = branch(parts.test, state)
    loops.append(Loop())
    run(parts.body, &yes)
    let loop = loops.removeLast()
    if let continues = loop.continues { yes = yes.joined(continues) }
    if yes.isReachable {
      let (_, end) = branch(parts.test, yes)
      no = no.joined(end)
    }
    run(parts.orElse, &no)
    if let breaks = loop.breaks { no = no.joined(breaks) }
    state = no
  }

  // MARK: try, with, match

  private func runTry(_ id: NodeID, _ state: inout GuardState) {
    let parts = tree.try_(id)
    let before = state
    let verifications = report.verifications
    let couldVerify = before.proof
    let firstExit = exits.count
    run(parts.body, &state)
    let lastExit = exits.count
    let verifies = report.verifications > verifications
    var entry = before
    if state.isReachable {
      var after = state
      after.worlds = before.worlds
      entry = before.joined(after)
    }
    var handled: [GuardState] = []
    var refuses = false
    for handler in tree[parts.handlers] {
      var own = entry
      own.isInHandler = true
      let wasSwallowed = own.swallowed
      if verifies { own.swallowed = place(handler) }
      let count = exits.count
      run(tree.exceptHandler(handler).body, &own)
      if own.isReachable {
        own.isInHandler = before.isInHandler
        if !verifies { own.swallowed = wasSwallowed }
        handled.append(own)
      } else if exits.count == count {
        refuses = true
      } else {
        // `return None` on failure: whoever calls sees it.
        refuses = refuses || false
      }
    }
    if refuses, handled.isEmpty, report.unverified == nil, !couldVerify.contains(.possibleAuthentication) {
      for index in firstExit..<min(lastExit, exits.count)
      where exits[index].worlds.proof.checks.contains(.possibleAuthentication) {
        exits[index].worlds.add(GuardProof(.authentication))
      }
    }
    if refuses, handled.isEmpty, report.unverified == nil, state.isReachable {
      // Code that refuses when a call fails says that the call verifies.
      let now = state.proof
      if now.contains(.possibleAuthentication), !couldVerify.contains(.possibleAuthentication),
        !now.contains(.authentication)
      {
        state.add(GuardProof(.authentication))
      }
    }
    run(parts.orElse, &state)
    for other in handled { state = state.joined(other) }
    if !tree[parts.finally].isEmpty {
      if state.isReachable {
        run(parts.finally, &state)
      } else {
        var last = before
        run(parts.finally, &last)
      }
    }
  }

  private func runWith(_ id: NodeID, _ state: inout GuardState) {
    let parts = tree.with(id)
    let before = state
    var suppresses = false
    for item in tree[parts.items] {
      let entry = tree.withItem(item)
      let value = evaluate(entry.context, &state)
      if tree.kind(entry.context) == .call,
        semantics.qualifiedName(of: tree.call(entry.context).function) == "contextlib.suppress"
      {
        suppresses = true
      }
      if !entry.variables.isNone { bind(entry.variables, value, &state) }
    }
    let verifications = report.verifications
    run(parts.body, &state)
    if suppresses {
      var other = before
      if report.verifications > verifications { other.swallowed = place(id) }
      state = state.joined(other)
    }
  }

  private func runMatch(_ id: NodeID, _ state: inout GuardState) {
    let parts = tree.match(id)
    let subject = evaluate(parts.subject, &state)
    var result: GuardState?
    var rest = state
    for item in tree[parts.cases] {
      let entry = tree.matchCase(item)
      var own = rest
      let pattern = entry.pattern
      var proof = GuardProof.nothing
      let isWildcard = tree.kind(pattern) == .matchAs && NodeID(tree[pattern].a).isNone && entry.guard.isNone
      if tree.kind(pattern) == .matchValue, entry.guard.isNone {
        let other = evaluate(tree.value(pattern), &own)
        let verdict = compared(.equal, subject, other, parts.subject, tree.value(pattern), item)
        proof = verdict.whenTrue
      } else if tree.kind(pattern) == .matchSingleton, entry.guard.isNone {
        if tree.constantKind(pattern) == .none { rest.add(subject.whenTrue) }
        if tree.constantKind(pattern) == .true { proof = subject.whenTrue }
      }
      own.add(proof)
      if !entry.guard.isNone { own = branch(entry.guard, own).0 }
      run(entry.body, &own)
      result = result?.joined(own) ?? own
      if isWildcard {
        rest.stop()
        break
      }
    }
    state = result?.joined(rest) ?? rest
  }
}
