import MerlonProgram
import MerlonPython

extension Interpreter {
  /// An expression in the names of a frame.
  func evaluate(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    let node = tree[expression]
    switch node.kind {
    case .constant: return constant(expression, tree)
    case .name:
      let name = tree.text(NameID(node.a))
      return lookup(name, in: frame) ?? unknown(expression, frame)
    case .attribute:
      let parts = tree.attribute(expression)
      let object = evaluate(parts.value, in: frame)
      let name = tree.text(parts.name)
      return attribute(name, of: object, site: site(expression, frame)) ?? missing(name, object, expression, frame)
    case .call: return evaluateCall(expression, in: frame)
    case .subscript:
      let parts = tree.subscript_(expression)
      let object = evaluate(parts.value, in: frame)
      return item(of: object, slice: parts.slice, expression: expression, in: frame)
    case .list:
      let (elements, isOpen) = evaluateElements(tree.elements(expression), in: frame)
      return .list(ListObject(elements, isOpen: isOpen))
    case .tuple:
      let (elements, isOpen) = evaluateElements(tree.elements(expression), in: frame)
      return isOpen ? .list(ListObject(elements, isOpen: true)) : .tuple(elements)
    case .set:
      let set = ListObject([])
      let (elements, isOpen) = evaluateElements(tree.elements(expression), in: frame)
      for element in elements { insert(element, into: set) }
      set.isOpen = isOpen
      return .set(set)
    case .dict: return evaluateDictionary(expression, in: frame)
    case .joinedStr: return formattedString(expression, in: frame)
    case .boolOp: return evaluateBoolean(expression, in: frame)
    case .compare: return evaluateComparison(expression, in: frame)
    case .binOp: return evaluateBinary(expression, in: frame)
    case .unaryOp:
      let parts = tree.unaryOp(expression)
      return unary(parts.op, evaluate(parts.operand, in: frame), site: site(expression, frame))
    case .ifExp: return evaluateConditional(expression, in: frame)
    case .lambda:
      return .function(
        makeFunction(expression, name: "<lambda>", arguments: tree.lambda(expression).arguments, in: frame))
    case .namedExpr:
      let parts = tree.namedExpr(expression)
      let value = evaluate(parts.value, in: frame)
      if tree.kind(parts.target) == .name { bind(tree.text(tree.nameID(parts.target)), value, in: frame) }
      return value
    case .listComp:
      let (elements, isOpen) = comprehension(expression, in: frame)
      return .list(ListObject(elements, isOpen: isOpen))
    case .generatorExp:
      let (elements, isOpen) = comprehension(expression, in: frame)
      return .list(ListObject(elements, isOpen: isOpen))
    case .setComp:
      let set = ListObject([])
      let (elements, isOpen) = comprehension(expression, in: frame)
      for element in elements { insert(element, into: set) }
      set.isOpen = isOpen
      return .set(set)
    case .dictComp: return dictionaryComprehension(expression, in: frame)
    case .await: return awaited(evaluate(NodeID(node.a), in: frame), site: site(expression, frame))
    case .yield:
      let value = NodeID(node.a).isNone ? PythonValue.none : evaluate(NodeID(node.a), in: frame)
      if frame.yielded.count < 10_000 { frame.yielded.append(value) }
      return .none
    case .yieldFrom:
      let (elements, _) = iterate(evaluate(NodeID(node.a), in: frame), site: site(expression, frame))
      if frame.yielded.count < 10_000 { frame.yielded += elements }
      return .none
    case .starred: return evaluate(NodeID(node.a), in: frame)
    case .slice: return unknown(expression, frame)
    default: return unknown(expression, frame)
    }
  }

  private func missing(_ name: String, _ object: PythonValue, _ expression: NodeID, _ frame: Frame) -> PythonValue {
    raiseIfCaught("AttributeError", name)
    return unknown(expression, frame)
  }

  private func constant(_ expression: NodeID, _ tree: Tree) -> PythonValue {
    switch tree.constantKind(expression) {
    case .none: return .none
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .ellipsis: return .ellipsis
    case .integer:
      if let value = tree.integerValue(expression) { return .integer(value) }
      return .unknown(UnknownObject(text: tree.text(expression), type: builtins.type("int")))
    case .float: return tree.floatValue(expression).map { .double($0) } ?? .double(0)
    case .imaginary: return .unknown(UnknownObject(text: tree.text(expression)))
    case .string: return .string(tree.stringValue(expression) ?? "")
    case .bytes: return .bytes(tree.bytesValue(expression) ?? [])
    }
  }

  /// The values of a list of expressions, `*x` spread; open when one of those is not fully known.
  func evaluateElements(_ expressions: NodeList, in frame: Frame) -> (elements: [PythonValue], isOpen: Bool) {
    var result: [PythonValue] = []
    result.reserveCapacity(expressions.count)
    var isOpen = false
    for expression in expressions {
      guard frame.tree.kind(expression) == .starred else {
        result.append(evaluate(expression, in: frame))
        continue
      }
      let (elements, open) = iterate(
        evaluate(frame.tree.value(expression), in: frame), site: site(expression, frame))
      result += elements
      if open { isOpen = true }
    }
    return (result, isOpen)
  }

