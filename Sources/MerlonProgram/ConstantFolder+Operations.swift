import MerlonPython

extension ConstantFolder {
  mutating func unaryOp(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let operation = module.tree.unaryOp(id)
    guard let operand = fold(operation.operand, module) else { return nil }
    switch (operation.op, operand) {
    case (.not, _): return operand.isTrue.map { .bool(!$0) }
    case (.minus, .integer(let number)):
      return number == Int.min ? nil : .integer(-number)
    case (.minus, .double(let number)): return .double(-number)
    case (.plus, .integer), (.plus, .double): return operand
    case (.invert, .integer(let number)): return .integer(~number)
    default: return nil
    }
  }

  /// `a or b`, `a and b`, with Python's short circuit.
  mutating func boolOp(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let operation = module.tree.boolOp(id)
    var result: ConstantValue?
    for value in module.tree[operation.values] {
      guard let found = fold(value, module), let isTrue = found.isTrue else { return nil }
      result = found
      if isTrue == (operation.op == .or) { return found }
    }
    return result
  }

  mutating func binOp(_ id: NodeID, _ module: Module) -> ConstantValue? {
    // Chains of one operator lean to the left, as deep as they are long.
    var operations = [module.tree.binOp(id)]
    while let last = operations.last, module.tree.kind(last.left) == .binOp, operations.count < 2_000 {
      operations.append(module.tree.binOp(last.left))
    }
    guard let first = operations.last, var result = fold(first.left, module) else { return nil }
    for operation in operations.reversed() {
      guard let right = fold(operation.right, module), let next = Self.apply(operation.op, result, right) else {
        return nil
      }
      result = next
    }
    return result
  }

  private static func apply(_ op: BinaryOperator, _ left: ConstantValue, _ right: ConstantValue) -> ConstantValue? {
    switch (op, left, right) {
    case (.add, .string(let a), .string(let b)): return limited(a + b)
    case (.add, .bytes(let a), .bytes(let b)): return .bytes(a + b)
    case (.add, .list(let a), .list(let b)): return .list(a + b)
    case (.add, .tuple(let a), .tuple(let b)): return .tuple(a + b)
    case (.bitOr, .dictionary(let a), .dictionary(let b)): return .dictionary(a + b)
    case (.bitOr, .set(let a), .set(let b)): return .set(a + b)
    case (.mod, .string(let format), _): return percentFormat(format, right)
    case (.mult, .string(let text), .integer(let count)), (.mult, .integer(let count), .string(let text)):
      guard count <= 0 || text.utf8.count <= textLimit / count else { return nil }
      return .string(String(repeating: text, count: max(count, 0)))
    case (.mult, .bytes(let bytes), .integer(let count)), (.mult, .integer(let count), .bytes(let bytes)):
      guard count <= 0 || bytes.count <= textLimit / count else { return nil }
      return .bytes(Array(repeatElement(bytes, count: max(count, 0)).joined()))
    case (.div, .integer(let a), .integer(let b)): return b == 0 ? nil : .double(Double(a) / Double(b))
    case (_, .integer(let a), .integer(let b)): return integers(op, a, b)
    default: return nil
    }
  }

  private static func integers(_ op: BinaryOperator, _ a: Int, _ b: Int) -> ConstantValue? {
    let result: (partialValue: Int, overflow: Bool)
    switch op {
    case .add: result = a.addingReportingOverflow(b)
    case .sub: result = a.subtractingReportingOverflow(b)
    case .mult: result = a.multipliedReportingOverflow(by: b)
    case .floorDiv:
      guard b > 0, a >= 0 else { return nil }
      result = (a / b, false)
    case .mod:
      guard b > 0, a >= 0 else { return nil }
      result = (a % b, false)
    case .pow:
      guard (0...62).contains(b) else { return nil }
      var power = (partialValue: 1, overflow: false)
      for _ in 0..<b where !power.overflow { power = power.partialValue.multipliedReportingOverflow(by: a) }
      result = power
    case .lShift:
      guard (0...62).contains(b) else { return nil }
      result = a.multipliedReportingOverflow(by: 1 << b)
    case .rShift: result = (a >> min(max(b, 0), 63), b < 0)
    case .bitOr: result = (a | b, false)
    case .bitAnd: result = (a & b, false)
    case .bitXor: result = (a ^ b, false)
    case .matMult, .div: return nil
    }
    return result.overflow ? nil : .integer(result.partialValue)
  }

