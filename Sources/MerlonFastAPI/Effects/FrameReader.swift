import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Reads what one function does, and joins what the functions do that it calls.
struct FrameReader {
  let flow: FunctionFlow
  let builder: SummaryBuilder
  private let store: StoreReader
  private let outside: OutsideEffects
  private var summary = Summary()
  private let memory = Memory()
  /// Where each access happens in this function.
  private var places: [NodeID] = []
  private var localChecks: [(check: Check, node: NodeID)] = []

  private var engine: FlowEngine { builder.engine }
  private var tree: Tree { flow.tree }

  /// What was worked out for this function; the same values are asked for again and again.
  private final class Memory {
    var influences: [[FlowValue]: [FlowValue]] = [:]
    var expansions: [NodeID: [FlowValue]] = [:]
    /// With the check itself, so that no other takes its place.
    var closed: [ObjectIdentifier: (check: Check, result: Check)] = [:]
  }

  init(flow: FunctionFlow, builder: SummaryBuilder) {
    self.flow = flow
    self.builder = builder
    store = StoreReader(flow: flow, engine: builder.engine, entities: builder.entities)
    outside = OutsideEffects(flow: flow, models: builder.models)
  }

  mutating func read() -> Summary {
    summary.isEmpty = isStub
    for call in flow.calls { read(call) }
    for write in flow.writes { read(write) }
    inheritSelectors()
    readConditions()
    joinChecks()
    readResult()
    close()
    return summary
  }

  /// Abstract methods and protocols hold no code.
  private var isStub: Bool {
    guard tree.kind(flow.definition.node) != .lambda else { return false }
    return tree[tree.functionDef(flow.definition.node).body].allSatisfy { statement in
      switch tree.kind(statement) {
      case .pass: return true
      case .raise: return tree.text(statement).contains("NotImplemented")
      case .expr: return tree.kind(tree.value(statement)) == .constant
      default: return false
      }
    }
  }

  // MARK: Calls

  private mutating func read(_ call: FlowCall) {
    readWrites(of: call)
    if let operation = store.operation(call) {
      add(
        operation, call.node,
        objects: operation.object.isEmpty
          ? [FlowValue(.call(place(call.node)))] : sources(of: operation.object))
      return
    }
    if let effect = outside.effect(of: call) { addEffect(effect) }
    if let function = call.function, let callee = builder.known(function), !callee.isEmpty {
      lift(callee, of: function, at: call)
      return
    }
    if !call.isSubscript { readOpaque(call) }
  }

  private mutating func add(_ operation: StoreOperation, _ node: NodeID, objects: [FlowValue]) {
    var access = Access(
      kind: operation.kind, entity: operation.entity, entityName: operation.entityName,
      selectors: operation.selectors, choosers: operation.choosers, partners: [], object: objects, guards: [],
      isRequired: false, isList: operation.isList, isReturned: false, strength: operation.strength,
      location: flow.module.location(node), steps: [])
    // A query that starts from an object (`user.items.filter(…)`) is bound to it.
    access.choosers = influence(access.choosers)
    append(access, node)
    addEffect(
      Effect(kind: operation.kind, target: entityText(operation), location: access.location))
  }

  /// Objects with the calls that they were picked from: `session.scalars(…).first()` is of what was run.
  private func sources(of values: [FlowValue]) -> [FlowValue] {
    var result = values
    var pending = values
    while let value = pending.popLast(), result.count < FlowValue.setLimit {
      guard case .call(let place) = value.root, place.module == flow.module.id, let call = flow.call(at: place.node),
        AnswerTraits.picks.contains(call.name), call.function == nil, !call.receiver.isNone
      else { continue }
      for inner in flow.values(of: call.receiver) {
        guard case .call = inner.root, !result.contains(inner) else { continue }
        result.append(inner)
        pending.append(inner)
      }
    }
    return result
  }

  private func entityText(_ operation: StoreOperation) -> String {
    for value in operation.entity {
      if case .global(let name) = value.root { return TypeName.last(name.text) }
    }
    return operation.entityName
  }

  private mutating func append(_ access: Access, _ node: NodeID) {
    guard summary.accesses.count < SummaryBuilder.limit else { return }
    summary.accesses.append(access)
    places.append(node)
  }

  private mutating func addEffect(_ effect: Effect) {
    // One way to an effect is evidence enough: the shortest.
    if let known = summary.effects.firstIndex(where: {
      $0.kind == effect.kind && $0.target == effect.target && (!effect.target.isEmpty || $0.location == effect.location)
    }) {
      if effect.through.count < summary.effects[known].through.count { summary.effects[known] = effect }
      return
    }
    guard summary.effects.count < SummaryBuilder.limit else { return }
    summary.effects.append(effect)
  }

