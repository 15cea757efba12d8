import MerlonPython

/// Computes the constant value of expressions, through names and modules. Bounded in depth, steps and size.
struct ConstantFolder {
  static let depthLimit = 40
  static let stepLimit = 4_000
  /// Longest text that is built, in UTF-8 bytes.
  static let textLimit = 1 << 16

  let program: Program
  private var depth = 0
  private var steps = 0
  private var active: Set<Definition> = []

  init(_ program: Program) { self.program = program }

  /// The constant value of an expression; nil when it is not known.
  mutating func fold(_ expression: NodeID, _ module: Module) -> ConstantValue? {
    guard depth < Self.depthLimit, steps < Self.stepLimit, !expression.isNone else { return nil }
    depth += 1
    steps += 1
    defer { depth -= 1 }
    let node = module.tree[expression]
    switch node.kind {
    case .constant: return literal(expression, module)
    case .joinedStr: return joined(expression, module)
    case .list: return .list(elements(ListID(node.a), module))
    case .tuple: return .tuple(elements(ListID(node.a), module))
    case .set: return .set(elements(ListID(node.a), module))
    case .dict: return dictionary(expression, module)
    case .name: return name(expression, module)
    case .attribute: return attribute(expression, module)
    case .subscript: return item(expression, module)
    case .call: return call(expression, module)
    case .binOp: return binOp(expression, module)
    case .unaryOp: return unaryOp(expression, module)
    case .boolOp: return boolOp(expression, module)
    case .ifExp:
      let parts = module.tree.ifExp(expression)
      guard let first = fold(parts.body, module), first == fold(parts.orElse, module) else { return nil }
      return first
    case .namedExpr: return fold(module.tree.namedExpr(expression).value, module)
    case .await: return fold(NodeID(node.a), module)
    default: return nil
    }
  }

  private func literal(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let tree = module.tree
    switch tree.constantKind(id) {
    case .none: return ConstantValue.none
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .integer: return tree.integerValue(id).map { .integer($0) }
    case .float: return tree.floatValue(id).map { .double($0) }
    case .string: return tree.stringValue(id).map { .string($0) }
    case .bytes: return tree.bytesValue(id).map { .bytes($0) }
    case .ellipsis, .imaginary: return nil
    }
  }

  private mutating func elements(_ list: ListID, _ module: Module) -> [ConstantValue] {
    var result: [ConstantValue] = []
    for element in module.tree[list] {
      if module.tree.kind(element) == .starred {
        result += fold(NodeID(module.tree[element].a), module)?.elements ?? [.unknown]
      } else {
        result.append(fold(element, module) ?? .unknown)
      }
    }
    return result
  }

  private mutating func dictionary(_ id: NodeID, _ module: Module) -> ConstantValue {
    let parts = module.tree.dict(id)
    var entries: [ConstantValue.Entry] = []
    for (key, value) in zip(module.tree[parts.keys], module.tree[parts.values]) {
      if key.isNone {
        entries += fold(value, module)?.entries ?? [.init(key: .unknown, value: .unknown)]
      } else {
        entries.append(.init(key: fold(key, module) ?? .unknown, value: fold(value, module) ?? .unknown))
      }
    }
    return .dictionary(entries)
  }

  private mutating func joined(_ id: NodeID, _ module: Module) -> ConstantValue? {
    var text = ""
    for part in module.tree[ListID(module.tree[id].a)] {
      let node = module.tree[part]
      if node.kind == .formattedValue {
        let value = module.tree.formattedValue(part)
        let isPlain = value.formatSpec.isNone && !(node.flag == UInt8(ascii: "r") || node.flag == UInt8(ascii: "a"))
        guard isPlain, let piece = fold(value.value, module)?.text else { return nil }
        text += piece
      } else {
        guard let piece = module.tree.stringValue(part) else { return nil }
        text += piece
      }
      guard text.utf8.count <= Self.textLimit else { return nil }
    }
    return .string(text)
  }

  // MARK: Names

  private mutating func name(_ id: NodeID, _ module: Module) -> ConstantValue? {
    guard let symbol = module.symbol(of: id) else { return reference(id, module) }
    if let found = fold(symbol, module) ?? reference(id, module) { return found }
    // Within one function the order of assignments counts.
    guard module[module[symbol].scope].kind == .function, !module[symbol].flags.contains(.mutated),
      case let reaching = module.reachingBindings(of: id, symbol), reaching.count < Int(module[symbol].bindingCount)
    else { return nil }
    let key = Definition(module: module.id, node: id)
    guard active.insert(key).inserted else { return nil }
    defer { active.remove(key) }
    return fold(reaching, module)
  }

  /// The constant that a symbol always holds.
  mutating func fold(_ symbol: SymbolID, _ module: Module) -> ConstantValue? {
    guard !module[symbol].flags.contains(.mutated) else { return nil }
    let key = Definition(module: module.id, node: NodeID(UInt32.max - symbol.index))
    guard active.insert(key).inserted else { return nil }
    defer { active.remove(key) }
    return fold(module.bindings(of: symbol), module)
  }

  private mutating func fold(_ bindings: [Binding], _ module: Module) -> ConstantValue? {
    var result: ConstantValue?
    for binding in bindings {
      let value: ConstantValue?
      switch binding.kind {
      case .annotation: continue
      case .assignment, .annotatedAssignment, .walrus: value = unpack(fold(binding.value, module), binding.path)
      case .importFrom: value = imported(binding, module)
      default: return nil
      }
      guard let value, result == nil || result == value else { return nil }
      result = value
    }
    return result
  }