  static func limited(_ text: String) -> ConstantValue? { text.utf8.count <= textLimit ? .string(text) : nil }

  /// `format % value` with plain `%s`, `%d` and `%%`.
  private static func percentFormat(_ format: String, _ value: ConstantValue) -> ConstantValue? {
    var arguments: [ConstantValue]
    if case .tuple(let parts) = value { arguments = parts } else { arguments = [value] }
    arguments.reverse()
    var result = ""
    var rest = format[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      let next = rest.index(after: percent)
      guard next < rest.endIndex else { return nil }
      switch rest[next] {
      case "%": result += "%"
      case "s", "d", "i":
        guard let text = arguments.popLast()?.text else { return nil }
        result += text
      default: return nil
      }
      rest = rest[rest.index(after: next)...]
    }
    return arguments.isEmpty ? limited(result + rest) : nil
  }

  // MARK: Calls

  mutating func call(_ id: NodeID, _ module: Module) -> ConstantValue? {
    let call = module.tree.call(id)
    if module.tree.kind(call.function) == .attribute, let result = method(call, module) { return result }
    var evaluator = Evaluator(program)
    let callees = Evaluator.distinct(evaluator.evaluate(call.function, module))
    guard callees.count == 1, let callee = callees.first else { return nil }
    switch callee.kind {
    case .library(let name): return libraryCall(name, call, module)
    case .function(let definition, nil): return projectCall(definition)
    default: return nil
    }
  }

  private mutating func libraryCall(_ name: String, _ call: Call, _ module: Module) -> ConstantValue? {
    let arguments = module.tree[call.arguments]
    if name == "builtins.dict" { return dictCall(call, module) }
    guard let first = arguments.first else { return nil }
    let value = fold(first, module)
    switch name {
    case "builtins.str":
      if case .bytes(let bytes) = value { return arguments.count > 1 ? limited(bytes) : nil }
      return value?.text.map { .string($0) }
    case "builtins.bytes":
      if let text = value?.string { return .bytes(Array(text.utf8)) }
      if let count = value?.integer {
        return (0...Self.textLimit).contains(count) ? .bytes([UInt8](repeating: 0, count: count)) : nil
      }
      if case .bytes = value { return value }
      return nil
    case "builtins.int":
      if let text = value?.string { return Int(text).map { .integer($0) } }
      if case .bool(let flag) = value { return .integer(flag ? 1 : 0) }
      return value?.integer.map { .integer($0) }
    case "builtins.float":
      if let number = value?.integer { return .double(Double(number)) }
      if let text = value?.string { return Double(text).map { .double($0) } }
      return value
    case "builtins.bool": return value?.isTrue.map { .bool($0) }
    case "builtins.list", "builtins.sorted": return value?.elements.map { .list($0) }
    case "builtins.tuple": return value?.elements.map { .tuple($0) }
    case "builtins.set", "builtins.frozenset": return value?.elements.map { .set($0) }
    case "pydantic.SecretStr", "pydantic.types.SecretStr", "pydantic.SecretBytes", "pydantic.types.SecretBytes":
      return value
    case "typing.cast": return arguments.count == 2 ? arguments.last.flatMap { fold($0, module) } : nil
    default: return nil
    }
  }

  private func limited(_ bytes: [UInt8]) -> ConstantValue? { Self.limited(String(decoding: bytes, as: UTF8.self)) }

  private mutating func dictCall(_ call: Call, _ module: Module) -> ConstantValue? {
    var entries: [ConstantValue.Entry] = []
    if let first = module.tree[call.arguments].first {
      guard let known = fold(first, module)?.entries else { return nil }
      entries = known
    }
    for keyword in module.tree[call.keywords] {
      let parts = module.tree.keyword(keyword)
      if parts.name.isNone {
        entries += fold(parts.value, module)?.entries ?? [.init(key: .unknown, value: .unknown)]
      } else {
        entries.append(
          .init(key: .string(module.tree.text(parts.name)), value: fold(parts.value, module) ?? .unknown))
      }
    }
    return .dictionary(entries)
  }

