/// What can be assigned to and deleted: read as expressions, then given their context.
extension Parser {
  /// `star_targets`: the targets of a `for`.
  mutating func starTargets() -> UInt32 {
    let offset = start
    let first = bareTarget()
    if kind != .comma {
      setContext(first, .store)
      return first
    }
    let mark = scratchCount
    push(first)
    while accept(.comma) {
      guard startsExpression || kind == .star else { break }
      push(bareTarget())
    }
    let tuple = make(.tuple, offset, list(since: mark))
    setContext(tuple, .store)
    return tuple
  }

  /// `star_target`: the target of a `with` item.
  mutating func starTarget() -> UInt32 {
    let target = bareTarget()
    setContext(target, .store)
    return target
  }

  private mutating func bareTarget() -> UInt32 { kind == .star ? starred() : bitwiseOr() }

  /// Makes an expression, and what stands in it if it is a list or tuple, a target; notes an error for what can't be
  /// one.
  mutating func setContext(_ id: UInt32, _ context: ExpressionContext) {
    let index = Int(id)
    switch nodes[index].kind {
    case .name, .attribute, .subscript:
      nodes[index].flag = context.rawValue
    case .tuple, .list:
      nodes[index].flag = context.rawValue
      let list = Int(nodes[index].a)
      let count = list == 0 ? 0 : Int(extra[list])
      for offset in 0..<count { setContext(extra[list + 1 + offset], context) }
    case .starred where context == .store:
      nodes[index].flag = context.rawValue
      setContext(nodes[index].a, context)
    case .none, .errorExpression:
      return
    default:
      let name = expressionName(id)
      report(context == .store ? "cannot assign to \(name)" : "cannot delete \(name)", at: id)
    }
  }

  /// What CPython calls a kind of expression in its messages (`_PyPegen_get_expr_name`).
  func expressionName(_ id: UInt32) -> String {
    let record = nodes[Int(id)]
    switch record.kind {
    case .attribute: return "attribute"
    case .subscript: return "subscript"
    case .starred: return "starred"
    case .name: return "name"
    case .list: return "list"
    case .tuple: return "tuple"
    case .lambda: return "lambda"
    case .call: return "function call"
    case .boolOp, .binOp, .unaryOp: return "expression"
    case .generatorExp: return "generator expression"
    case .yield, .yieldFrom: return "yield expression"
    case .await: return "await expression"
    case .listComp: return "list comprehension"
    case .setComp: return "set comprehension"
    case .dictComp: return "dict comprehension"
    case .dict: return "dict literal"
    case .set: return "set display"
    case .joinedStr, .formattedValue: return "f-string expression"
    case .templateStr, .interpolation: return "t-string expression"
    case .constant:
      switch ConstantKind(rawValue: record.flag) {
      case .some(.none): return "None"
      case .true: return "True"
      case .false: return "False"
      case .ellipsis: return "ellipsis"
      default: return "literal"
      }
    case .compare: return "comparison"
    case .ifExp: return "conditional expression"
    case .namedExpr: return "named expression"
    default: return "expression"
    }
  }
}
