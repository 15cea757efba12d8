import MerlonAPI
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Reads statements that are built by calls: `select(Item).where(Item.id == id)`, step by step or at once.
struct StatementReader {
  let flow: FunctionFlow
  let engine: FlowEngine
  let entities: EntityTable

  private static let starts: [String: Effect.Kind] = [
    "select": .read, "query": .read, "update": .update, "delete": .delete, "insert": .create, "select_for": .read,
  ]

  /// The statement that values hold; nil when none is built there.
  func statement(_ values: [FlowValue]) -> StoreOperation? {
    var found: StoreOperation?
    var narrowing: [FlowCall] = []
    var seen: Set<NodeID> = []
    var pending: [FlowValue] = values
    while let value = pending.popLast(), seen.count < 60 {
      guard case .call(let place) = value.root, place.module == flow.module.id, seen.insert(place.node).inserted,
        let call = flow.call(at: place.node)
      else {
        if found == nil, case .global = value.root, value.path == ["objects"] {
          found = start(.read, [FlowValue(value.root)])
        }
        continue
      }
      if call.function == nil, let kind = Self.starts[call.name], isStart(call) {
        if found == nil || found?.kind == .read && kind != .read { found = start(kind, entity(of: call)) }
        continue
      }
      if StoreReader.narrowing.contains(call.name) { narrowing.append(call) }
      if call.function != nil {
        // A project function that builds a statement: what it gets takes part.
        narrowing.append(call)
        for argument in call.arguments { pending += flow.values(of: argument.node) }
      }
      if !call.receiver.isNone {
        let receiver = flow.values(of: call.receiver)
        // `Item.filter(…)`: the class itself starts the query.
        if found == nil, StoreReader.narrowing.contains(call.name) {
          let classes = receiver.filter {
            if case .global = $0.root { $0.path.isEmpty || $0.path == ["objects"] } else { false }
          }
          let reader = StoreReader(flow: flow, engine: engine, entities: entities)
          if reader.isEntity(classes.map { FlowValue($0.root) }) {
            found = start(.read, classes.map { FlowValue($0.root) })
          }
        }
        pending += receiver
      }
    }
    guard var result = found else { return nil }
    let conditions = ConditionReader(flow: flow, engine: engine, entities: entities)
    for call in narrowing {
      if call.function != nil {
        for argument in call.arguments {
          let values = engine.influences(flow.values(of: argument.node), in: flow)
          result.choosers.merge(values)
          result.selectors.append(.init(column: argument.name ?? "", values: values))
        }
        continue
      }
      for argument in call.arguments {
        let values = flow.values(of: argument.node)
        if let name = argument.name {
          guard call.name == "filter_by" || call.name == "filter" || call.name == "get" || call.name == "exclude" else {
            continue
          }
          result.selectors.append(.init(column: ConditionReader.column(name), values: values))
          result.choosers.merge(engine.influences(values, in: flow))
        } else {
          let found = conditions.selectors(in: argument.node)
          result.selectors += found
          result.choosers.merge(engine.influences(values, in: flow))
          for selector in found { result.choosers.merge(engine.influences(selector.values, in: flow)) }
        }
      }
    }
    return result
  }

  private func start(_ kind: Effect.Kind, _ entity: [FlowValue]) -> StoreOperation {
    var result = StoreOperation(kind)
    result.entity = entity
    return result
  }

  /// `select(Item)` is a function; `session.query(Item)` a method with a class; `session.delete(item)` is neither.
  private func isStart(_ call: FlowCall) -> Bool {
    guard let first = call.arguments.first else { return call.name == "query" || call.name == "select" }
    let values = flow.values(of: first.node)
    let isGlobal = values.contains { if case .global = $0.root { true } else { false } }
    if call.receiver.isNone { return true }
    if call.name == "query" { return true }
    return isGlobal || isModule(call.receiver)
  }

  private func isModule(_ node: NodeID) -> Bool {
    ["sa", "sqlalchemy", "sql", "sqlmodel"].contains(flow.tree.text(node))
  }

  /// The class that a statement is about: `select(Item)`, `select(Item.id)`, `select(func.count(Item.id))`.
  private func entity(of call: FlowCall) -> [FlowValue] {
    var result: [FlowValue] = []
    for argument in call.arguments where argument.name == nil {
      for value in engine.influences(flow.values(of: argument.node), in: flow) {
        switch value.root {
        case .global(let name) where entities[name] != nil: result.merge([FlowValue(value.root)])
        case .parameter: result.merge([FlowValue(value.root, path: value.path)])
        default: continue
        }
      }
    }
    return result
  }
}

