import MerlonPython
import Synchronization

/// Finds what expressions denote. One evaluator serves one question; results go to the modules' caches.
///
/// Depth and work are bounded and cycles are cut, and the answer to a question does not depend on what was asked
/// before: a kept result is used only where computing it again would give the same.
struct Evaluator {
  /// Deepest chain of names, calls and attributes that is followed.
  static let depthLimit = 48
  /// Most evaluations for one question.
  static let stepLimit = 1_500
  /// Most classes above one another.
  static let classLimit = 200
  /// Most bindings of one name that are evaluated; with more it counts as unknown.
  static let bindings = 24
  /// Most alternatives that are kept for one expression.
  static let alternatives = 12

  enum Key: UInt64 {
    case expression = 0
    case symbol = 1
    case annotation = 2
    case result = 3
  }

  let program: Program
  private var depth = 0
  private var deepest = 0
  private var steps = 0
  /// Outermost level that the current evaluation was cut at; `Int.max` when it was not cut.
  private var cutLevel = Int.max
  private var active: [UInt64: Int] = [:]
  /// Results that were cut by something still under way, with the level of that.
  private var provisional: [UInt64: (values: [Value], cutLevel: Int, looks: [UInt32])] = [:]
  /// Keys of `provisional` in order of their making.
  private var provisionalKeys: [UInt64] = []
  /// Keys of everything evaluated so far.
  private var trail: [UInt64] = []
  var classesInProgress: Set<Definition> = []
  /// Class orders computed for this question.
  var classSteps = 0

  init(_ program: Program) { self.program = program }

  /// Evaluates once: looks the key up in the module's cache, guards against cycles and bounds depth and work.
  mutating func once(
    _ kind: Key, _ module: Module, _ index: UInt32, _ compute: (inout Evaluator) -> [Value]
  ) -> [Value] {
    let local = kind.rawValue << 32 | UInt64(index)
    let key = UInt64(module.id.index) << 36 | local
    let recorder = program.recorder
    if let recorder { program.noteLook(at: module, in: recorder) }
    if let level = active[key] {
      cutLevel = min(cutLevel, level)
      return []
    }
    if let entry = module.cache.withLock({ $0.entries[local] }), isValid(entry) {
      steps += entry.cost
      deepest = max(deepest, depth + entry.height)
      if let cycle = entry.cycle { trail += cycle }
      recorder?.note(entry.looks)
      return entry.values
    }
    if let known = provisional[key] {
      cutLevel = min(cutLevel, known.cutLevel)
      recorder?.note(known.looks)
      return known.values
    }
    guard depth < Self.depthLimit, steps < Self.stepLimit else {
      cutLevel = -1
      return [.unknown]
    }
    let level = depth
    let outer = (cutLevel: cutLevel, deepest: deepest, steps: steps)
    let mark = (trail: trail.count, provisional: provisionalKeys.count)
    cutLevel = Int.max
    active[key] = level
    trail.append(key)
    depth += 1
    steps += 1
    deepest = depth
    let frame = recorder?.begin()
    let values = Self.distinct(compute(&self))
    let looks = frame.flatMap { recorder?.end($0) } ?? []
    depth -= 1
    active[key] = nil
    forgetProvisional(since: mark.provisional, level: level)
    if cutLevel >= level {
      let cycle = cutLevel == Int.max ? [] : trail.count - mark.trail <= 200 ? Set(trail[mark.trail...]) : nil
      let entry = SemanticCache.Entry(
        values: values, height: deepest - level, cost: steps - outer.steps, cycle: cycle, looks: looks)
      module.cache.withLock { $0.entries[local] = entry }
      cutLevel = outer.cutLevel
    } else {
      provisional[key] = (values, cutLevel, looks)
      provisionalKeys.append(key)
      cutLevel = min(cutLevel, outer.cutLevel)
    }
    deepest = max(deepest, outer.deepest)
    return values
  }

  /// True when a kept result is what evaluating again would give here.
  private func isValid(_ entry: SemanticCache.Entry) -> Bool {
    guard depth + entry.height <= Self.depthLimit, steps + entry.cost <= Self.stepLimit else { return false }
    guard !active.isEmpty else { return true }
    guard let cycle = entry.cycle else { return false }
    return cycle.isEmpty || active.keys.allSatisfy { !cycle.contains($0) }
  }