  private func evaluateDictionary(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let parts = frame.tree.dict(expression)
    let result = DictionaryObject()
    for (key, value) in zip(frame.tree[parts.keys], frame.tree[parts.values]) {
      if key.isNone {
        update(result, with: evaluate(value, in: frame))
      } else {
        let key = evaluate(key, in: frame)
        set(key, evaluate(value, in: frame), in: result)
      }
    }
    return .dictionary(result)
  }

  private func evaluateBoolean(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let parts = frame.tree.boolOp(expression)
    var results: [PythonValue] = []
    let values = frame.tree[parts.values]
    for (position, operand) in values.enumerated() {
      let value = evaluate(operand, in: frame)
      if raised != nil || isStopping { return value }
      let isLast = position == values.count - 1
      if isLast {
        results.append(value)
        break
      }
      // Alternatives that end the chain are kept, those that go on are not a result.
      var goesOn = false
      for alternative in value.alternatives {
        switch truth(alternative) {
        case true?: if parts.op == .or { results.append(alternative) } else { goesOn = true }
        case false?: if parts.op == .and { results.append(alternative) } else { goesOn = true }
        case nil:
          goesOn = true
          results.append(alternative)
        }
      }
      if !goesOn { break }
    }
    return results.isEmpty ? .none : PythonValue.join(results)
  }

  private func evaluateConditional(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let parts = frame.tree.ifExp(expression)
    switch truth(evaluate(parts.test, in: frame)) {
    case true?: return evaluate(parts.body, in: frame)
    case false?: return evaluate(parts.orElse, in: frame)
    case nil:
      var first = PythonValue.none
      var second = PythonValue.none
      _ = branch(
        text: Site.text(parts.test, frame.tree),
        first: {
          self.narrow(parts.test, isTrue: true, in: frame)
          first = self.evaluate(parts.body, in: frame)
          return .normal
        },
        second: {
          self.narrow(parts.test, isTrue: false, in: frame)
          second = self.evaluate(parts.orElse, in: frame)
          return .normal
        })
      return PythonValue.join([first, second])
    }
  }

  private func evaluateBinary(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    // Left-associative chains can be long; they are followed down and then computed upwards.
    var chain: [NodeID] = []
    var current = expression
    while tree.kind(current) == .binOp {
      chain.append(current)
      current = tree.binOp(current).left
    }
    var value = evaluate(current, in: frame)
    for node in chain.reversed() {
      let parts = tree.binOp(node)
      value = binary(parts.op, value, evaluate(parts.right, in: frame), site: site(node, frame))
    }
    return value
  }

  private func evaluateComparison(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    let parts = tree.compare(expression)
    var left = evaluate(parts.left, in: frame)
    var isUnknown = false
    for (op, comparator) in zip(tree.comparisonOperators(parts), tree[parts.comparators]) {
      let right = evaluate(comparator, in: frame)
      switch compare(op, left, right) {
      case true?: break
      case false?: return .bool(false)
      case nil: isUnknown = true
      }
      left = right
    }
    return isUnknown ? unknown(expression, frame, type: builtins.type("bool")) : .bool(true)
  }

  // MARK: Comprehensions

  private func comprehension(_ expression: NodeID, in frame: Frame) -> (elements: [PythonValue], isOpen: Bool) {
    let parts = frame.tree.elementComprehension(expression)
    var elements: [PythonValue] = []
    let isOpen = runGenerators(parts.generators, in: frame) { scope in
      elements.append(self.evaluate(parts.element, in: scope))
    }
    return (elements, isOpen)
  }

  private func dictionaryComprehension(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let parts = frame.tree.dictComprehension(expression)
    let result = DictionaryObject()
    result.isOpen = runGenerators(parts.generators, in: frame) { scope in
      self.set(self.evaluate(parts.key, in: scope), self.evaluate(parts.value, in: scope), in: result)
    }
    return .dictionary(result)
  }

  /// Calls `body` for each round of the clauses; true when more rounds may be there than are known.
  private func runGenerators(_ list: ListID, in frame: Frame, _ body: (Frame) -> Void) -> Bool {
    let scope = Frame(enclosing: frame, module: frame.module, kind: .comprehension)
    let clauses = Array(frame.tree[list])
    var isOpen = false
    var rounds = 0

    func run(_ position: Int) {
      guard position < clauses.count else {
        rounds += 1
        return body(scope)
      }
      let clause = scope.tree.generator(clauses[position])
      let (elements, open) = iterate(evaluate(clause.iterable, in: scope), site: site(clause.iterable, frame))
      if open { isOpen = true }
      rounds: for element in elements {
        guard rounds < 10_000, step() else {
          isOpen = true
          return
        }
        scope.bindsTargets = true
        assign(clause.target, element, in: scope)
        scope.bindsTargets = false
        for condition in scope.tree[clause.conditions] {
          switch truth(evaluate(condition, in: scope)) {
          case true?: continue
          case false?: continue rounds
          case nil: isOpen = true
          }
        }
        run(position + 1)
      }
    }
    run(0)
    return isOpen
  }