  private func place(_ node: NodeID) -> Definition { Definition(module: flow.module.id, node: node) }

  /// Joins what a project function does, in terms of this one.
  private mutating func lift(_ callee: Summary, of function: Definition, at call: FlowCall) {
    let lifter = Lifter(engine: engine, flow: flow, bound: engine.bind(call, in: flow), callee: function)
    let result = [FlowValue(.call(place(call.node)))]
    let step = FlowStep(location: flow.module.location(call.node), message: "`\(call.name)` is called")
    for inner in callee.accesses {
      var access = lifter.lift(inner)
      if inner.isReturned { access.object.merge(result) }
      access.isReturned = false
      access.steps = Array(([step] + inner.steps).prefix(6))
      append(access, call.node)
    }
    for effect in callee.effects {
      var effect = effect
      effect.through = Array(([step] + effect.through).prefix(6))
      addEffect(effect)
    }
    for check in callee.checks where check.raises {
      let lifted = lifter.lift(check)
      if !lifted.values.isEmpty { localChecks.append((lifted, call.node)) }
    }
    for write in callee.writes where summary.writes.count < SummaryBuilder.limit {
      var lifted = write
      lifted.entity = lifter.lift(write.entity)
      lifted.values = lifter.lift(write.values)
      if !lifted.values.isEmpty { summary.writes.append(lifted) }
    }
    for inner in callee.opaque where summary.opaque.count < SummaryBuilder.limit {
      let values = lifter.lift(inner.values)
      if !values.isEmpty {
        summary.opaque.append(OpaqueCall(name: inner.name, values: values, location: inner.location))
      }
    }
  }

  /// A call that can't be followed: its name is a hint of what it does, and it may be a check.
  private mutating func readOpaque(_ call: FlowCall) {
    guard call.constructedClass == nil, !call.arguments.isEmpty, !OutsideEffects.isHarmless(call, flow) else { return }
    let values = influence(engine.inputs(of: call, in: flow))
    guard !values.isEmpty else { return }
    if summary.opaque.count < SummaryBuilder.limit {
      summary.opaque.append(
        OpaqueCall(name: call.name, values: values, location: flow.module.location(call.node)))
    }
    if !call.isResultUsed, FieldNames.isCheck(call.name), !isSkippable(call.node) {
      let check = Check(
        groups: [values], raises: true, isOpaque: true, isRole: FieldNames.isRoleCheck(call.name),
        location: flow.module.location(call.node))
      localChecks.append((check, call.node))
      return
    }
    guard let hint = hint(call) else { return }
    var operation = StoreOperation(hint, strength: .name)
    operation.entityName = hintedEntity(call)
    for argument in call.arguments where argument.form == .plain {
      operation.selectors.append(.init(column: argument.name ?? "", values: influence(flow.values(of: argument.node))))
    }
    operation.choosers = values
    var access = Access(
      kind: hint, entity: [], entityName: operation.entityName, selectors: operation.selectors, choosers: values,
      partners: [], object: [FlowValue(.call(place(call.node)))], guards: [], isRequired: false, isList: false,
      isReturned: false, strength: .name, location: flow.module.location(call.node), steps: [])
    access.choosers = values
    append(access, call.node)
  }

  private func hint(_ call: FlowCall) -> Effect.Kind? {
    // A name that a library model describes is known to be something else.
    if case .library = call.target?.kind, let name = call.target?.qualifiedName,
      let entity = builder.models.entity(name),
      !entity.concepts.isEmpty
    {
      return nil
    }
    if let found = FieldNames.hintedEffect(call.name) {
      switch found {
      case .read: return .read
      case .update: return .update
      case .delete: return .delete
      }
    }
    guard !call.receiver.isNone else { return nil }
    switch call.name {
    case "get", "query", "search", "fetch", "load", "find", "read", "retrieve":
      return call.arguments.contains { $0.name.map(FieldNames.isIdentifier) ?? false } ? .read : nil
    case "delete", "remove": return .delete
    case "update", "cancel", "stop": return .update
    default: return nil
    }
  }

  private func hintedEntity(_ call: FlowCall) -> String {
    guard let end = call.name.firstIndex(of: "_") else { return store.receiverName(call.receiver) }
    var text = call.name[call.name.index(after: end)...]
    for part in ["_by_", "_from_", "_for_", "_with_"] {
      if let cut = text.firstRange(of: part) { text = text[..<cut.lowerBound] }
    }
    return text.hasPrefix("by_") ? store.receiverName(call.receiver) : String(text)
  }

  // MARK: Writes

