import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Reads one operation: puts the request's values and the principal in place of the parameters.
struct OperationReader {
  let reader: EffectReader
  let endpoint: EffectCallable
  let dependencies: [EffectCallable]
  /// The client's values by label.
  private(set) var clients: [(place: Parameter.Place, name: String)] = []
  private(set) var frames: [Frame] = []
  private var started: Set<Int> = []

  /// A callable of the operation, with its facts in terms of the request.
  struct Frame {
    var callable: EffectCallable
    var flow: FunctionFlow
    var bound: [NodeID: [FlowValue]]
    var summary: Summary
    /// Position in the dependencies; nil for the endpoint.
    var position: Int?
    /// The client's values that choose the object of each access.
    var identifiers: [[Identifier]] = []
    var entities: [Entity?] = []
    /// True for accesses whose own query or check involves the principal.
    var isTied: [ObjectAccess.Tie?] = []
  }

  typealias Identifier = (place: Parameter.Place, name: String, column: String)

  /// What a value is to the operation.
  enum Meaning: Hashable {
    case principal
    case client(Parameter.Place, String)
  }

  init(reader: EffectReader, endpoint: EffectCallable, dependencies: [EffectCallable]) {
    self.reader = reader
    self.endpoint = endpoint
    self.dependencies = dependencies
    for (position, callable) in dependencies.enumerated() { addFrame(callable, position) }
    addFrame(endpoint, nil)
    for index in frames.indices {
      frames[index].entities = frames[index].summary.accesses.map { entity($0) }
      frames[index].identifiers = zip(frames[index].summary.accesses, frames[index].entities).map {
        identifiers($0, entity: $1)
      }
    }
    let ties = TieReader(operation: self)
    let direct = frames.map { frame in
      frame.summary.accesses.map { ties.direct($0, isDependency: frame.position != nil) }
    }
    for index in frames.indices { frames[index].isTied = direct[index] }
  }

  var endpointFrame: Frame? { frames.last.flatMap { $0.position == nil ? $0 : nil } }

  private mutating func addFrame(_ callable: EffectCallable, _ position: Int?) {
    if let position, !started.insert(position).inserted { return }
    // What a callable needs comes first.
    for case .dependency(let other) in callable.roles.values where other < dependencies.count {
      addFrame(dependencies[other], other)
    }
    guard let flow = reader.engine.flow(callable.definition) else { return }
    var bound: [NodeID: [FlowValue]] = [:]
    for (node, role) in callable.roles {
      switch role {
      case .principal: bound[node] = [FlowValue(.label(Label.principal))]
      case .connection: bound[node] = [FlowValue(.label(Label.request))]
      case .outside(let kind): bound[node] = [FlowValue(.label(reader.taint.sources.label(kind)))]
      case .client(let place, let name): bound[node] = [FlowValue(.label(label(place, name)))]
      case .dependency(let other):
        let isPrincipal = other < dependencies.count && dependencies[other].returnsPrincipal
        bound[node] =
          isPrincipal
          ? [FlowValue(.label(Label.principal))] : [FlowValue(.label(Label.firstDependency + UInt32(other)))]
        if let frame = frames.first(where: { $0.position == other }), !isPrincipal {
          for value in reader.engine.returnedParameters(frame.callable.definition) {
            bound[node]?.merge(lift([value], frame.bound, frame.flow, frame.callable.definition))
          }
        }
      case .other: continue
      }
    }
    let lifter = Lifter(engine: reader.engine, flow: flow, bound: bound, callee: callable.definition)
    var summary = reader.builder.summary(callable.definition)
    let ownLabel = position.map { FlowValue(.label(Label.firstDependency + UInt32($0))) }
    summary.accesses = summary.accesses.map { access in
      var lifted = lifter.lift(access)
      if access.isReturned, let ownLabel { lifted.object.merge([ownLabel]) }
      return lifted
    }
    summary.checks = summary.checks.map { lifter.lift($0) }
    summary.writes = summary.writes.map { write in
      var lifted = write
      lifted.entity = lifter.lift(write.entity)
      lifted.values = lifter.lift(write.values)
      return lifted
    }
    summary.opaque = summary.opaque.map {
      OpaqueCall(name: $0.name, values: lifter.lift($0.values), location: $0.location)
    }
    summary.result = lifter.lift(summary.result)
    frames.append(Frame(callable: callable, flow: flow, bound: bound, summary: summary, position: position))
  }

