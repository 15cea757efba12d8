import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Tells what the checks of a function make sure of: which values a test has looked at, and whether it holds.
struct CheckReader {
  let flow: FunctionFlow
  let builder: TaintBuilder
  private let texts: TextOrigins
  private let memory = Memory()

  private var engine: FlowEngine { builder.engine }
  private var tree: Tree { flow.tree }

  private final class Memory {
    var tests: [Key: [Validation]] = [:]
    var statements: [NodeID: [Int]]?
  }

  private struct Key: Hashable {
    var test: NodeID
    var outcome: Bool
  }

  init(flow: FunctionFlow, builder: TaintBuilder, texts: TextOrigins) {
    self.flow = flow
    self.builder = builder
    self.texts = texts
  }

  // MARK: Where checks stand

  /// What holds at a node: the tests around it and before it, and the calls before it that raise.
  func before(_ node: NodeID) -> [Validation] {
    var result: [Validation] = []
    for (condition, outcome) in flow.conditions(before: node) { result += validations(condition.test, outcome) }
    for statement in statementsBefore(node) { result += passed(statement) }
    return result
  }

  /// What holds when the function has come back.
  func atEnd() -> [Validation] {
    guard tree.kind(flow.definition.node) != .lambda else { return [] }
    let body = tree[tree.functionDef(flow.definition.node).body]
    guard let last = body.last else { return [] }
    var result: [Validation] = []
    for condition in flow.conditions where isTop(condition.node) { result += refusal(condition) }
    for statement in statementsBefore(last) + [last] { result += passed(statement) }
    return Array(result.prefix(16))
  }

  /// What a test that raises makes sure of.
  private func refusal(_ condition: FlowCondition) -> [Validation] {
    var result: [Validation] = []
    if condition.exitIfTrue == .raises { result += validations(condition.test, false) }
    if condition.exitIfFalse == .raises { result += validations(condition.test, true) }
    return result
  }

  /// What holds where the function answers `True`.
  func answers() -> [Validation] {
    var result: [Validation] = []
    for node in flow.returns {
      if tree.kind(node) == .constant {
        guard tree.constantKind(node) == .true else { continue }
        for (condition, outcome) in flow.conditions(before: node) { result += validations(condition.test, outcome) }
      } else {
        result += validations(node, true)
      }
    }
    return Array(result.prefix(16))
  }

  private func isTop(_ node: NodeID) -> Bool {
    var parent = flow.module.parent(of: node)
    while !parent.isNone, parent != flow.definition.node {
      switch tree.kind(parent) {
      case .try, .tryStar, .with, .asyncWith: parent = flow.module.parent(of: parent)
      default: return false
      }
    }
    return true
  }

  /// The statements in front of a node, in its own block and in those around it.
  private func statementsBefore(_ node: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    var child = node
    while !child.isNone, child != flow.definition.node {
      let parent = flow.module.parent(of: child)
      if parent.isNone { break }
      let start = tree.range(child).start
      tree.forEachChild(parent) { sibling in
        if tree.range(sibling).end <= start, result.count < 200 {
          result.append(sibling)
        }
      }
      child = parent
    }
    return result
  }

  /// What holds once a statement is behind: of its calls that raise, and of what it wraps.
  private func passed(_ statement: NodeID, depth: Int = 4) -> [Validation] {
    switch tree.kind(statement) {
    case .expr, .assign, .annAssign, .return:
      return (calls()[statement] ?? []).flatMap { raising(flow.calls[$0]) }
    case .with, .asyncWith:
      guard depth > 0 else { return [] }
      return tree[tree.with(statement).body].flatMap { passed($0, depth: depth - 1) }
    case .try, .tryStar:
      let parts = tree.try_(statement)
      guard depth > 0,
        tree[parts.handlers].allSatisfy({ flow.semantics.alwaysExits(tree.exceptHandler($0).body) })
      else { return [] }
      return tree[parts.body].flatMap { inner in
        passed(inner, depth: depth - 1)
          + (flow.condition(at: inner).map(refusal) ?? [])
      }
    case .for, .asyncFor:
      // Each part of a value is looked at, and one that is wrong raises.
      return tree[tree.for_(statement).body].flatMap { flow.condition(at: $0).map(refusal) ?? [] }
    default: return []
    }
  }

