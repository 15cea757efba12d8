import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Tells what the calls of one function do to stores.
///
/// What is known of libraries' types serves first; since sessions are often handed around without one, the form of a
/// call decides too: an entity class, a statement made of one, a filter document, SQL text.
struct StoreReader {
  let flow: FunctionFlow
  let engine: FlowEngine
  let entities: EntityTable

  private var tree: Tree { flow.tree }

  private static let executions: Set<String> = [
    "execute", "scalar", "scalars", "exec", "stream", "stream_scalars", "fetch_one", "fetch_all", "fetch", "fetchrow",
    "fetchval", "executemany", "iterate", "run_query", "execute_query", "fetch_val", "paginate", "read_sql", "first",
    "get_one", "paginated_select", "one", "all",
  ]
  private static let statementStarts: [String: Effect.Kind] = [
    "select": .read, "query": .read, "update": .update, "delete": .delete, "insert": .create, "exists": .read,
    "with_entities": .read, "select_from": .read,
  ]
  static let narrowing: Set<String> = [
    "where", "filter", "filter_by", "having", "join", "get", "with_parent", "outerjoin", "exclude", "find_one", "find",
  ]
  private static let terminals: [String: (Effect.Kind, isList: Bool)] = [
    "first": (.read, false), "one": (.read, false), "one_or_none": (.read, false), "all": (.read, true),
    "scalar": (.read, false), "scalars": (.read, true), "get": (.read, false), "delete": (.delete, false),
    "update": (.update, false), "count": (.read, true), "exists": (.read, false), "get_or_none": (.read, false),
    "scalar_one": (.read, false), "scalar_one_or_none": (.read, false), "to_list": (.read, true),
    "first_or_none": (.read, false), "paginate": (.read, true), "values": (.read, true), "values_list": (.read, true),
    "afirst": (.read, false), "aget": (.read, false), "first_or_404": (.read, false), "get_or_404": (.read, false),
  ]
  private static let classMethods: [String: (Effect.Kind, isList: Bool)] = [
    "get": (.read, false), "get_or_none": (.read, false), "find_one": (.read, false), "find": (.read, true),
    "filter": (.read, true), "all": (.read, true), "find_all": (.read, true), "create": (.create, false),
    "get_or_create": (.read, false), "update_or_create": (.update, false), "insert_one": (.create, false),
    "insert_many": (.create, true), "objects": (.read, true), "get_by_id": (.read, false), "delete": (.delete, false),
    "select": (.read, true), "get_by_id_or_none": (.read, false), "exists": (.read, false), "aget": (.read, false),
    "bulk_create": (.create, true), "find_many": (.read, true), "count": (.read, true), "exclude": (.read, true),
    "delete_all": (.delete, true), "update_all": (.update, true),
  ]
  /// Methods of document collections; the names are theirs alone.
  private static let collectionMethods: [String: (Effect.Kind, isList: Bool)] = [
    "find_one": (.read, false), "find_one_and_update": (.update, false), "find_one_and_delete": (.delete, false),
    "find_one_and_replace": (.update, false), "delete_one": (.delete, false), "delete_many": (.delete, true),
    "update_one": (.update, false), "update_many": (.update, true), "replace_one": (.update, false),
    "insert_one": (.create, false), "insert_many": (.create, true), "count_documents": (.read, true),
    "aggregate": (.read, true), "hget": (.read, false), "hgetall": (.read, true), "hset": (.update, false),
    "hdel": (.delete, false), "hmget": (.read, true), "setex": (.update, false), "get_item": (.read, false),
    "put_item": (.create, false), "delete_item": (.delete, false), "update_item": (.update, false),
    "get_object": (.read, false), "put_object": (.create, false), "delete_object": (.delete, false),
  ]
  private static let objectMethods: [String: Effect.Kind] = [
    "delete": .delete, "delete_instance": .delete, "adelete": .delete, "save": .update, "asave": .update,
    "update": .update, "update_from_dict": .update, "replace": .update, "refresh_from_db": .read,
    "soft_delete": .delete,
  ]

  /// The operation that a call carries out; nil for calls that touch no store, or whose code can be followed.
  func operation(_ call: FlowCall) -> StoreOperation? {
    if call.isSubscript { return container(call) }
    if let function = call.function, engine.flow(function) != nil { return nil }
    if call.constructedClass != nil { return nil }
    if let found = sessionCall(call) ?? execution(call) ?? queryEnd(call) ?? classCall(call) ?? collectionCall(call) {
      return found
    }
    return objectCall(call) ?? container(call)
  }