  // MARK: Calls

  func evaluateArguments(_ call: Call, in frame: Frame) -> CallArguments {
    let tree = frame.tree
    var result = CallArguments()
    (result.positional, result.isOpen) = evaluateElements(tree[call.arguments], in: frame)
    for keyword in tree[call.keywords] {
      let parts = tree.keyword(keyword)
      let value = evaluate(parts.value, in: frame)
      guard parts.name.isNone else {
        result.keywords.append((tree.text(parts.name), value))
        continue
      }
      switch value {
      case .dictionary(let dictionary):
        for entry in dictionary.entries {
          if let name = entry.key.text { result.keywords.append((name, entry.value)) } else { result.isOpen = true }
        }
        if dictionary.isOpen { result.isOpen = true }
      default:
        if let storage = storage(of: value), case .dictionary(let dictionary) = storage {
          for entry in dictionary.entries {
            if let name = entry.key.text { result.keywords.append((name, entry.value)) }
          }
        } else {
          result.isOpen = true
        }
      }
    }
    return result
  }

  private func evaluateCall(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    let parts = tree.call(expression)
    if tree.kind(parts.function) == .name {
      switch tree.text(tree.nameID(parts.function)) {
      case "super" where frame.names["super"] == nil:
        if let proxy = superProxy(parts, in: frame) { return proxy }
      case "locals" where lookup("locals", in: frame)?.isNative("builtins.locals") ?? true:
        return .dictionary(DictionaryObject(frame.names.sorted { $0.key < $1.key }.map { (.string($0.key), $0.value) }))
      case "globals" where lookup("globals", in: frame)?.isNative("builtins.globals") ?? true:
        return .instance(
          InstanceObject(
            type: .library("builtins.globals"),
            attributes: frame.module.map { ["module": .module($0)] } ?? [:]))
      default: break
      }
    }
    let callee = evaluate(parts.function, in: frame)
    if raised != nil || isStopping { return unknown(expression, frame) }
    let arguments = evaluateArguments(parts, in: frame)
    if raised != nil || isStopping { return unknown(expression, frame) }
    return call(callee, arguments, at: site(expression, frame))
  }

  // MARK: Strings

  private func formattedString(_ expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    var results: [(text: String, isTemplate: Bool)] = [("", false)]
    for part in tree.elements(expression) {
      var pieces: [(text: String, isTemplate: Bool)] = []
      if tree.kind(part) == .formattedValue {
        let field = tree.formattedValue(part)
        let value = evaluate(field.value, in: frame)
        let format = field.formatSpec.isNone ? PythonValue.string("") : formattedString(field.formatSpec, in: frame)
        for alternative in value.alternatives {
          pieces.append(
            formatted(
              alternative, conversion: tree[part].flag, format: format.text, fallback: Site.text(field.value, tree)))
        }
      } else {
        pieces = [(tree.stringValue(part) ?? "", false)]
      }
      var next: [(text: String, isTemplate: Bool)] = []
      for result in results {
        for piece in pieces where next.count < PythonValue.alternativeLimit {
          next.append((result.text + piece.text, result.isTemplate || piece.isTemplate))
        }
      }
      results = next
    }
    return PythonValue.join(results.map { template($0.text, isTemplate: $0.isTemplate) })
  }

  /// A string, or an unknown one of which parts are known.
  func template(_ text: String, isTemplate: Bool) -> PythonValue {
    if !isTemplate { return text.utf8.count <= 1_000_000 ? .string(text) : .unknown(UnknownObject(text: "…")) }
    return .unknown(UnknownObject(text: String(text.prefix(2_000)), type: builtins.type("str"), isTemplate: true))
  }

  /// The text of a value inside a string; unknown ones as `{?code}`.
  func formatted(
    _ value: PythonValue, conversion: UInt8 = 0, format: String? = "", fallback: String = ""
  ) -> (text: String, isTemplate: Bool) {
    if case .unknown(let object) = value {
      if object.isTemplate { return (object.text, true) }
      return ("{?\(object.text.isEmpty ? fallback : object.text)}", true)
    }
    let text: String?
    if conversion == UInt8(ascii: "r") || conversion == UInt8(ascii: "a") {
      text = representation(value)
    } else if let format, !format.isEmpty, conversion == 0 {
      text = Formatting.format(value, format)
    } else {
      text = string(of: value)
    }
    guard let text else { return ("{?\(fallback.isEmpty ? displayText(value) : fallback)}", true) }
    return (text, false)
  }
}

extension PythonValue {
  func isNative(_ name: String) -> Bool {
    if case .native(let function) = self { return function.name == name }
    return false
  }
}