  /// An attribute of a stored object is set: an update, and a write of the field.
  private mutating func read(_ write: FlowWrite) {
    let receiver = sources(of: flow.values(of: write.receiver))
    // `data["role"] = …` on the way into a store is seen through the mapping.
    guard isLoaded(receiver) || store.isEntityInstance(write.receiver) else { return }
    guard tree.kind(flow.definition.node) == .lambda || flow.name != "__init__" else { return }
    let entity = store.classes(of: receiver)
    let location = flow.module.location(write.node)
    let values = flow.values(of: write.value)
    let isLoop = write.name == FlowValue.element
    if isLoop, isAllowListed(write) { return }
    addWrite(
      FieldWrite(
        form: isLoop ? .spread : .plain, entity: entity, field: isLoop ? "" : write.name.text,
        values: isLoop ? mapping(of: values) : influence(values), fixed: [], location: location))
    guard isLoaded(receiver) || receiver.contains(where: { if case .parameter = $0.root { true } else { false } })
    else {
      return
    }
    var operation = StoreOperation(.update)
    operation.entity = entity
    var access = Access(
      kind: .update, entity: entity, entityName: "", selectors: [], choosers: [], partners: [], object: receiver,
      guards: [], isRequired: false, isList: false, isReturned: false, strength: .form, location: location, steps: [])
    access.object = receiver
    let isKnown = summary.accesses.contains { $0.kind == .update && $0.object == receiver && $0.selectors.isEmpty }
    if !isKnown { append(access, write.node) }
    addEffect(Effect(kind: .update, target: entityText(operation), location: location))
  }

  /// `if key in ALLOWED: setattr(item, key, value)`.
  private func isAllowListed(_ write: FlowWrite) -> Bool {
    flow.conditions(before: write.node).contains { condition, _ in
      guard tree.kind(condition.test) == .compare else { return false }
      let parts = tree.compare(condition.test)
      let operators = tree.comparisonOperators(parts)
      guard operators.contains(.in) || operators.contains(.notIn) else { return false }
      return !write.key.isNone && tree.text(parts.left) == tree.text(write.key)
    }
  }

  /// `for key, value in data.items(): setattr(…, value)`: the mapping is what the element was taken from.
  private func mapping(of values: [FlowValue]) -> [FlowValue] {
    var result: [FlowValue] = []
    for value in values {
      var whole = value
      if whole.path.last == FlowValue.element { whole.path.removeLast() }
      result.merge([whole])
    }
    return result
  }

  private func isLoaded(_ values: [FlowValue]) -> Bool {
    values.contains { value in
      guard value.path.isEmpty || value.path == [FlowValue.element] else { return false }
      return summary.accesses.contains { access in
        access.kind != .create && access.object.contains { $0.root == value.root } && !isParameter(value)
      }
    }
  }

  private func isParameter(_ value: FlowValue) -> Bool { if case .parameter = value.root { true } else { false } }

  private mutating func addWrite(_ write: FieldWrite) {
    guard summary.writes.count < SummaryBuilder.limit, !write.values.isEmpty else { return }
    if !summary.writes.contains(write) { summary.writes.append(write) }
  }

  /// Fields that a call sets: of a new object, of a statement's `values(…)`, of a mapping that is handed to an update.
  private mutating func readWrites(of call: FlowCall) {
    let location = flow.module.location(call.node)
    let entity: [FlowValue]
    if let made = call.constructedClass, let found = builder.entities[made] {
      entity = [FlowValue(.global(FlowName(found.qualifiedName)))]
    } else if ["create", "acreate", "get_or_create", "bulk_create"].contains(call.name), !call.receiver.isNone {
      entity = flow.values(of: call.receiver).filter { if case .global = $0.root { true } else { false } }.map {
        FlowValue($0.root)
      }
      guard store.isEntity(entity) else { return }
    } else if call.name == "values", !call.receiver.isNone,
      let statement = StatementReader(flow: flow, engine: engine, entities: builder.entities)
        .statement(flow.values(of: call.receiver)), statement.kind != .read
    {
      entity = statement.entity
    } else if call.name == "model_validate" || call.name == "sqlmodel_update" || call.name == "parse_obj"
      || call.name == "from_orm", !call.receiver.isNone
    {
      let receiver = flow.values(of: call.receiver)
      let classes = receiver.filter { if case .global = $0.root { true } else { false } }
      guard store.isEntity(classes) || store.isStoredObject(receiver), let first = call.arguments.first else { return }
      addWrite(
        FieldWrite(
          form: .spread, entity: classes.isEmpty ? store.classes(of: receiver) : classes, field: "",
          values: whole(flow.values(of: first.node)), fixed: fixedByUpdate(call), location: location))
      return
    } else if [
      "update", "insert_one", "update_one", "save", "create", "update_from_dict", "insert", "update_by_id",
      "find_one_and_update", "upsert", "set", "replace_one",
    ].contains(call.name) || FieldNames.hintedEffect(call.name) == .update, !call.receiver.isNone {
      readMappings(call, location)
      return
    } else {
      return
    }
    let fixed = call.arguments.compactMap(\.name)
    for argument in call.arguments {
      let values = flow.values(of: argument.node)
      if let name = argument.name {
        addWrite(
          FieldWrite(
            form: .plain, entity: entity, field: name, values: influence(values), fixed: [], location: location))
      } else if argument.form == .doubleStarred || call.name == "values" {
        addWrite(
          FieldWrite(
            form: .spread, entity: entity, field: "", values: whole(values), fixed: fixed, location: location))
        addEntries(values, entity, location)
      }
    }
  }