  // MARK: Sessions

  /// `session.get(Item, id)`, `session.add(item)`, `session.delete(item)`.
  private func sessionCall(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone, let first = call.arguments.first, first.form == .plain else { return nil }
    let values = flow.values(of: first.node)
    switch call.name {
    case "get", "get_one", "load", "aget":
      guard call.arguments.count >= 2, isEntity(values) || mayBeClass(values, first.node) else { return nil }
      var operation = StoreOperation(.read)
      operation.entity = values
      let key = call.arguments[1].node
      operation.selectors = [.init(column: "id", values: flow.values(of: key))]
      for entry in keyEntries(key) { operation.selectors.append(entry) }
      operation.choosers = engine.influences(flow.values(of: key), in: flow)
      return operation
    case "add", "merge", "add_all", "bulk_save_objects":
      guard isStoredObject(values) || isSession(call.receiver) else { return nil }
      var operation = StoreOperation(call.name == "merge" ? .update : .create)
      operation.object = values
      operation.entity = classes(of: values)
      operation.data = [first.node]
      return operation
    case "delete":
      guard isStoredObject(values) || isSession(call.receiver) else { return nil }
      // `session.delete(item)`; statements are executed.
      var operation = StoreOperation(.delete)
      operation.object = values
      operation.entity = classes(of: values)
      return operation
    default: return nil
    }
  }

  /// `{"id": x, "tenant": y}` or a tuple as a composite key.
  private func keyEntries(_ node: NodeID) -> [StoreOperation.Selector] {
    guard tree.kind(node) == .dict || tree.kind(node) == .tuple else { return [] }
    if tree.kind(node) == .tuple {
      return tree.elements(node).map { .init(column: "", values: flow.values(of: $0)) }
    }
    let parts = tree.dict(node)
    return zip(tree[parts.keys], tree[parts.values]).map { key, value in
      .init(column: tree.stringValue(key) ?? "", values: flow.values(of: value))
    }
  }

  // MARK: Statements

  /// `session.execute(select(Item).where(…))`, `cursor.execute("SELECT …", (id,))`.
  private func execution(_ call: FlowCall) -> StoreOperation? {
    guard Self.executions.contains(call.name) else { return nil }
    for argument in call.arguments.prefix(2) {
      let values = flow.values(of: argument.node)
      if let statement = StatementReader(flow: flow, engine: engine, entities: entities).statement(values) {
        var operation = statement
        if call.name == "scalars" || call.name.contains("all") || call.name == "fetch" { operation.isList = true }
        // Parameters of a statement with placeholders.
        for other in call.arguments where other.node != argument.node && !operation.selectors.isEmpty {
          operation.choosers.merge(engine.influences(flow.values(of: other.node), in: flow))
        }
        return operation
      }
      if let text = sqlText(argument.node) { return sqlOperation(text, call, argument) }
    }
    return nil
  }

  /// The text of a SQL statement, placeholders of f-strings left out.
  private func sqlText(_ node: NodeID) -> String? {
    for origin in flow.semantics.origins(of: node) {
      var node = origin
      if tree.kind(node) == .call, let inner = flow.call(at: node), inner.name == "text" || inner.name == "SQL",
        let argument = inner.arguments.first
      {
        node = flow.semantics.origins(of: argument.node).first ?? argument.node
      }
      while tree.kind(node) == .binOp { node = tree.binOp(node).left }
      var text: String?
      if let constant = flow.semantics.constant(of: node)?.string {
        text = constant
      } else if tree.kind(node) == .joinedStr {
        text = tree.elements(node).map { tree.stringValue($0) ?? "?" }.joined(separator: "")
      }
      if let text, SQLText.kind(text) != nil { return text }
    }
    return nil
  }