  /// Drops results that were cut by an evaluation that has ended now.
  private mutating func forgetProvisional(since mark: Int, level: Int) {
    guard provisionalKeys.count > mark else { return }
    var kept: [UInt64] = []
    for key in provisionalKeys[mark...] {
      if let entry = provisional[key], entry.cutLevel < level { kept.append(key) } else { provisional[key] = nil }
    }
    provisionalKeys.replaceSubrange(mark..., with: kept)
  }

  /// Runs a computation and tells whether it got by without being cut.
  mutating func uncut<Result>(_ compute: (inout Evaluator) -> Result) -> (Result, Bool) {
    let outer = cutLevel
    cutLevel = Int.max
    let result = compute(&self)
    let isComplete = cutLevel == Int.max
    cutLevel = min(cutLevel, outer)
    return (result, isComplete)
  }

  /// Notes that something was left out, so that no result built on it is kept.
  mutating func cut() { cutLevel = -1 }

  /// Values without repetition, bounded; `None` is left out beside others.
  static func distinct(_ values: [Value]) -> [Value] {
    guard values.count > 1 else { return values }
    var seen: Set<Value> = []
    var result = values.filter { seen.insert($0).inserted }
    if result.contains(where: { $0.kind != .none }) { result.removeAll { $0.kind == .none } }
    if result.count > alternatives { result = Array(result.prefix(alternatives)) + [.unknown] }
    return result
  }

  // MARK: Expressions

  /// What an expression may denote.
  mutating func evaluate(_ expression: NodeID, _ module: Module) -> [Value] {
    let node = module.tree[expression]
    switch node.kind {
    case .none: return [.unknown]
    case .constant: return [Self.constantType(module.tree.constantKind(expression))]
    case .joinedStr: return [Self.builtin("str")]
    case .compare: return [Self.builtin("bool")]
    case .list, .listComp: return once(.expression, module, expression.index) { $0.display("list", expression, module) }
    case .set, .setComp: return once(.expression, module, expression.index) { $0.display("set", expression, module) }
    case .tuple: return once(.expression, module, expression.index) { $0.tuple(expression, module) }
    case .dict, .dictComp: return [Self.builtin("dict")]
    case .generatorExp:
      return once(.expression, module, expression.index) { $0.display("", expression, module) }
    case .name, .attribute, .call, .subscript, .await, .namedExpr, .ifExp, .boolOp, .binOp, .unaryOp:
      return once(.expression, module, expression.index) { $0.compute(expression, node, module) }
    default: return [.unknown]
    }
  }

  private mutating func compute(_ id: NodeID, _ node: Node, _ module: Module) -> [Value] {
    switch node.kind {
    case .name: return name(id, module)
    case .attribute:
      let name = module.tree.text(NameID(node.b))
      let mangled = module.text(module.mangled(NameID(node.b), in: module.scope(of: id)))
      return evaluate(NodeID(node.a), module).flatMap { attribute(mangled.isEmpty ? name : mangled, of: $0) }
    case .call: return call(id, module)
    case .subscript: return subscripted(id, module)
    case .await: return evaluate(NodeID(node.a), module).map { awaited($0) }
    case .namedExpr: return evaluate(NodeID(node.b), module)
    case .ifExp: return evaluate(NodeID(node.b), module) + evaluate(NodeID(node.c), module)
    case .boolOp: return boolOp(id, module)
    case .binOp: return binOp(id, module)
    case .unaryOp:
      return module.tree.unaryOp(id).op == .not ? [Self.builtin("bool")] : evaluate(NodeID(node.a), module).map(\.moved)
    default: return [.unknown]
    }
  }

  static func builtin(_ name: String, _ arguments: [TypeReference] = []) -> Value {
    Value(.instance(TypeReference("builtins." + name, arguments: arguments)))
  }

  static func constantType(_ kind: ConstantKind) -> Value {
    switch kind {
    case .none: Value(.none)
    case .true, .false: builtin("bool")
    case .ellipsis: builtin("ellipsis")
    case .integer: builtin("int")
    case .float: builtin("float")
    case .imaginary: builtin("complex")
    case .string: builtin("str")
    case .bytes: builtin("bytes")
    }
  }