  /// `update={"owner_id": user.id}` beside a model wins.
  private func fixedByUpdate(_ call: FlowCall) -> [String] {
    var result: [String] = []
    for argument in call.arguments where argument.name == "update" {
      for value in flow.values(of: argument.node) {
        if case .made(let place) = value.root, tree.kind(place.node) == .dict {
          result += tree[tree.dict(place.node).keys].compactMap { $0.isNone ? nil : tree.stringValue($0) }
        }
      }
    }
    return result
  }

  private mutating func readMappings(_ call: FlowCall, _ location: SourceLocation) {
    let receiver = flow.values(of: call.receiver)
    let entity = store.classes(of: receiver)
    let isStored = isLoaded(receiver) || store.isStoredObject(receiver) || call.name.hasSuffix("_one")
    for argument in call.arguments {
      let values = flow.values(of: argument.node)
      addEntries(values, entity, location)
      guard isStored, argument.name == nil || argument.name == "data" || argument.form == .doubleStarred else {
        continue
      }
      addWrite(
        FieldWrite(form: .spread, entity: entity, field: "", values: whole(values), fixed: [], location: location))
    }
  }

  /// The constant keys of displays, `$set` looked into.
  private mutating func addEntries(_ values: [FlowValue], _ entity: [FlowValue], _ location: SourceLocation) {
    for value in values {
      guard case .made(let place) = value.root, place.module == flow.module.id, tree.kind(place.node) == .dict else {
        continue
      }
      let parts = tree.dict(place.node)
      for (key, entry) in zip(tree[parts.keys], tree[parts.values]) where !key.isNone {
        guard let name = tree.stringValue(key) else { continue }
        let values = flow.values(of: entry)
        if name.hasPrefix("$") {
          addWrite(
            FieldWrite(
              form: .spread, entity: entity, field: "", values: whole(values), fixed: [], location: location))
          for inner in values {
            if case .made(let place) = inner.root, tree.kind(place.node) == .dict, place != self.place(key) {
              addPlainEntries(place.node, entity, location)
            }
          }
        } else {
          addWrite(
            FieldWrite(
              form: .plain, entity: entity, field: name, values: influence(values), fixed: [], location: location))
        }
      }
    }
  }

  private mutating func addPlainEntries(_ node: NodeID, _ entity: [FlowValue], _ location: SourceLocation) {
    let parts = tree.dict(node)
    for (key, entry) in zip(tree[parts.keys], tree[parts.values]) where !key.isNone {
      guard let name = tree.stringValue(key) else { continue }
      addWrite(
        FieldWrite(
          form: .plain, entity: entity, field: name, values: influence(flow.values(of: entry)), fixed: [],
          location: location))
    }
  }

  /// What is spread as a whole: mappings, and the mappings that a display spreads.
  ///
  /// Keys behind a spread win over it; the step `-key` says so (as for `model_dump(exclude=…)`).
  private func whole(_ values: [FlowValue], depth: Int = 4) -> [FlowValue] {
    var result: [FlowValue] = []
    for value in values {
      switch value.root {
      case .made(let place) where place.module == flow.module.id && tree.kind(place.node) == .dict && depth > 0:
        let parts = tree.dict(place.node)
        var fixed: [String] = []
        for (key, entry) in zip(tree[parts.keys], tree[parts.values]).reversed() {
          if key.isNone {
            result.merge(without(fixed, whole(flow.values(of: entry), depth: depth - 1)))
          } else if let name = tree.stringValue(key) {
            fixed.append(name)
          }
        }
        for addition in flow.additions(to: place.node) where addition.step == "**" {
          result.merge(flow.values(of: addition.value))
        }
      case .made(let place) where place.module == flow.module.id && tree.kind(place.node) == .dictComp:
        result.merge(mapping(of: flow.values(of: tree.dictComprehension(place.node).value)))
      case .call(let place) where place.module == flow.module.id && depth > 0:
        // A model that was filled from a mapping, and is spread in turn.
        guard value.path.isEmpty, let call = flow.call(at: place.node), call.function == nil,
          call.constructedClass != nil
        else {
          result.merge([value])
          continue
        }
        let fixed = call.arguments.compactMap(\.name)
        for argument in call.arguments where argument.form == .doubleStarred {
          result.merge(without(fixed, whole(flow.values(of: argument.node), depth: depth - 1)))
        }
      default: result.merge([value])
      }
    }
    return result
  }