  private func sqlOperation(_ text: String, _ call: FlowCall, _ argument: FlowArgument) -> StoreOperation? {
    guard let kind = SQLText.kind(text) else { return nil }
    var operation = StoreOperation(kind)
    operation.entityName = SQLText.table(text)
    if let entity = entities[table: operation.entityName] {
      operation.entity = [FlowValue(.global(FlowName(entity.qualifiedName)))]
    }
    var given: [FlowValue] = engine.influences(flow.values(of: argument.node), in: flow)
    for other in call.arguments where other.node != argument.node {
      given.merge(engine.influences(flow.values(of: other.node), in: flow))
    }
    operation.choosers = given
    let columns = SQLText.comparedColumns(text)
    if kind != .create, !columns.isEmpty {
      // Which placeholder belongs to which column is not worked out; keys are what is asked for.
      if columns.contains(where: { FieldNames.isKeyColumn($0) }) {
        operation.selectors = [.init(column: columns.first { FieldNames.isKeyColumn($0) } ?? "", values: given)]
      }
    }
    operation.isList = call.name.contains("all") || call.name == "fetch"
    return operation
  }

  // MARK: Queries

  /// `session.query(Item).filter(…).first()`, `Item.filter(id=id).first()`.
  private func queryEnd(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone, let (kind, isList) = Self.terminals[call.name] else { return nil }
    let receiver = flow.values(of: call.receiver)
    guard receiver.contains(where: { if case .call = $0.root { true } else { false } }) else { return nil }
    // What an execution gave is loaded already.
    for value in receiver {
      if case .call(let place) = value.root, let inner = flow.call(at: place.node),
        Self.executions.contains(inner.name),
        execution(inner) != nil
      {
        return nil
      }
    }
    guard var operation = StatementReader(flow: flow, engine: engine, entities: entities).statement(receiver) else {
      return nil
    }
    operation.kind = kind == .read ? operation.kind : kind
    operation.isList = isList
    if call.name == "get" || call.name == "get_or_404" || call.name == "get_or_none" || call.name == "aget" {
      addKeys(call, to: &operation)
    }
    if kind == .update { operation.data = call.arguments.map(\.node) }
    return operation
  }

  /// Arguments that are keys: `get(id)`, `get(id=id)`, `filter(id=id)`.
  private func addKeys(_ call: FlowCall, to operation: inout StoreOperation) {
    let conditions = ConditionReader(flow: flow, engine: engine, entities: entities)
    for (index, argument) in call.arguments.enumerated() {
      let values = flow.values(of: argument.node)
      if let name = argument.name {
        guard !["db", "session", "using", "prefetch_related", "using_db", "fetch_links"].contains(name) else {
          continue
        }
        operation.selectors.append(.init(column: ConditionReader.column(name), values: values))
      } else if index == 0, argument.form == .plain, !conditions.isCondition(argument.node) {
        operation.selectors.append(.init(column: "id", values: values))
      } else {
        operation.selectors += conditions.selectors(in: argument.node)
      }
      operation.choosers.merge(engine.influences(values, in: flow))
    }
  }

  // MARK: Classes and collections

  /// `Item.get(id)`, `Item.objects.get(pk=id)`, `Item.find_one(Item.id == id)`.
  private func classCall(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone, let (kind, isList) = Self.classMethods[call.name] else { return nil }
    let receiver = flow.values(of: call.receiver).filter { value in
      if case .global = value.root { return value.path.isEmpty || value.path == ["objects"] }
      return false
    }
    let classes = receiver.map { FlowValue($0.root) }
    guard isEntity(classes) else { return nil }
    // A query that goes on is told where it ends.
    if isList, call.name != "all", isReceiver(call.node) { return nil }
    var operation = StoreOperation(kind)
    operation.entity = classes
    operation.isList = isList
    if kind == .create { operation.data = call.arguments.map(\.node) } else { addKeys(call, to: &operation) }
    return operation
  }

  /// True when a method of the result is called at once.
  private func isReceiver(_ node: NodeID) -> Bool {
    var node = node
    if tree.kind(flow.module.parent(of: node)) == .await { node = flow.module.parent(of: node) }
    let parent = flow.module.parent(of: node)
    return tree.kind(parent) == .attribute && tree.kind(flow.module.parent(of: parent)) == .call
  }