  /// Calls that may be checks, by the plain statement that they stand in.
  private func calls() -> [NodeID: [Int]] {
    if let known = memory.statements { return known }
    var found: [NodeID: [Int]] = [:]
    for (index, call) in flow.calls.enumerated() {
      guard
        call.name == "relative_to" || call.function != nil || Self.parsers.contains(call.name)
          || isNamedCheck(call.name)
      else { continue }
      var node = call.node
      search: while !node.isNone, node != flow.definition.node {
        switch tree.kind(node) {
        case .expr, .assign, .annAssign, .return:
          found[node, default: []].append(index)
          break search
        case .if, .for, .while, .with, .try, .ifExp, .boolOp: break search
        default: node = flow.module.parent(of: node)
        }
      }
    }
    memory.statements = found
    return found
  }

  /// What a call that came back makes sure of.
  private func raising(_ call: FlowCall) -> [Validation] {
    if call.name == "relative_to", !call.receiver.isNone {
      return [contained(values(call.receiver), "relative_to")]
    }
    if call.function == nil, Self.parsers.contains(call.name), let text = call.arguments.first {
      return [Validation(values: values(text.node), holds: .allowListed)]
    }
    if let function = call.function {
      guard let callee = builder.known(function) else { return [] }
      let found = lifted(callee.validations, call, function)
      // A check of the project that raises, in ways that are beyond this reader.
      guard found.isEmpty, isNamedCheck(call.name), engine.flow(function)?.raises.isEmpty == false else {
        return found
      }
      return trusted(call)
    }
    // A check of a library whose code is not there gets the benefit of the doubt.
    guard isNamedCheck(call.name), !call.isResultUsed || call.name.contains("validate") else { return [] }
    return trusted(call)
  }

  /// Constructors that raise for text which is not a number, a UUID, an address.
  private static let parsers: Set<String> = [
    "UUID", "int", "float", "Decimal", "ip_address", "ip_network", "IPv4Address", "IPv6Address", "ObjectId",
    "fromisoformat", "strptime",
  ]

  /// What a check was given that is taken at its word.
  private func trusted(_ call: FlowCall) -> [Validation] {
    call.arguments.map { Validation(values: values($0.node), holds: .allowListed) }
  }

  /// True for functions that, by their name, answer whether a value is all right.
  private func isNamedAnswer(_ name: String) -> Bool {
    FieldNames.isCheck(name) || name.contains("safe") || name.contains("valid")
  }

  /// True for functions that, by their name, raise for a value that is not all right.
  private func isNamedCheck(_ name: String) -> Bool { FieldNames.isCheck(name) || name.contains("validate") }

  private func lifted(_ validations: [Validation], _ call: FlowCall, _ function: Definition) -> [Validation] {
    guard !validations.isEmpty else { return [] }
    let lifter = Lifter(engine: engine, flow: flow, bound: engine.bind(call, in: flow), callee: function)
    return validations.compactMap { inner in
      var result = inner
      result.values = texts.origins(lifter.lift(inner.values))
      if result.asksForResolved, result.values.contains(where: { $0.passed.contains(.resolved) }) {
        result.holds = .contained
        result.flaw = nil
      }
      return result.values.isEmpty ? nil : result
    }
  }

  // MARK: Tests

  /// What a test makes sure of where it comes out so.
  private func validations(_ test: NodeID, _ outcome: Bool) -> [Validation] {
    let key = Key(test: test, outcome: outcome)
    if let known = memory.tests[key] { return known }
    var result: [Validation] = []
    var pending = [(test, outcome)]
    while let (node, outcome) = pending.popLast(), result.count < 24 {
      switch tree.kind(node) {
      case .unaryOp where tree.unaryOp(node).op == .not: pending.append((tree.unaryOp(node).operand, !outcome))
      case .boolOp:
        let parts = tree.boolOp(node)
        // `a or b` being true says nothing of either.
        guard (parts.op == .and) == outcome else { continue }
        pending += tree[parts.values].map { ($0, outcome) }
      case .compare: result += comparison(node, outcome)
      case .call: result += answer(node, outcome)
      case .await: pending.append((tree.value(node), outcome))
      case .namedExpr: pending.append((NodeID(tree[node].b), outcome))
      case .name:
        for origin in flow.semantics.origins(of: node) where origin != node {
          if [.compare, .boolOp, .unaryOp, .call].contains(tree.kind(origin)) { pending.append((origin, outcome)) }
        }
      default: continue
      }
    }
    memory.tests[key] = result
    return result
  }

