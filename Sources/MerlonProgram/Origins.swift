public import MerlonPython

extension Semantics {
  /// The constant value of an expression, folded through names, modules and simple operations; nil when unknown.
  public func constant(of expression: NodeID) -> ConstantValue? {
    var folder = ConstantFolder(program)
    return folder.fold(expression, module)
  }

  /// The expressions that may have produced a value: local names are followed to the values of the assignments that
  /// reach them, through `await`, conditional expressions, `or`, `and` and walrus.
  ///
  /// A parameter ends as its parameter node, an import as its alias, a name of the module or of a library as the name
  /// itself; an unpacked element, a loop variable and the target of `with` as the expression that they come from.
  ///
  /// - Parameter throughConversions: also go on through `str(x)`, `x.strip()` and their like.
  public func origins(of expression: NodeID, throughConversions: Bool = false) -> [NodeID] {
    var search = OriginSearch(semantics: self, throughConversions: throughConversions)
    search.follow(expression)
    return search.found
  }
}

/// The search for one value's origins; visits each expression once and stops at a limit.
private struct OriginSearch {
  static let limit = 500

  let semantics: Semantics
  let throughConversions: Bool
  var found: [NodeID] = []
  private var pending: [NodeID] = []
  private var seen: Set<NodeID> = []

  init(semantics: Semantics, throughConversions: Bool) {
    self.semantics = semantics
    self.throughConversions = throughConversions
  }

  private var tree: Tree { semantics.module.tree }

  mutating func follow(_ expression: NodeID) {
    pending = [expression]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard seen.count < Self.limit else {
        found.append(next)
        continue
      }
      let mark = pending.count
      visit(next)
      pending[mark...].reverse()
    }
  }

  private mutating func visit(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .name: visitName(id)
    case .await, .starred: pending.append(NodeID(node.a))
    case .namedExpr: pending.append(NodeID(node.b))
    case .ifExp: pending += [NodeID(node.b), NodeID(node.c)]
    case .boolOp: pending += tree[ListID(node.a)]
    case .call where throughConversions:
      if let inner = converted(id) { pending.append(inner) } else { found.append(id) }
    default: found.append(id)
    }
  }

  private mutating func visitName(_ id: NodeID) {
    let module = semantics.module
    guard let symbol = module.symbol(of: id), module[module[symbol].scope].kind.isFunctionLike else {
      found.append(id)
      return
    }
    let bindings = module.reachingBindings(of: id, symbol)
    for binding in bindings {
      switch binding.kind {
      case .deletion, .annotation: continue
      case .parameter, .import, .importFrom, .function, .class, .exceptHandler, .typeParameter, .typeAlias:
        found.append(binding.node)
      case .assignment, .annotatedAssignment, .walrus:
        if binding.value.isNone {
          found.append(binding.node)
        } else if binding.path.isWhole {
          pending.append(binding.value)
        } else {
          found.append(binding.value)
        }
      case .augmentedAssignment: pending.append(binding.value)
      case .forTarget, .comprehensionTarget, .withTarget, .matchCapture:
        found.append(binding.value.isNone ? binding.node : binding.value)
      }
    }
    if bindings.isEmpty { found.append(id) }
  }

  /// What a conversion call converts.
  private func converted(_ call: NodeID) -> NodeID? {
    let parts = tree.call(call)
    if tree.kind(parts.function) == .attribute {
      let attribute = tree.attribute(parts.function)
      switch tree.text(attribute.name) {
      case "strip", "lstrip", "rstrip", "lower", "upper", "encode", "decode", "title", "removeprefix", "removesuffix":
        return attribute.value
      default: return nil
      }
    }
    guard tree.kind(parts.function) == .name, let first = tree[parts.arguments].first else { return nil }
    switch semantics.qualifiedName(of: parts.function) {
    case "builtins.str", "builtins.bytes", "builtins.repr", "builtins.list", "builtins.tuple": return first
    default: return nil
    }
  }
}
