import MerlonBase
import MerlonProgram
import MerlonPython

/// How a statement ended.
enum Completion {
  case normal, returned, broke, continued
  /// An exception that a handler around catches; `Interpreter.raised` holds it.
  case raised
  /// A `raise` that nothing catches, see `Interpreter`.
  case failed
  /// A budget is used up.
  case stopped

  /// True when what follows in the same block is not reached.
  var isExit: Bool { self != .normal }
}

/// What the handlers of one `try` catch, by class.
struct HandlerSet {
  var types: [PythonValue]
  var catchesAll: Bool
}

extension Interpreter {
  func execute(_ body: ListID, in frame: Frame) -> Completion {
    let conditionCount = currentConditions.count
    defer { truncateConditions(conditionCount) }
    for statement in frame.tree[body] {
      let completion = execute(statement, in: frame)
      if completion.isExit { return completion }
    }
    return .normal
  }

  func truncateConditions(_ count: Int) {
    if currentConditions.count > count { currentConditions.removeLast(currentConditions.count - count) }
  }

  /// The completion of a statement whose expressions were evaluated.
  private func afterEvaluation() -> Completion {
    if raised != nil { return .raised }
    return isStopping ? .stopped : .normal
  }

  func execute(_ statement: NodeID, in frame: Frame) -> Completion {
    guard step() else { return .stopped }
    let tree = frame.tree
    let node = tree[statement]
    switch node.kind {
    case .expr:
      if tree.kind(NodeID(node.a)) != .constant { _ = evaluate(NodeID(node.a), in: frame) }
    case .assign:
      let parts = tree.assign(statement)
      let value = evaluate(parts.value, in: frame)
      if raised != nil || isStopping { return afterEvaluation() }
      for target in tree[parts.targets] { assign(target, value, in: frame) }
    case .annAssign: annotatedAssignment(statement, in: frame)
    case .augAssign: augmentedAssignment(statement, in: frame)
    case .functionDef, .asyncFunctionDef: defineFunction(statement, in: frame)
    case .classDef: defineClass(statement, in: frame)
    case .return:
      let value = NodeID(node.a).isNone ? PythonValue.none : evaluate(NodeID(node.a), in: frame)
      if raised != nil || isStopping { return afterEvaluation() }
      frame.returned.append(value)
      return .returned
    case .if: return ifStatement(statement, in: frame)
    case .for, .asyncFor: return forStatement(statement, in: frame)
    case .while: return whileStatement(statement, in: frame)
    case .with, .asyncWith: return withStatement(statement, in: frame)
    case .try, .tryStar: return tryStatement(statement, in: frame)
    case .raise: return raiseStatement(statement, in: frame)
    case .match: return matchStatement(statement, in: frame)
    case .import: importStatement(statement, in: frame)
    case .importFrom: importFromStatement(statement, in: frame)
    case .global: for name in tree.declaredNames(statement) { frame.globalNames.insert(tree.text(name)) }
    case .nonlocal: for name in tree.declaredNames(statement) { frame.nonlocalNames.insert(tree.text(name)) }
    case .delete: for target in tree.elements(statement) { delete(target, in: frame) }
    case .typeAlias: typeAliasStatement(statement, in: frame)
    case .break: return .broke
    case .continue: return .continued
    case .assert:
      let test = tree.assert(statement).test
      narrow(test, isTrue: true, in: frame)
    default: break
    }
    return afterEvaluation()
  }

  // MARK: if