  private func comparison(_ node: NodeID, _ outcome: Bool) -> [Validation] {
    let parts = tree.compare(node)
    guard let op = tree.comparisonOperators(parts).first, tree[parts.comparators].count == 1,
      let right = tree[parts.comparators].first
    else { return [] }
    let left = parts.left
    switch op {
    case .in, .notIn:
      let isInside = (op == .in) == outcome
      if tree.stringValue(left)?.contains("..") ?? false {
        guard !isInside else { return [] }
        let given = values(right)
        // Of a path that was made plain first, nothing leads out any more.
        if given.contains(where: { $0.passed.contains(.resolved) }) {
          return [Validation(values: given, holds: .contained)]
        }
        return [
          Validation(values: given, holds: [], flaw: "a search for `..` lets absolute paths through")
        ]
      }
      guard isInside else { return [] }
      if tree.kind(right) == .attribute, tree.text(tree.attribute(right).name) == "parents" {
        // `base in path.resolve().parents`
        return [contained(values(tree.attribute(right).value), "parents")]
      }
      let others = values(right)
      return [
        Validation(
          values: values(left).filter { value in !others.contains { $0.root == value.root } }, holds: .allowListed)
      ]
    case .equal, .notEqual:
      guard (op == .equal) == outcome else { return [] }
      if let found = containment(left) ?? containment(right) { return found }
      var result: [Validation] = []
      for (one, other) in [(left, right), (right, left)] {
        // Equal to a constant (not empty), or to something that the caller has no part in.
        if tree.kind(other) == .constant, tree.stringValue(other)?.isEmpty ?? true { continue }
        if values(other).isEmpty { result.append(Validation(values: values(one), holds: .allowListed)) }
      }
      return result
    default: return []
    }
  }

  /// `os.path.commonpath([base, path]) == base`.
  private func containment(_ side: NodeID) -> [Validation]? {
    for origin in flow.semantics.origins(of: side) + [side] {
      guard let call = flow.call(at: origin) else { continue }
      let given = call.arguments.flatMap { values($0.node) } + call.arguments.flatMap { parts($0.node) }
      if call.name == "commonpath" { return [contained(given, "commonpath")] }
      if call.name == "commonprefix" {
        return [
          Validation(
            values: given, holds: [],
            flaw: "`commonprefix` compares characters: a folder whose name begins alike passes")
        ]
      }
    }
    return nil
  }

  private func parts(_ node: NodeID) -> [FlowValue] {
    switch tree.kind(node) {
    case .list, .tuple: return tree.elements(node).flatMap { values($0) }
    default: return []
    }
  }

  private func answer(_ node: NodeID, _ outcome: Bool) -> [Validation] {
    guard let call = flow.call(at: node) else { return [] }
    if let function = call.function {
      let found = builder.known(function).map { lifted($0.answers, call, function) } ?? []
      if outcome, !found.isEmpty { return found }
      // What a check of the project looks at, and how, may be beyond this reader.
      guard found.isEmpty, isNamedAnswer(call.name)
      else { return [] }
      return trusted(call)
    }
    switch call.name {
    case "is_relative_to" where outcome: return [contained(values(call.receiver), "is_relative_to")]
    case "isdigit", "isalnum", "isidentifier", "isnumeric", "isdecimal", "isalpha":
      return outcome ? [Validation(values: values(call.receiver), holds: .allowListed)] : []
    case "fullmatch" where outcome: return matched(call)
    case "match" where outcome && endsAtEnd(call): return matched(call)
    case "startswith" where outcome && !call.receiver.isNone: return beginning(call)
    case "endswith" where outcome && !call.receiver.isNone:
      // `host.endswith(".example.com")`
      guard let argument = call.arguments.first,
        let text = flow.semantics.constant(of: argument.node)?.string, text.hasPrefix("."),
        text.contains(where: \.isLetter),
        text.dropFirst().contains(".")
      else { return [] }
      return [Validation(values: values(call.receiver), holds: .allowListed)]
    case "any", "all":
      // `any(url.host == known for known in hosts)`
      guard outcome, call.receiver.isNone, let argument = call.arguments.first?.node,
        tree.kind(argument) == .generatorExp || tree.kind(argument) == .listComp
      else { return [] }
      return validations(tree.elementComprehension(argument).element, true)
    default:
      guard call.constructedClass == nil, call.name != "exists", call.name != "is_file", call.name != "is_dir",
        FieldNames.isCheck(call.name) || call.name.contains("valid") || call.name.contains("safe")
      else { return [] }
      return trusted(call)
    }
  }