  private func without(_ names: [String], _ values: [FlowValue]) -> [FlowValue] {
    names.isEmpty ? values : values.map { $0.appending(FlowName("-" + names.joined(separator: "-"))) }
  }

  // MARK: Objects

  /// An update or delete of an object that was loaded before is of what the load chose.
  private mutating func inheritSelectors() {
    // From the loads as they are in the code: what one inherits is not handed on, which would double each time.
    let loads = summary.accesses
    for index in summary.accesses.indices where loads[index].selectors.isEmpty {
      let object = summary.accesses[index].object
      for (other, load) in loads.enumerated() where other != index && !load.selectors.isEmpty {
        guard object.contains(where: { value in load.object.contains { $0.root == value.root && !isParameter($0) } })
        else { continue }
        for selector in load.selectors
        where summary.accesses[index].selectors.count < SummaryBuilder.selectorLimit
          && !summary.accesses[index].selectors.contains(selector)
        {
          summary.accesses[index].selectors.append(selector)
        }
        summary.accesses[index].choosers.merge(load.choosers)
        summary.accesses[index].partners.merge(load.partners)
        if summary.accesses[index].entity.isEmpty { summary.accesses[index].entity = load.entity }
        if summary.accesses[index].entityName.isEmpty { summary.accesses[index].entityName = load.entityName }
      }
    }
  }

  // MARK: Checks

  private mutating func readConditions() {
    for condition in flow.conditions {
      let counts = condition.isRefusing || holdsAccess(condition)
      guard counts else { continue }
      let raises =
        condition.exitIfTrue == .raises || condition.exitIfFalse == .raises
        || condition.kind == .branch
          && flow.raises.contains { node in
            let place = tree.range(node)
            return place.start >= tree.range(condition.test).end && place.end <= tree.range(condition.node).end
          }
      for atom in atoms(condition.test) {
        if let objects = testedForExistence(atom) {
          for index in summary.accesses.indices
          where summary.accesses[index].object.contains(where: { objects.contains($0.root) }) {
            summary.accesses[index].isRequired = true
          }
          continue
        }
        let groups = self.groups(atom)
        guard groups.contains(where: { !$0.isEmpty }) else { continue }
        if isDynamic(atom), isSkippable(condition.node) { continue }
        let values = groups.flatMap { $0 }
        let check = Check(
          groups: groups, raises: raises, isOpaque: isDynamic(atom), isRole: namesRole(atom, values),
          location: flow.module.location(atom))
        localChecks.append((check, condition.node))
      }
    }
  }

  /// The sides of a comparison, or what each argument brings to the call that decides; all in one where neither is.
  private func groups(_ atom: NodeID) -> [[FlowValue]] {
    var node = atom
    if tree.kind(node) == .await { node = tree.value(node) }
    switch tree.kind(node) {
    case .compare:
      let parts = tree.compare(node)
      return ([parts.left] + Array(tree[parts.comparators])).map { near(flow.values(of: $0)) }
    case .call:
      guard let call = flow.call(at: node), store.operation(call) == nil else { break }
      var arguments: [NodeID] = call.arguments.map(\.node)
      if !call.receiver.isNone { arguments.append(call.receiver) }
      if let function = call.function, let callee = builder.known(function), !callee.isEmpty {
        let bound = engine.bind(call, in: flow)
        let decisive = Set(callee.result.map(\.root))
        let groups = bound.filter { decisive.contains(.parameter(Definition(module: function.module, node: $0.key))) }
        return groups.sorted { $0.key < $1.key }.map { near($0.value) }
      }
      return arguments.map { near(flow.values(of: $0)) }
    default: break
    }
    return [near(flow.values(of: atom))]
  }