/// Reads conditions in arguments: `Item.id == item_id`, `Item.id.in_(ids)`, `and_(…)`.
struct ConditionReader {
  let flow: FunctionFlow
  let engine: FlowEngine
  let entities: EntityTable

  private var tree: Tree { flow.tree }

  /// `id__in` of Django and Tortoise is about the column `id`.
  static func column(_ name: String) -> String {
    guard let end = name.firstRange(of: "__") else { return name }
    return String(name[..<end.lowerBound])
  }

  func isCondition(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .compare, .boolOp, .dict: true
    case .binOp: true
    case .call: ["and_", "or_", "not_", "in_", "In", "Eq", "eq", "Q"].contains(flow.call(at: node)?.name ?? "")
    default: false
    }
  }

  /// Columns that are compared with something for equality, with that.
  func selectors(in node: NodeID, depth: Int = 3) -> [StoreOperation.Selector] {
    var result: [StoreOperation.Selector] = []
    var visited = 0
    tree.walk(node) { id in
      visited += 1
      switch tree.kind(id) {
      case .compare: result += compared(id)
      case .call:
        guard let call = flow.call(at: id) else { return visited < 400 }
        if ["in_", "any_", "contains", "eq", "is_"].contains(call.name), !call.receiver.isNone,
          let argument = call.arguments.first, let column = columnName(call.receiver)
        {
          result.append(.init(column: column, values: flow.values(of: argument.node)))
        } else if ["In", "Eq", "Q"].contains(call.name) {
          for argument in call.arguments where argument.name != nil {
            result.append(.init(column: Self.column(argument.name ?? ""), values: flow.values(of: argument.node)))
          }
        }
      case .dict:
        let parts = tree.dict(id)
        for (key, value) in zip(tree[parts.keys], tree[parts.values]) where !key.isNone {
          result.append(.init(column: tree.stringValue(key) ?? "", values: flow.values(of: value)))
        }
      default: break
      }
      return visited < 400
    }
    if result.isEmpty, depth > 0, tree.kind(node) == .name || tree.kind(node) == .starred {
      // Conditions that were collected before: their parts are known, not their columns.
      for value in flow.values(of: node) {
        guard case .made(let place) = value.root, place.module == flow.module.id, place.node != node else { continue }
        var parts: [NodeID] = flow.additions(to: place.node).map(\.value)
        if tree.kind(place.node) == .list || tree.kind(place.node) == .tuple {
          parts += Array(tree.elements(place.node))
        }
        for part in parts where tree.kind(part) != .name { result += selectors(in: part, depth: depth - 1) }
      }
      for origin in flow.semantics.origins(of: node) where origin != node && tree.kind(origin) == .compare {
        result += compared(origin)
      }
    }
    return result
  }

  private func compared(_ id: NodeID) -> [StoreOperation.Selector] {
    let parts = tree.compare(id)
    guard let right = tree[parts.comparators].first, let op = tree.comparisonOperators(parts).first else { return [] }
    guard op == .equal || op == .in || op == .is else { return [] }
    if let column = columnName(parts.left) { return [.init(column: column, values: flow.values(of: right))] }
    if let column = columnName(right) { return [.init(column: column, values: flow.values(of: parts.left))] }
    return []
  }

  /// The column that an expression names: `id` of `Item.id`, `cls.id`, `self.model.id`, `col(Item.id)`.
  private func columnName(_ node: NodeID) -> String? {
    if tree.kind(node) == .call, let call = flow.call(at: node), let first = call.arguments.first,
      ["col", "cast", "lower", "coalesce"].contains(call.name)
    {
      return columnName(first.node)
    }
    guard tree.kind(node) == .attribute else { return nil }
    let parts = tree.attribute(node)
    let base = flow.values(of: parts.value)
    let name = tree.text(parts.name)
    let isClass = base.contains { value in
      if case .global(let global) = value.root {
        return entities[global] != nil || value.path.last == "c"
          || (TypeName.last(global.text).first?.isUppercase ?? false)
      }
      return false
    }
    if isClass { return name }
    let text = tree.text(parts.value)
    if text == "cls" || text.lowercased().hasSuffix("model") || text == "self.table.c" || text.hasSuffix(".c") {
      return name
    }
    return nil
  }
}