  /// `collection.find_one({"_id": id})`.
  private func collectionCall(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone else { return nil }
    var found = Self.collectionMethods[call.name]
    if found == nil, call.name == "find", let first = call.arguments.first, isFilterDocument(first.node) {
      found = (.read, true)
    }
    guard let (kind, isList) = found else { return nil }
    var operation = StoreOperation(kind)
    operation.isList = isList
    operation.entityName = receiverName(call.receiver)
    if kind == .create {
      operation.data = call.arguments.map(\.node)
      return operation
    }
    for (index, argument) in call.arguments.enumerated() {
      let values = flow.values(of: argument.node)
      let isData =
        index > 0 && (kind == .update)
        && ["update_one", "update_many", "replace_one", "find_one_and_update"].contains(call.name)
      if isData {
        operation.data.append(argument.node)
        continue
      }
      let entries = filterEntries(values)
      operation.selectors += entries.isEmpty ? [.init(column: argument.name ?? "", values: values)] : entries
      operation.choosers.merge(engine.influences(values, in: flow))
    }
    return operation
  }

  private func isFilterDocument(_ node: NodeID) -> Bool {
    flow.values(of: node).contains { value in
      if case .made(let place) = value.root, tree.kind(place.node) == .dict { true } else { false }
    }
  }

  /// The keys of a filter document with what they are compared with.
  private func filterEntries(_ values: [FlowValue]) -> [StoreOperation.Selector] {
    var result: [StoreOperation.Selector] = []
    for value in values {
      guard case .made(let place) = value.root, place.module == flow.module.id, tree.kind(place.node) == .dict else {
        continue
      }
      let parts = tree.dict(place.node)
      for (key, entry) in zip(tree[parts.keys], tree[parts.values]) where !key.isNone {
        let values = engine.influences(flow.values(of: entry), in: flow)
        result.append(.init(column: tree.stringValue(key) ?? "", values: values))
      }
      for addition in flow.additions(to: place.node) {
        result.append(
          .init(column: addition.step.text, values: engine.influences(flow.values(of: addition.value), in: flow)))
      }
    }
    return result
  }

  /// `item.delete()`, `await item.save()` of an object that was loaded or whose class is an entity.
  private func objectCall(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone, let kind = Self.objectMethods[call.name] else { return nil }
    let values = flow.values(of: call.receiver)
    guard isStoredObject(values) || isEntityInstance(call.receiver) else { return nil }
    var operation = StoreOperation(kind)
    operation.object = values
    operation.entity = classes(of: values)
    if operation.entity.isEmpty, let type = flow.semantics.type(of: call.receiver), entities[type.qualifiedName] != nil
    {
      operation.entity = [FlowValue(.global(FlowName(type.qualifiedName)))]
    }
    operation.data = call.arguments.map(\.node)
    return operation
  }

  // MARK: Containers

  /// `ITEMS[item_id]`, `ITEMS.get(item_id)`, `ITEMS.pop(item_id)` of a dictionary that the module holds.
  private func container(_ call: FlowCall) -> StoreOperation? {
    guard !call.receiver.isNone, let key = call.arguments.first else { return nil }
    let kind: Effect.Kind
    switch call.name {
    case FlowValue.element.text: kind = subscriptKind(call.node)
    case "get": kind = .read
    case "pop": kind = .delete
    default: return nil
    }
    guard let name = containerName(call.receiver) else { return nil }
    var operation = StoreOperation(kind)
    operation.entityName = name
    let values = flow.values(of: key.node)
    operation.selectors = [.init(column: "id", values: values)]
    operation.choosers = engine.influences(values, in: flow)
    return operation
  }

  private func subscriptKind(_ node: NodeID) -> Effect.Kind {
    switch tree.context(node) {
    case .load: .read
    case .store: .update
    case .delete: .delete
    }
  }

  /// The variable of a module that holds an empty or literal container, by its last name.
  private func containerName(_ receiver: NodeID) -> String? {
    guard let place = flow.semantics.definition(of: receiver), let module = engine.program.module(place.module),
      module.enclosingFunction(of: place.node) == nil
    else { return nil }
    let statement = module.enclosingStatement(of: place.node)
    let value: NodeID
    switch module.tree.kind(statement) {
    case .assign: value = module.tree.assign(statement).value
    case .annAssign: value = module.tree.annAssign(statement).value
    default: return nil
    }
    // Constants by convention are tables of the program, unless they start empty or hold objects.
    switch module.tree.kind(value) {
    case .dict:
      let entries = module.tree[module.tree.dict(value).values]
      guard entries.isEmpty || entries.allSatisfy({ isRecord($0, module.tree) }) else { return nil }
    case .call:
      let text = module.tree.text(module.tree.call(value).function)
      guard ["dict", "defaultdict", "OrderedDict", "collections.defaultdict", "TTLCache"].contains(text) else {
        return nil
      }
    default: return nil
    }
    return module.tree.text(place.node).split(separator: ".").last.map(String.init)
  }