  /// A function without parameters whose only result is a constant.
  private mutating func projectCall(_ definition: Definition) -> ConstantValue? {
    guard let module = program.module(definition.module) else { return nil }
    let results = module.results(of: definition.node)
    guard results.count == 1, let only = results.first, module.tree.kind(only) == .return else { return nil }
    return fold(NodeID(module.tree[only].a), module)
  }

  /// Methods of strings and bytes.
  private mutating func method(_ call: Call, _ module: Module) -> ConstantValue? {
    let parts = module.tree.attribute(call.function)
    let name = module.tree.text(parts.name)
    guard Self.methods.contains(name), let receiver = fold(parts.value, module) else { return nil }
    let arguments = module.tree[call.arguments].map { fold($0, module) }
    switch (receiver, name, arguments.count) {
    case (.string(let text), "encode", _): return .bytes(Array(text.utf8))
    case (.bytes(let bytes), "decode", _): return limited(bytes)
    case (.string(let text), "lower", 0): return .string(text.lowercased())
    case (.string(let text), "upper", 0): return .string(text.uppercased())
    case (.string(let text), "strip", 0): return .string(Self.stripped(text))
    case (.string(let text), "split", 1):
      guard let separator = arguments[0]?.string, !separator.isEmpty else { return nil }
      return .list(Self.split(text, separator).map { .string($0) })
    case (.string(let text), "split", 0):
      return .list(text.split(whereSeparator: \.isWhitespace).map { .string(String($0)) })
    case (.string(let text), "replace", 2):
      guard let old = arguments[0]?.string, let new = arguments[1]?.string, !old.isEmpty else { return nil }
      return Self.limited(Self.split(text, old).joined(separator: new))
    case (.string(let separator), "join", 1):
      guard let elements = arguments[0]?.elements else { return nil }
      let texts = elements.compactMap(\.string)
      return texts.count == elements.count ? Self.limited(texts.joined(separator: separator)) : nil
    case (.string(let format), "format", _):
      var keywords: [String: ConstantValue] = [:]
      for keyword in module.tree[call.keywords] {
        let parts = module.tree.keyword(keyword)
        keywords[module.tree.text(parts.name)] = fold(parts.value, module)
      }
      return Self.braceFormat(format, arguments, keywords)
    case (.dictionary(let entries), "get", 1...2):
      guard let key = arguments[0], entries.allSatisfy({ $0.key.isComplete }) else { return nil }
      let found = entries.last { $0.key == key }?.value ?? (arguments.count == 2 ? arguments[1] : ConstantValue.none)
      return found == .unknown ? nil : found
    default: return nil
    }
  }

  private static let methods: Set<String> = [
    "encode", "decode", "lower", "upper", "strip", "split", "replace", "join", "format", "get",
  ]

  private static func stripped(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }

  static func split(_ text: String, _ separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let wanted = Array(separator.utf8)
    var result: [String] = []
    var start = 0
    var position = 0
    while position + wanted.count <= bytes.count {
      if bytes[position..<position + wanted.count].elementsEqual(wanted) {
        result.append(String(decoding: bytes[start..<position], as: UTF8.self))
        position += wanted.count
        start = position
      } else {
        position += 1
      }
    }
    result.append(String(decoding: bytes[start...], as: UTF8.self))
    return result
  }

  /// `format.format(…)` with `{}`, `{0}`, `{name}` and doubled braces.
  private static func braceFormat(
    _ format: String, _ arguments: [ConstantValue?], _ keywords: [String: ConstantValue]
  ) -> ConstantValue? {
    var result = ""
    var next = 0
    var rest = format[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<brace]
      let after = rest.index(after: brace)
      guard after < rest.endIndex else { return nil }
      if rest[after] == rest[brace] {
        result.append(rest[brace])
        rest = rest[rest.index(after: after)...]
        continue
      }
      guard rest[brace] == "{", let end = rest[after...].firstIndex(of: "}") else { return nil }
      let field = String(rest[after..<end])
      let value: ConstantValue?
      if field.isEmpty {
        value = next < arguments.count ? arguments[next] : nil
        next += 1
      } else if let position = Int(field) {
        value = arguments.indices.contains(position) ? arguments[position] : nil
      } else {
        value = keywords[field]
      }
      guard let text = value?.text else { return nil }
      result += text
      rest = rest[rest.index(after: end)...]
    }
    return limited(result + rest)
  }
}