  private mutating func boolOp(_ id: NodeID, _ module: Module) -> [Value] {
    let operation = module.tree.boolOp(id)
    let values = module.tree[operation.values]
    guard operation.op == .or else { return values.last.map { evaluate($0, module) } ?? [.unknown] }
    let parts = values.map { evaluate($0, module) }
    // `parameter or default`: where only the default is known, that is the better answer.
    return parts.flatMap { $0 }
  }

  private mutating func binOp(_ id: NodeID, _ module: Module) -> [Value] {
    let operation = module.tree.binOp(id)
    var left = operation.left
    // Long chains of one operator lean to the left; their first operand decides.
    var levels = 0
    while module.tree.kind(left) == .binOp, operation.op != .bitOr, levels < 100_000 {
      left = module.tree.binOp(left).left
      levels += 1
    }
    if operation.op == .bitOr {
      let types = annotationTypes(id, module)
      if !types.isEmpty { return types.map { Value(.classObject(Self.asClass($0))) } }
    }
    let first = evaluate(left, module).map(\.moved)
    if operation.op == .mod, first == [Self.builtin("str")] { return first }
    let names = ["builtins.str", "builtins.bytes", "builtins.list", "builtins.int", "builtins.float", "pathlib.Path"]
    let isKnown = first.allSatisfy { value in
      if case .instance(let type) = value.kind { names.contains(type.qualifiedName) } else { false }
    }
    return isKnown ? first : [.unknown]
  }

  private mutating func display(_ name: String, _ id: NodeID, _ module: Module) -> [Value] {
    let node = module.tree[id]
    let qualified = name.isEmpty ? "collections.abc.Generator" : "builtins." + name
    let elements: [NodeID]
    switch node.kind {
    case .list, .set: elements = Array(module.tree[ListID(node.a)].prefix(6))
    default: elements = [NodeID(node.a)]
    }
    return [Value(.instance(TypeReference(qualified, arguments: commonType(elements, module).map { [$0] } ?? [])))]
  }

  private mutating func tuple(_ id: NodeID, _ module: Module) -> [Value] {
    let elements = module.tree[ListID(module.tree[id].a)]
    guard elements.count <= 8 else { return [Self.builtin("tuple")] }
    let types = elements.map { commonType([$0], module) ?? TypeReference("typing.Any") }
    return [Self.builtin("tuple", types)]
  }

  private mutating func commonType(_ elements: [NodeID], _ module: Module) -> TypeReference? {
    var result: TypeReference?
    for element in elements {
      guard let type = singleType(evaluate(element, module)), result == nil || result == type else { return nil }
      result = type
    }
    return result
  }

  /// The one type that all values have; nil when they differ or one is unknown.
  func singleType(_ values: [Value]) -> TypeReference? {
    var result: TypeReference?
    for value in values {
      guard let type = type(of: value), result == nil || result == type else { return nil }
      result = type
    }
    return result
  }

  /// The type of a value; nil for modules, functions and the unknown.
  func type(of value: Value) -> TypeReference? {
    switch value.kind {
    case .instance(let type): return type
    case .classObject(let type): return Self.asClass(type)
    case .library(let name):
      if let known = program.options.libraries.attributeType(of: name) { return known }
      return Builtins.isClassLike(name) ? TypeReference(name, isClassObject: true) : nil
    case .none: return TypeReference("builtins.None")
    case .unknown, .module, .namespace, .function, .superProxy, .partial: return nil
    }
  }

  static func asClass(_ type: TypeReference) -> TypeReference {
    var type = type
    type.isClassObject = true
    return type
  }

  static func asInstance(_ type: TypeReference) -> TypeReference {
    var type = type
    type.isClassObject = false
    return type
  }

  private func awaited(_ value: Value) -> Value {
    if case .instance(let type) = value.kind, let inner = Builtins.awaited(type) { return instance(inner) }
    return value.moved
  }

  /// The value of a type: instance, or the class itself for `type[X]`.
  func instance(_ type: TypeReference) -> Value {
    if type.qualifiedName == "typing.Any" { return .unknown }
    if type.qualifiedName == "builtins.None" { return Value(.none) }
    return Value(type.isClassObject ? .classObject(type) : .instance(type))
  }
}