  private func ifStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let tree = frame.tree
    // `elif` chains are long in real code, so they are followed here and not by recursion.
    var current = statement
    while true {
      let parts = tree.conditional(current)
      if isTypeChecking(parts.test, tree) {
        if frame.kind == .module, let module = frame.module { module.deferBody(parts.body) }
        return execute(parts.orElse, in: frame)
      }
      let test = evaluate(parts.test, in: frame)
      if raised != nil || isStopping { return afterEvaluation() }
      switch truth(test) {
      case true?:
        let completion = execute(parts.body, in: frame)
        // The application does start, so the condition is not what it seems.
        return completion == .failed ? .normal : completion
      case false?:
        let orElse = tree[parts.orElse]
        if orElse.count == 1, let only = orElse.first, tree.kind(only) == .if {
          current = only
          continue
        }
        let completion = execute(parts.orElse, in: frame)
        return completion == .failed ? .normal : completion
      case nil:
        return branch(
          text: Site.text(parts.test, tree),
          first: {
            self.narrow(parts.test, isTrue: true, in: frame)
            return self.execute(parts.body, in: frame)
          },
          second: {
            self.narrow(parts.test, isTrue: false, in: frame)
            return self.execute(parts.orElse, in: frame)
          })
      }
    }
  }

  private func isTypeChecking(_ test: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(test) {
    case .name: tree.text(tree.nameID(test)) == "TYPE_CHECKING"
    case .attribute: tree.text(tree.attribute(test).name) == "TYPE_CHECKING"
    default: false
    }
  }

  /// Runs both branches of an unknown condition from the same values and joins what they leave.
  ///
  /// When one of them surely leaves the block, what follows is only reached by the other one and holds its condition.
  func branch(text: @autoclosure () -> String, first: () -> Completion, second: () -> Completion) -> Completion {
    let text = text()
    let count = currentConditions.count
    journals.append(Journal())
    currentConditions.append(text)
    let firstEnd = first()
    truncateConditions(count)
    let firstJournal = journals.removeLast()
    if firstEnd == .stopped { return .stopped }
    if firstEnd == .raised { raised = nil }
    let firstValues = rollBack(firstJournal)
    journals.append(Journal())
    currentConditions.append(negation(text))
    let secondEnd = second()
    truncateConditions(count)
    let secondJournal = journals.removeLast()
    if secondEnd == .stopped { return .stopped }
    let secondException = raised
    raised = nil
    let secondValues = rollBack(secondJournal)

    let firstGoesOn = !firstEnd.leavesFunction
    let secondGoesOn = !secondEnd.leavesFunction
    join(
      firstJournal, firstGoesOn || !secondGoesOn ? firstValues : nil, secondJournal,
      secondGoesOn || !firstGoesOn ? secondValues : nil)
    switch (firstEnd, secondEnd) {
    case (.normal, .normal): return .normal
    case (.returned, .normal):
      currentConditions.append(negation(text))
      return .normal
    case (.normal, .returned):
      currentConditions.append(text)
      return .normal
    case (.broke, .broke), (.continued, .continued), (.returned, .returned), (.failed, .failed):
      return firstEnd
    case (.raised, .raised):
      raised = secondException
      return .raised
    default:
      if !firstGoesOn, !secondGoesOn { return .returned }
      if firstGoesOn, !secondGoesOn { return firstEnd }
      if secondGoesOn, !firstGoesOn { return secondEnd }
      return .normal
    }
  }

  func negation(_ text: String) -> String {
    if text.hasPrefix("not "), !text.contains(" and "), !text.contains(" or ") { return String(text.dropFirst(4)) }
    let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: " ") }
    return isPlain ? "not " + text : "not (\(text))"
  }

  // MARK: Loops

  private func forStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let parts = frame.tree.for_(statement)
    let iterable = evaluate(parts.iterable, in: frame)
    if raised != nil || isStopping { return afterEvaluation() }
    let (elements, isOpen) = iterate(iterable, site: site(parts.iterable, frame))
    var isBroken = false
    for element in elements.prefix(4_000) {
      assign(parts.target, element, in: frame)
      let completion = execute(parts.body, in: frame)
      if completion == .broke {
        isBroken = true
        break
      }
      if completion == .failed { continue }
      if completion.leavesFunction { return completion }
    }
    if elements.count > 4_000 { reportBudget("a loop was left after 4,000 rounds", at: site(statement, frame)) }
    if isOpen, !isBroken {
      let element = unknownElement(of: iterable, site: site(parts.target, frame))
      let completion = branch(
        text: "for \(Site.text(parts.target, frame.tree)) in \(Site.text(parts.iterable, frame.tree))",
        first: {
          self.assign(parts.target, element, in: frame)
          let completion = self.execute(parts.body, in: frame)
          return completion == .broke || completion == .continued ? .normal : completion
        }, second: { .normal })
      if completion.leavesFunction { return completion }
    }
    return isBroken ? .normal : execute(parts.orElse, in: frame)
  }

  private func whileStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let parts = frame.tree.conditional(statement)
    for _ in 0..<1_000 {
      let test = evaluate(parts.test, in: frame)
      if raised != nil || isStopping { return afterEvaluation() }
      switch truth(test) {
      case false?: return execute(parts.orElse, in: frame)
      case true?:
        let completion = execute(parts.body, in: frame)
        if completion == .broke { return .normal }
        if completion.leavesFunction { return completion }
      case nil:
        let completion = branch(
          text: Site.text(parts.test, frame.tree),
          first: {
            let completion = self.execute(parts.body, in: frame)
            return completion == .broke || completion == .continued ? .normal : completion
          }, second: { .normal })
        return completion.leavesFunction ? completion : .normal
      }
    }
    reportBudget("a loop was left after 1,000 rounds", at: site(statement, frame))
    return .normal
  }

  // MARK: with

  private func withStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let parts = frame.tree.with(statement)
    var entered: [PythonValue] = []
    var suppressed: [PythonValue] = []
    for item in frame.tree[parts.items] {
      let item = frame.tree.withItem(item)
      let context = evaluate(item.context, in: frame)
      if raised != nil || isStopping { return afterEvaluation() }
      let value = enter(context, site: site(item.context, frame))
      entered.append(context)
      if case .instance(let object) = context, case .library("contextlib.suppress") = object.type {
        suppressed += object.arguments.positional
      }
      if !item.variables.isNone { assign(item.variables, value, in: frame) }
    }
    if !suppressed.isEmpty { handlers.append(HandlerSet(types: suppressed, catchesAll: false)) }
    var completion = execute(parts.body, in: frame)
    if !suppressed.isEmpty {
      handlers.removeLast()
      if completion == .raised, let exception = raised, catches(suppressed, exception) {
        raised = nil
        completion = .normal
      }
    }
    for context in entered.reversed() { leave(context) }
    return completion
  }

  // MARK: try and raise

  private func tryStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let tree = frame.tree
    let parts = tree.try_(statement)
    var set = HandlerSet(types: [], catchesAll: false)
    for handler in tree[parts.handlers] {
      let type = tree.exceptHandler(handler).type
      if type.isNone { set.catchesAll = true } else { set.types.append(evaluate(type, in: frame)) }
    }
    handlers.append(set)
    var completion = execute(parts.body, in: frame)
    handlers.removeLast()
    if completion == .raised, let exception = raised {
      var index = 0
      for handler in tree[parts.handlers] {
        let handlerParts = tree.exceptHandler(handler)
        var matches = true
        if !handlerParts.type.isNone {
          matches = index < set.types.count && catches([set.types[index]], exception)
          index += 1
        }
        guard matches else { continue }
        raised = nil
        if !handlerParts.name.isNone { bind(tree.text(handlerParts.name), exception, in: frame) }
        completion = execute(handlerParts.body, in: frame)
        // The application does start, so what the body raised was not raised.
        if completion == .failed { completion = .normal }
        break
      }
    } else if completion == .normal {
      completion = execute(parts.orElse, in: frame)
    }
    if !tree[parts.finally].isEmpty {
      let exception = raised
      raised = nil
      let end = execute(parts.finally, in: frame)
      if end.isExit { return end }
      raised = exception
    }
    return completion
  }

  private func raiseStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let expression = frame.tree.raise(statement).exception
    guard !expression.isNone else { return .failed }
    var exception = evaluate(expression, in: frame)
    if raised != nil || isStopping { return afterEvaluation() }
    if case .classObject = exception { exception = call(exception, CallArguments(), at: site(expression, frame)) }
    guard isCaught(exception) else { return .failed }
    raised = exception
    return .raised
  }

  /// Raises an exception of a builtin class where a handler waits for it; else nothing happens.
  func raiseIfCaught(_ name: String, _ message: String = "") {
    guard raised == nil, !handlers.isEmpty, let type = builtins.classes[name] else { return }
    let exception = PythonValue.instance(
      InstanceObject(type: .classObject(type), attributes: ["args": .tuple([.string(message)])]))
    if isCaught(exception) { raised = exception }
  }

  private func isCaught(_ exception: PythonValue) -> Bool {
    handlers.contains { $0.catchesAll || catches($0.types, exception) }
  }

  private func catches(_ types: [PythonValue], _ exception: PythonValue) -> Bool {
    types.contains { type in
      switch type {
      case .tuple(let several): return catches(several, exception)
      default: return isInstance(exception, of: type) == true
      }
    }
  }
}

extension Completion {
  /// True when the rest of the function is not reached.
  var leavesFunction: Bool {
    switch self {
    case .returned, .raised, .failed, .stopped: true
    case .normal, .broke, .continued: false
    }
  }
}

extension Site {
  static func text(_ node: NodeID, _ tree: Tree) -> String {
    let range = tree.range(node)
    let source = tree.text(TextRange(start: range.start, end: min(range.end, range.start + 160)))
    // Nearly all expressions stand in one line.
    let isPlain = source.utf8.allSatisfy { $0 > 0x20 && $0 < 0x80 || $0 == 0x20 }
    if isPlain, source.utf8.count <= 80 { return source }
    let line = source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 80 ? line : line.prefix(79) + "…"
  }
}