  private func lift(_ values: [FlowValue], _ bound: [NodeID: [FlowValue]], _ flow: FunctionFlow, _ callee: Definition)
    -> [FlowValue]
  {
    Lifter(engine: reader.engine, flow: flow, bound: bound, callee: callee).lift(values)
  }

  private mutating func label(_ place: Parameter.Place, _ name: String) -> UInt32 {
    let position = clients.firstIndex { $0 == (place, name) } ?? clients.count
    if position == clients.count { clients.append((place, name)) }
    return Label.firstClient + UInt32(position)
  }

  // MARK: Meaning

  func meaning(_ value: FlowValue) -> Meaning? {
    guard case .label(let label) = value.root else { return nil }
    switch label {
    case Label.principal: return .principal
    case Label.rawBody: return .client(.body, name("body", value.path.texts))
    case Label.request: return requestMeaning(value.path.texts)
    case Label.firstClient..<Label.firstDependency:
      let position = Int(label - Label.firstClient)
      guard position < clients.count else { return nil }
      return .client(clients[position].place, name(clients[position].name, value.path.texts))
    case Label.firstSource...: return nil
    default: return dependencyMeaning(Int(label - Label.firstDependency), value)
    }
  }

  private static let credentials: Set<String> = ["authorization", "x-api-key", "api-key", "x-auth-token"]

  private func requestMeaning(_ path: [String]) -> Meaning? {
    guard let first = path.first else { return nil }
    let rest = path.dropFirst().joined(separator: ".")
    switch first {
    case "path_params": return .client(.path, rest.isEmpty ? "path" : rest)
    case "query_params": return .client(.query, rest.isEmpty ? "query" : rest)
    // A credential speaks for who shows it.
    case "headers" where Self.credentials.contains(rest.lowercased()): return .principal
    case "headers": return .client(.header, rest.isEmpty ? "header" : rest)
    case "cookies": return .client(.cookie, rest.isEmpty ? "cookie" : rest)
    case "user", "auth", "session": return .principal
    case "app" where path.count > 2 && path[1] == "state": return stateMeaning(path[2])
    case "state":
      guard path.count > 1 else { return nil }
      if let found = stateMeaning(path[1]), case .client = found { return found }
      let name = path[1].lowercased()
      let words = [
        "user", "principal", "identity", "claims", "account", "tenant", "auth", "token", "current", "session",
      ]
      let isPrincipal = words.contains { name.contains($0) } && !name.contains("db") && !name.contains("factory")
      return isPrincipal ? .principal : nil
    default: return nil
    }
  }

  /// What a dependency, the operation itself or a middleware has put under a name of the state.
  private func stateMeaning(_ name: String) -> Meaning? {
    for value in stateValues(name) {
      if let meaning = meaning(value), case .client = meaning { return meaning }
    }
    return reader.middlewareState[name].map { .client($0.place, $0.name) }
  }

  /// A value of the state as what was put there, with what that has been through; others as they are.
  func behindState(_ value: FlowValue) -> [FlowValue] {
    guard case .label(Label.request) = value.root else { return [value] }
    let path = value.path.texts
    guard let name = path.first == "state" ? path.dropFirst().first : path.count > 2 ? path[2] : nil,
      path.first == "state" || path.first == "app" && path[1] == "state"
    else { return [value] }
    let values = stateValues(name)
    return values.isEmpty ? [value] : values.passing(value.passed)
  }