  private func isRecord(_ node: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(node) {
    case .dict, .list: return true
    case .call:
      let function = tree.call(node).function
      return tree.kind(function) == .name && tree.text(function).first?.isUppercase == true
    default: return false
    }
  }

  // MARK: What values are

  func isEntity(_ values: [FlowValue]) -> Bool {
    values.contains { value in
      if case .global(let name) = value.root, value.path.isEmpty { return entities[name] != nil }
      return false
    }
  }

  /// A parameter, or an attribute of `self`, that seems to hold a class: `self.model`, `model: type[T]`, `cls`.
  private func mayBeClass(_ values: [FlowValue], _ node: NodeID) -> Bool {
    if let type = flow.semantics.type(of: node), type.isClassObject { return true }
    let text = tree.text(node).lowercased()
    return values.contains { if case .parameter = $0.root { true } else { false } }
      && ["model", "cls", "entity", "table", "class", "orm_model"].contains { text.hasSuffix($0) }
  }

  private func isSession(_ node: NodeID) -> Bool {
    if let type = flow.semantics.type(of: node)?.qualifiedName {
      return type.hasSuffix(".Session") || type.hasSuffix(".AsyncSession")
    }
    let name = receiverName(node).lowercased()
    return name == "session" || name == "db" || name.hasSuffix("_session") || name == "db_session" || name == "sess"
  }

  /// True for objects that come from a store, or are made of an entity class.
  func isStoredObject(_ values: [FlowValue]) -> Bool {
    values.contains { value in
      switch value.root {
      case .call(let place):
        guard place.module == flow.module.id, let call = flow.call(at: place.node) else { return false }
        if let made = call.constructedClass { return entities[made] != nil }
        return StoreReader.mayLoad(call) || isEntityInstance(call.node)
      case .parameter(let place):
        return isEntityInstance(place.node)
      default: return false
      }
    }
  }

  /// True for calls that run a statement by their name.
  static func executes(_ call: FlowCall) -> Bool { executions.contains(call.name) }

  private static func mayLoad(_ call: FlowCall) -> Bool {
    terminals[call.name] != nil || executions.contains(call.name) || call.function != nil
  }

  func isEntityInstance(_ node: NodeID) -> Bool {
    guard let type = flow.semantics.type(of: node) else { return false }
    return entities[type.qualifiedName] != nil
  }

  /// The classes that objects were made of, or that their types say.
  func classes(of values: [FlowValue]) -> [FlowValue] {
    var result: [FlowValue] = []
    for value in values {
      switch value.root {
      case .call(let place):
        guard place.module == flow.module.id, let call = flow.call(at: place.node) else { continue }
        if let made = call.constructedClass, let entity = entities[made] {
          result.merge([FlowValue(.global(FlowName(entity.qualifiedName)))])
        }
        if let type = flow.semantics.type(of: call.node), entities[type.qualifiedName] != nil {
          result.merge([FlowValue(.global(FlowName(type.qualifiedName)))])
        }
      case .parameter(let place):
        if value.path.isEmpty, let type = parameterType(place), entities[type] != nil {
          result.merge([FlowValue(.global(FlowName(type)))])
        }
      default: continue
      }
    }
    return result
  }

  private func parameterType(_ place: Definition) -> String? {
    guard let module = engine.program.module(place.module) else { return nil }
    let annotation = module.tree.arg(place.node).annotation
    guard !annotation.isNone else { return nil }
    return engine.program.semantics(of: module).annotationTypes(annotation).first {
      $0.qualifiedName != "builtins.None"
    }?.qualifiedName
  }

  /// Last name of an expression: `items` of `db.items`, `db["items"]`, `self.items`.
  func receiverName(_ node: NodeID) -> String {
    switch tree.kind(node) {
    case .name: tree.text(tree.nameID(node))
    case .attribute: tree.text(tree.attribute(node).name)
    case .subscript: tree.stringValue(tree.subscript_(node).slice) ?? receiverName(tree.subscript_(node).value)
    case .call:
      tree.kind(tree.call(node).function) == .call ? "" : receiverName(tree.call(node).function)
    case .await: receiverName(tree.value(node))
    default: ""
    }
  }
}