  private func matched(_ call: FlowCall) -> [Validation] {
    // `re.fullmatch(pattern, text)` and `pattern.fullmatch(text)`.
    guard let text = call.arguments.last(where: { $0.name == nil || $0.name == "string" }) else { return [] }
    let isModule = call.target?.qualifiedName.hasPrefix("re.") ?? false && call.arguments.count > 1
    let node = isModule ? call.arguments[1].node : text.node
    return [Validation(values: values(node), holds: .allowListed)]
  }

  private func endsAtEnd(_ call: FlowCall) -> Bool {
    let pattern: String?
    if call.target?.qualifiedName == "re.match", let first = call.arguments.first {
      pattern = flow.semantics.constant(of: first.node)?.string
    } else {
      pattern =
        flow.semantics.origins(of: call.receiver).compactMap { origin -> String? in
          guard tree.kind(origin) == .call, let argument = tree[tree.call(origin).arguments].first else { return nil }
          return flow.semantics.constant(of: argument)?.string
        }.first
    }
    guard let pattern else { return true }
    return pattern.hasSuffix("$") || pattern.hasSuffix("\\Z")
  }

  /// `path.startswith(base)`: holds for resolved paths when the base ends with a separator.
  private func beginning(_ call: FlowCall) -> [Validation] {
    guard let argument = call.arguments.first else { return [] }
    let given = values(call.receiver)
    let text = flow.semantics.constant(of: argument.node)?.string
    if let text, let scheme = text.firstRange(of: "://") {
      // A whole origin, with something behind the host.
      return text[scheme.upperBound...].contains("/") ? [Validation(values: given, holds: .allowListed)] : []
    }
    if text == "/" { return [] }
    guard endsWithSeparator(argument.node) else {
      return [
        Validation(
          values: given, holds: [],
          flaw: "`startswith` without a separator at the end also accepts a sibling folder whose name begins alike")
      ]
    }
    return [contained(given, "startswith")]
  }

  /// A comparison of folders, which holds for resolved paths.
  private func contained(_ values: [FlowValue], _ check: String) -> Validation {
    if values.contains(where: { $0.passed.contains(.resolved) }) {
      return Validation(values: values, holds: .contained)
    }
    return Validation(
      values: values, holds: [],
      flaw: "`\(check)` is asked before the path is resolved: `..` behind the folder passes", asksForResolved: true)
  }

  private func endsWithSeparator(_ node: NodeID) -> Bool {
    for origin in flow.semantics.origins(of: node) + [node] {
      var last = origin
      while true {
        if tree.kind(last) == .binOp {
          last = tree.binOp(last).right
        } else if tree.kind(last) == .joinedStr, let inner = tree[ListID(tree[last].a)].last {
          last = inner
        } else if tree.kind(last) == .formattedValue {
          last = NodeID(tree[last].a)
        } else {
          break
        }
      }
      if let text = flow.semantics.constant(of: last)?.string, text.hasSuffix("/") || text.hasSuffix("\\") {
        return true
      }
      let spelled = tree.text(last)
      if spelled == "os.sep" || spelled == "sep" || spelled == "os.path.sep" { return true }
    }
    return false
  }

  // MARK: Values

  /// What an expression holds text of, so that a check of a resolved path is one of the path.
  private func values(_ node: NodeID) -> [FlowValue] { node.isNone ? [] : texts.origins(flow.values(of: node)) }
}