  private func stateValues(_ name: String) -> [FlowValue] {
    var result: [FlowValue] = []
    for frame in frames {
      for write in frame.flow.writes where write.name.text == name && frame.flow.isState(write.receiver) {
        let texts = TextOrigins(flow: frame.flow, builder: reader.taint)
        let values = lift(
          texts.origins(frame.flow.values(of: write.value)), frame.bound, frame.flow, frame.callable.definition)
        // A state that is made of itself says nothing.
        result.merge(
          values.filter { value in
            if case .label(Label.request) = value.root { value.path.head?.text != "state" } else { true }
          })
      }
    }
    return result
  }

  /// The result of a dependency: the part that names one of its own parameters is that, and what a principal took part
  /// in making speaks for the principal.
  private func dependencyMeaning(_ position: Int, _ value: FlowValue) -> Meaning? {
    if position < dependencies.count, let first = value.path.head?.text,
      case .client(let place, let own)? = dependencies[position].fields[first]
    {
      return .client(place, name(own, value.path.dropFirst.texts))
    }
    guard let frame = frames.first(where: { $0.position == position }) else { return nil }
    if let first = value.path.head?.text {
      for (node, role) in frame.callable.roles where frame.flow.parameterName(node) == first {
        switch role {
        case .client(let place, let own): return .client(place, name(own, value.path.dropFirst.texts))
        case .principal: return .principal
        default: continue
        }
      }
    }
    let isObject = frame.summary.accesses.contains(where: \.isReturned)
    guard !isObject else { return nil }
    return frame.summary.result.contains { if case .label(Label.principal) = $0.root { true } else { false } }
      ? .principal : nil
  }

  private func name(_ root: String, _ path: [String]) -> String {
    ([root] + path.filter { $0 != FlowValue.element.text && !$0.hasPrefix("-") && $0 != "{}" }).joined(separator: ".")
  }

  func hasPrincipal(_ values: [FlowValue]) -> Bool { values.contains { meaning($0) == .principal } }

  /// The client's values among others, by name.
  func clients(in values: [FlowValue]) -> [(place: Parameter.Place, name: String)] {
    var result: [(Parameter.Place, String)] = []
    for value in values {
      guard case .client(let place, let name) = meaning(value),
        !result.contains(where: { $0.0 == place && $0.1 == name })
      else { continue }
      result.append((place, name))
    }
    return result
  }

  func mentions(_ values: [FlowValue], _ parameter: String) -> Bool {
    values.contains { value in
      guard case .client(_, let name) = meaning(value) else { return false }
      return name == parameter
    }
  }

  // MARK: Effects

  func effects() -> [Effect] {
    var result: [Effect] = []
    for frame in frames {
      // What dependencies read to find the caller is not what the operation does.
      guard frame.position == nil || !frame.callable.returnsPrincipal else { continue }
      for effect in frame.summary.effects {
        let isKnown = result.contains {
          $0.kind == effect.kind && $0.target == effect.target
            && (!effect.target.isEmpty || $0.location == effect.location)
        }
        if !isKnown { result.append(effect) }
      }
      for access in frame.summary.accesses {
        let target = entityName(access)
        guard access.strength == .form else { continue }
        if let known = result.firstIndex(where: { $0.location == access.location && $0.target.isEmpty }) {
          result[known].target = target
        }
      }
    }
    guard result.count > Self.effectLimit else { return result }
    let nearest = result.indices.sorted { (result[$0].through.count, $0) < (result[$1].through.count, $1) }
    return nearest.prefix(Self.effectLimit).sorted().map { result[$0] }
  }

  /// Most effects that are told of one operation: the nearest, since what lies many calls away is rarely its purpose.
  private static let effectLimit = 24