  /// What takes part in values without going through what was loaded or computed far away.
  private func near(_ values: [FlowValue]) -> [FlowValue] {
    var result: [FlowValue] = []
    var pending: [FlowValue] = Array(values.reversed())
    var seen: Set<FlowValue> = []
    while let value = pending.popLast(), result.count < FlowValue.setLimit {
      guard seen.insert(value).inserted else { continue }
      switch value.root {
      case .made(let place) where place.module == flow.module.id:
        pending += expansion(of: place.node) { flow.parts(of: place.node).map(\.derived) }
      case .call(let place) where place.module == flow.module.id:
        result.append(value)
        guard let call = flow.call(at: place.node) else { continue }
        if let label = outside.label(of: call, builder) {
          result.append(FlowValue(.label(label), path: value.path, isDerived: value.isDerived))
        } else if call.constructedClass != nil || AnswerTraits.picks.contains(call.name) && call.function == nil {
          pending += engine.inputs(of: call, in: flow).map(\.derived)
        } else if store.operation(call) == nil {
          if call.function != nil {
            pending += inputs(of: call).map(\.derived)
          } else if call.target == nil || FieldNames.isCheck(call.name) || call.name.first?.isUppercase == true {
            if FieldNames.isCheck(call.name) { pending += engine.inputs(of: call, in: flow).map(\.derived) }
          }
        }
      default: result.append(value)
      }
    }
    return result
  }

  /// The objects that a test asks for their existence alone (`if not item`, `item is None`); nil for other tests.
  private func testedForExistence(_ atom: NodeID) -> Set<FlowValue.Root>? {
    var subject = atom
    if tree.kind(atom) == .compare {
      let parts = tree.compare(atom)
      guard let right = tree[parts.comparators].first, tree.kind(right) == .constant,
        tree.constantKind(right) == .none
      else { return nil }
      subject = parts.left
    }
    switch tree.kind(subject) {
    case .name, .namedExpr, .await, .call, .subscript: break
    default: return nil
    }
    let values = sources(of: flow.values(of: subject)).filter { $0.path.isEmpty && !$0.isDerived }
    let roots = Set(values.map(\.root))
    let isObject = summary.accesses.contains { access in
      access.strength == .form && access.object.contains { roots.contains($0.root) && !isParameter($0) }
    }
    return isObject ? roots : nil
  }

  /// True when the function goes back before the check for reasons that have nothing to do with the caller: the check
  /// is an option that nobody needs to set.
  private func isSkippable(_ node: NodeID) -> Bool {
    flow.conditions(before: node).contains { condition, _ in
      guard case .returns(let value)? = condition.exitIfTrue,
        value.isNone || tree.kind(value) == .constant && tree.constantKind(value) != .false
      else { return false }
      let test = tree.text(condition.test)
      return test.hasSuffix(" is None") || test.hasPrefix("not ")
    }
  }

  private func isNoise(_ value: FlowValue) -> Bool { if case .made = value.root { true } else { false } }

  /// True when what the condition guards reads or changes an object, so that failing it leaves that out.
  private func holdsAccess(_ condition: FlowCondition) -> Bool {
    guard condition.kind == .branch || condition.kind == .loop || condition.kind == .expression else { return false }
    let range = tree.range(condition.node)
    let test = tree.range(condition.test)
    return places.contains { node in
      let place = tree.range(node)
      return place.start >= test.end && place.end <= range.end
    }
      || flow.raises.contains { node in
        let place = tree.range(node)
        return place.start >= test.end && place.end <= range.end
      }
      || flow.returns.contains { node in
        let place = tree.range(node)
        return place.start >= test.end && place.end <= range.end
      }
  }

  /// The parts of a test that `and`, `or` and `not` join.
  private func atoms(_ test: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    var pending = [test]
    while let next = pending.popLast(), result.count < 24 {
      switch tree.kind(next) {
      case .boolOp: pending += tree[tree.boolOp(next).values].reversed()
      case .unaryOp where tree.unaryOp(next).op == .not: pending.append(tree.unaryOp(next).operand)
      case .name:
        // A flag that was computed before.
        let origins = flow.semantics.origins(of: next).filter { $0 != next }
        let tests = origins.filter { [.compare, .boolOp, .unaryOp].contains(tree.kind($0)) }
        if tests.isEmpty || tests.count != origins.count { result.append(next) } else { pending += tests }
      default: result.append(next)
      }
    }
    return result
  }

  /// True when a call that can't be followed, and whose name does not speak of a check, decides.
  private func isDynamic(_ atom: NodeID) -> Bool {
    for value in flow.values(of: atom) {
      guard case .call(let place) = value.root, place.module == flow.module.id, value.path.isEmpty,
        let call = flow.call(at: place.node), !call.isSubscript
      else { continue }
      if call.target == nil, call.function == nil, !FieldNames.isCheck(call.name), store.operation(call) == nil {
        return true
      }
    }
    return false
  }