  private func unpack(_ value: ConstantValue?, _ path: UnpackPath) -> ConstantValue? {
    guard !path.isWhole else { return value }
    var value = value
    for position in path.positions {
      guard let position, let parts = value?.elements, position < parts.count else { return nil }
      value = parts[position]
    }
    return value == .unknown ? nil : value
  }

  private mutating func imported(_ binding: Binding, _ module: Module) -> ConstantValue? {
    let name = module.tree.text(module.tree.alias(binding.node).name)
    let evaluator = Evaluator(program)
    for target in evaluator.importedModule(module.tree.importFrom(binding.statement), module) {
      guard case .module(let id) = target.kind, let source = program.module(id) else { return nil }
      return member(name, source)
    }
    return nil
  }

  private mutating func member(_ name: String, _ module: Module) -> ConstantValue? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    if let symbol = module.member(name) { return fold(symbol, module) }
    let evaluator = Evaluator(program)
    for star in module.starImports {
      for target in evaluator.importedModule(module.tree.importFrom(star.statement), module) {
        guard case .module(let id) = target.kind, let source = program.module(id), source.id != module.id,
          let found = member(name, source)
        else { continue }
        return found
      }
    }
    return nil
  }

  /// A class or enumeration member that the expression denotes.
  private func reference(_ id: NodeID, _ module: Module) -> ConstantValue? {
    var evaluator = Evaluator(program)
    let values = Evaluator.distinct(evaluator.evaluate(id, module))
    guard values.count == 1, let value = values.first else { return nil }
    switch value.kind {
    case .classObject(let type): return .reference(type.qualifiedName)
    case .library(let name):
      let last = name.split(separator: ".").last ?? ""
      let isClass = Builtins.isClassLike(name) && last.utf8.contains { (0x61...0x7A).contains($0) }
      return isClass ? .reference(name) : nil
    default: return nil
    }
  }

  // MARK: Attributes and items

  private mutating func attribute(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let parts = module.tree.attribute(id)
    let name = module.tree.text(parts.name)
    if name == "value" || name == "name", let member = enumerationMember(parts.value, module) {
      return name == "name" ? .string(member.name) : member.value
    }
    if let member = enumerationMember(id, module) {
      return member.isText ? member.value : .reference(member.qualifiedName)
    }
    var evaluator = Evaluator(program)
    let owners = Evaluator.distinct(evaluator.evaluate(parts.value, module))
    guard owners.count == 1, let owner = owners.first else { return nil }
    switch owner.kind {
    case .module(let source):
      guard let source = program.module(source), !program.isAssignedFromOutside(name) else { return nil }
      return member(name, source) ?? reference(id, module)
    case .classObject(let type): return classConstant(name, type) ?? reference(id, module)
    case .instance(let type): return isPlainClass(type) ? classConstant(name, type) : nil
    default: return reference(id, module)
    }
  }

  private mutating func classConstant(_ name: String, _ type: TypeReference) -> ConstantValue? {
    guard let definition = type.definition, !program.isAssignedFromOutside(name) else { return nil }
    var evaluator = Evaluator(program)
    for reference in evaluator.order(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module) else { continue }
      let symbol = module.scope(openedBy: owner.node).flatMap { module.ownSymbol(name, in: $0) }
      let fields = module.fieldBindings(name, of: owner.node)
      guard symbol != nil || !fields.isEmpty else { continue }
      guard let symbol else { return fold(fields, module) }
      return fields.isEmpty ? fold(symbol, module) : fold(module.bindings(of: symbol) + fields, module)
    }
    return nil
  }

  /// True for classes whose attributes nothing but their own code fills: no library bases, no decorators.
  private func isPlainClass(_ type: TypeReference) -> Bool {
    guard let definition = type.definition, let module = program.module(definition.module) else { return false }
    guard module.tree[module.tree.classDef(definition.node).decorators].isEmpty else { return false }
    return program.classOrder(of: definition).allSatisfy {
      $0.definition != nil || ["builtins.object", "abc.ABC", "typing.Protocol"].contains($0.qualifiedName)
    }
  }

  private struct EnumerationMember {
    var name: String
    var qualifiedName: String
    var value: ConstantValue?
    /// True when the member is itself a text or number (`class Role(str, Enum)`).
    var isText: Bool
  }

  private mutating func enumerationMember(_ id: NodeID, _ module: Module) -> EnumerationMember? {
    guard module.tree.kind(id) == .attribute else { return nil }
    let parts = module.tree.attribute(id)
    var evaluator = Evaluator(program)
    let owners = Evaluator.distinct(evaluator.evaluate(parts.value, module))
    guard owners.count == 1, case .classObject(let type) = owners[0].kind, let definition = type.definition,
      let owner = program.module(definition.module)
    else { return nil }
    let order = evaluator.order(of: definition)
    guard evaluator.isEnumeration(order) else { return nil }
    let name = module.tree.text(parts.name)
    guard let scope = owner.scope(openedBy: definition.node), let symbol = owner.ownSymbol(name, in: scope) else {
      return nil
    }
    let isText = order.contains { ["builtins.str", "builtins.int", "enum.StrEnum", "enum.IntEnum"].contains($0.name) }
    return EnumerationMember(
      name: name, qualifiedName: type.qualifiedName + "." + name, value: fold(symbol, owner), isText: isText)
  }

  private mutating func item(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let parts = module.tree.subscript_(id)
    guard let container = fold(parts.value, module), let key = fold(parts.slice, module) else { return nil }
    let found: ConstantValue?
    switch container {
    case .dictionary(let entries): found = entries.last { $0.key == key }?.value
    case .list(let elements), .tuple(let elements):
      guard let index = key.integer else { return nil }
      let position = index < 0 ? elements.count + index : index
      found = elements.indices.contains(position) ? elements[position] : nil
    default: return nil
    }
    return found == .unknown ? nil : found
  }
}