  func entity(_ access: Access) -> Entity? {
    for value in access.entity {
      if case .global(let name) = value.root, let found = reader.entityTable[name] { return found }
    }
    return access.entityName.isEmpty
      ? nil : reader.entityTable[table: access.entityName] ?? reader.entityTable.named(access.entityName)
  }

  func entityName(_ access: Access) -> String { entity(access)?.name ?? access.entityName }

  // MARK: Objects

  func objectAccesses() -> [ObjectAccess] {
    let ties = TieReader(operation: self)
    var result: [ObjectAccess] = []
    for frame in frames {
      if frame.position != nil, frame.callable.returnsPrincipal { continue }
      for (index, access) in frame.summary.accesses.enumerated() {
        for selector in frame.identifiers[index] {
          let tie = ties.tie(of: index, selector: selector, frame: frame)
          let entity = frame.entities[index]
          var object = ObjectAccess(
            effect: access.kind, entity: entity?.name ?? access.entityName, parameter: selector.name,
            place: selector.place, tie: tie, location: access.location, steps: access.steps)
          object.ownerField = entity.flatMap { owner(of: $0) }
          object.isPrincipalEntity = entity?.isPrincipal ?? false
          object.isNameOnly = access.strength == .name
          add(object, to: &result)
        }
      }
    }
    return result
  }

  func openLists() -> [EffectFacts.OpenList] {
    guard let frame = endpointFrame else { return [] }
    let ties = TieReader(operation: self)
    var result: [EffectFacts.OpenList] = []
    for (index, access) in frame.summary.accesses.enumerated()
    where access.kind == .read && access.isList && access.strength == .form && frame.isTied[index] == nil {
      guard let entity = frame.entities[index], entity.ownerField != nil, frame.identifiers[index].isEmpty,
        !ties.isRoleGuarded(access)
      else { continue }
      let list = EffectFacts.OpenList(entity: entity.name, location: access.location)
      if !result.contains(list) { result.append(list) }
    }
    return result
  }

  private func owner(of entity: Entity) -> String? {
    if let own = entity.ownerField { return own }
    guard let parent = entity.parent, let field = reader.entityTable[parent]?.ownerField else { return nil }
    return (parent.split(separator: ".").last.map(String.init) ?? parent) + "." + field
  }

  /// One entry for each effect, entity and parameter: the first place, and the weakest tie among the places.
  private func add(_ object: ObjectAccess, to result: inout [ObjectAccess]) {
    guard
      let known = result.firstIndex(where: {
        $0.effect == object.effect && $0.parameter == object.parameter && $0.entity == object.entity
      })
    else {
      result.append(object)
      return
    }
    if object.tie == .none, result[known].tie != .none { result[known] = object }
  }

  /// The client's values that choose the object.
  private func identifiers(_ access: Access, entity: Entity?) -> [Identifier] {
    guard access.kind != .create else { return [] }
    // `self._providers.get(name)`: what an object keeps for itself is a mapping in memory more often than a store.
    if entity == nil, access.entityName.hasPrefix("_") { return [] }
    var result: [Identifier] = []
    for selector in access.selectors {
      let isKey = FieldNames.isKeyColumn(selector.column) || isKey(selector.column, entity)
      let found = clients(in: selector.values)
      for client in found where !result.contains(where: { $0.name == client.name }) {
        let last = client.name.split(separator: ".").last.map(String.init) ?? client.name
        let isNamed = FieldNames.isIdentifier(last)
        if isKey && (found.count == 1 || isNamed) || selector.column.isEmpty && isNamed {
          result.append((client.place, client.name, selector.column))
        } else if access.strength == .name, isNamed {
          result.append((client.place, client.name, selector.column))
        }
      }
    }
    return result
  }

  private func isKey(_ column: String, _ entity: Entity?) -> Bool {
    guard let entity, let found = entity.columns.first(where: { $0.name == column }) else {
      return false
    }
    return found.isPrimaryKey || found.isUnique || found.target != nil && !found.isRelation
  }
}