  private func namesRole(_ atom: NodeID, _ values: [FlowValue]) -> Bool {
    if tree.kind(atom) == .compare {
      let parts = tree.compare(atom)
      for side in [parts.left] + Array(tree[parts.comparators]) {
        guard let constant = flow.semantics.constant(of: side) else { continue }
        let names = constant.elements?.compactMap(\.string) ?? constant.string.map { [$0] } ?? []
        // A test that every account passes decides nothing.
        if names.contains(where: FieldNames.isEveryone) { return false }
      }
    }
    if values.contains(where: { $0.path.steps.contains { FieldNames.isRole($0.text) } }) { return true }
    return FieldNames.isRoleCheck(tree.text(atom))
  }

  private mutating func joinChecks() {
    for index in summary.accesses.indices {
      let node = places[index]
      var access = summary.accesses[index]
      let before = Set(flow.conditions(before: node).map(\.condition.node))
      for (check, place) in localChecks {
        for (index, group) in check.groups.enumerated() {
          let isRelated = group.contains { value in
            access.object.contains { $0.root == value.root && !isShared($0) }
          }
          guard isRelated else { continue }
          access.isRequired = true
          if check.isOpaque {
            if access.guards.count < SummaryBuilder.guardLimit, !access.guards.contains(check) {
              access.guards.append(check)
            }
            continue
          }
          let others =
            check.groups.count == 1
            ? group : check.groups.indices.filter { $0 != index }.flatMap { check.groups[$0] }
          access.partners.merge(others.filter { value in !access.object.contains { $0.root == value.root } })
        }
        let precedes = before.contains(place) || check.raises && tree.range(place).end <= tree.range(node).start
        if precedes, access.guards.count < SummaryBuilder.guardLimit, !access.guards.contains(check) {
          access.guards.append(check)
        }
      }
      summary.accesses[index] = access
    }
    for (check, _) in localChecks where summary.checks.count < SummaryBuilder.limit && !summary.checks.contains(check) {
      summary.checks.append(check)
    }
    // A later load may carry the check of an earlier object that it was taken from.
    inheritPartners()
  }

  /// Parameters such as sessions are no objects.
  private func isShared(_ value: FlowValue) -> Bool { if case .global = value.root { true } else { false } }

  private mutating func inheritPartners() {
    for index in summary.accesses.indices {
      for other in summary.accesses.indices where other != index {
        let load = summary.accesses[other]
        guard !load.partners.isEmpty,
          summary.accesses[index].object.contains(where: { value in
            load.object.contains { $0.root == value.root && !isParameter($0) }
          })
        else { continue }
        summary.accesses[index].partners.merge(load.partners)
      }
    }
  }

  // MARK: Result

  private mutating func readResult() {
    var values: [FlowValue] = []
    var hasConstant = false
    for node in flow.returns + flow.yields {
      let found = flow.values(of: node)
      if tree.kind(node) == .constant { hasConstant = true }
      values.merge(found)
    }
    let all = rawInfluence(values)
    for index in summary.accesses.indices {
      if summary.accesses[index].object.contains(where: { value in all.contains { $0.root == value.root } }) {
        summary.accesses[index].isReturned = true
      }
    }
    var result = all
    if hasConstant {
      for condition in flow.conditions where condition.isRefusing {
        for value in rawInfluence(flow.values(of: condition.test)) where !result.contains(value) {
          result.append(value)
        }
      }
    }
    summary.result = result
  }

  // MARK: Influence

  /// Everything from outside that takes part in values, through the results of the functions that were called.
  private func influence(_ values: [FlowValue]) -> [FlowValue] {
    rawInfluence(values).filter { if case .made = $0.root { false } else { true } }
  }

  private func rawInfluence(_ values: [FlowValue]) -> [FlowValue] {
    guard !values.isEmpty else { return [] }
    if let known = memory.influences[values] { return known }
    let result = makeInfluence(values)
    memory.influences[values] = result
    return result
  }

  private func makeInfluence(_ values: [FlowValue]) -> [FlowValue] {
    var result: [FlowValue] = []
    var seen: Set<FlowValue> = []
    var pending: [FlowValue] = Array(values.reversed())
    var expanded: Set<FlowValue.Root> = []
    while let value = pending.popLast(), result.count < 2 * FlowValue.setLimit {
      guard seen.insert(value).inserted else { continue }
      result.append(value)
      switch value.root {
      case .made(let place) where place.module == flow.module.id && expanded.insert(value.root).inserted:
        pending += flow.parts(of: place.node).map(\.derived)
      case .call(let place) where place.module == flow.module.id && expanded.insert(value.root).inserted:
        guard let call = flow.call(at: place.node) else { continue }
        if let label = outside.label(of: call, builder) {
          result.append(FlowValue(.label(label), path: value.path, isDerived: value.isDerived))
          continue
        }
        pending += expansion(of: place.node) { inputs(of: call).map(\.derived) }
      default: continue
      }
    }
    return result
  }

  /// What takes part in the value that a node makes, worked out once a function.
  private func expansion(of node: NodeID, _ make: () -> [FlowValue]) -> [FlowValue] {
    if let known = memory.expansions[node] { return known }
    let result = make()
    memory.expansions[node] = result
    return result
  }

  /// What takes part in the result of a call: for code that can be followed what it says, else everything given.
  private func inputs(of call: FlowCall) -> [FlowValue] {
    guard call.constructedClass == nil, let function = call.function, let callee = builder.known(function),
      !callee.isEmpty
    else { return engine.inputs(of: call, in: flow) }
    let lifter = Lifter(engine: engine, flow: flow, bound: engine.bind(call, in: flow), callee: function)
    return lifter.lift(callee.result)
  }

  // MARK: Closing

  /// Leaves only values that mean something to callers.
  private mutating func close() {
    for index in summary.accesses.indices {
      summary.accesses[index].choosers = outer(summary.accesses[index].choosers)
      summary.accesses[index].partners = outer(influence(summary.accesses[index].partners))
      summary.accesses[index].object = outer(summary.accesses[index].object)
      summary.accesses[index].entity = outer(influence(summary.accesses[index].entity))
      summary.accesses[index].selectors = summary.accesses[index].selectors.map {
        .init(column: $0.column, values: outer(influence($0.values)))
      }
      summary.accesses[index].guards = summary.accesses[index].guards.map(closed)
    }
    summary.checks = summary.checks.map(closed)
    for index in summary.writes.indices {
      summary.writes[index].entity = outer(summary.writes[index].entity)
      let values = summary.writes[index].values
      summary.writes[index].values = outer(
        summary.writes[index].form == .spread ? labelled(values) : influence(values))
    }
    for index in summary.opaque.indices { summary.opaque[index].values = outer(summary.opaque[index].values) }
    summary.result = outer(summary.result)
  }

  private func closed(_ check: Check) -> Check {
    if let known = memory.closed[ObjectIdentifier(check)] { return known.result }
    let result = check.mapped { outer(influence($0)) }
    memory.closed[ObjectIdentifier(check)] = (check, result)
    return result
  }

  private func outer(_ values: [FlowValue]) -> [FlowValue] { values.filter(\.isOutside) }

  /// Calls that read the request are its values; other results are dropped.
  private func labelled(_ values: [FlowValue]) -> [FlowValue] {
    values.map { value in
      if case .call(let place) = value.root, let call = flow.call(at: place.node),
        let label = outside.label(of: call, builder)
      {
        return FlowValue(.label(label), path: value.path, isDerived: value.isDerived)
      }
      return value
    }
  }
}

/// Says facts of a callee in terms of its caller.
struct Lifter {
  let engine: FlowEngine
  let flow: FunctionFlow
  let bound: [NodeID: [FlowValue]]
  let callee: Definition

  private let memory = Memory()

  /// What values became before: the accesses of one callee share most of theirs.
  private final class Memory {
    var lists: [[FlowValue]: [FlowValue]] = [:]
    var checks: [ObjectIdentifier: (check: Check, result: Check)] = [:]
  }

  init(engine: FlowEngine, flow: FunctionFlow, bound: [NodeID: [FlowValue]], callee: Definition) {
    self.engine = engine
    self.flow = flow
    self.bound = bound
    self.callee = callee
  }

  func lift(_ values: [FlowValue]) -> [FlowValue] {
    guard !values.isEmpty else { return [] }
    if let known = memory.lists[values] { return known }
    var result: [FlowValue] = []
    for value in values { result.merge(engine.substitute(value, bound, callee: callee, in: flow)) }
    memory.lists[values] = result
    return result
  }

  func lift(_ check: Check) -> Check {
    if let known = memory.checks[ObjectIdentifier(check)] { return known.result }
    let result = check.mapped { lift($0) }
    memory.checks[ObjectIdentifier(check)] = (check, result)
    return result
  }

  func lift(_ access: Access) -> Access {
    var result = access
    result.entity = lift(access.entity)
    result.selectors = access.selectors.map { .init(column: $0.column, values: lift($0.values)) }
    result.choosers = lift(access.choosers)
    result.partners = lift(access.partners)
    result.object = lift(access.object)
    result.guards = access.guards.map { lift($0) }
    return result
  }
}
