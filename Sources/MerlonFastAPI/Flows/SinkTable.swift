import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Tells which calls can do harm with what they are given.
///
/// Models of libraries say most of it, by concept and role; where the type of a receiver is not known, the names of
/// methods that mean one thing only stand in for them.
struct SinkTable {
  let models: LibraryModels

  struct Use {
    var sink: TaintFlow.Sink
    var callee: String
    var node: NodeID
  }

  func uses(of call: FlowCall, in flow: FunctionFlow) -> [Use] {
    guard !call.isSubscript else { return [] }
    let entity = call.target.flatMap { models.entity($0.qualifiedName) }
    guard call.function == nil, call.constructedClass == nil else {
      // Code of the project is read, but for what its own models say of it.
      return models.hasOwnFiles ? entity.map { marked(call, $0) } ?? [] : []
    }
    if let entity {
      let found = marked(call, entity) + modelled(call, entity, flow)
      if !found.isEmpty { return found }
      // A model that says nothing dangerous of it has the last word.
      if !entity.concepts.isDisjoint(with: Self.harmless) { return [] }
    }
    let found = named(call, flow)
    return found.isEmpty ? stores(call, flow) : found
  }

  // MARK: By model

  /// What parameters marked with `Sink("kind")` get.
  private func marked(_ call: FlowCall, _ entity: LibraryEntity) -> [Use] {
    entity.parameters.indices.flatMap { index in
      entity.parameters[index].sinks.flatMap { sink in
        arguments(at: index, of: call, entity).map { Use(sink: sink, callee: entity.name, node: $0) }
      }
    }
  }

  private func modelled(_ call: FlowCall, _ entity: LibraryEntity, _ flow: FunctionFlow) -> [Use] {
    let callee = entity.name
    func use(_ sink: TaintFlow.Sink, _ role: Role) -> [Use] {
      argument(role, of: call, entity).map { [Use(sink: sink, callee: callee, node: $0)] } ?? []
    }
    var result: [Use] = []
    for concept in entity.concepts {
      switch concept {
      case .openFile: result += use(call.opensForWriting(flow.tree) ? .fileWrite : .fileRead, "path")
      case .fileRead: result += use(.fileRead, "path")
      case .fileWrite: result += use(.fileWrite, "path") + use(.fileWrite, "target")
      case .httpRequest: result += use(.requestURL, "url")
      case .executeCommand: result += command(call, entity, flow)
      case .executeCode: result += use(.code, "code")
      case .templateFromString: if !isSandbox(call.receiver, flow) { result += use(.template, "source") }
      case .htmlResponse: result += use(.html, "content")
      case .redirectResponse: result += use(.redirect, "url")
      case .sqlText: result += use(.sql, "statement")
      case .patternCompile: result += use(.pattern, "pattern")
      case .unsafeDeserialize: result += use(.deserialize, "data")
      case .response: result += headers(argument("headers", of: call, entity), flow)
      case .loggerCall: result += logged(call, entity, flow)
      default: continue
      }
    }
    return result
  }

  /// Of a list only the program itself is a command, unless a shell reads it.
  private func command(_ call: FlowCall, _ entity: LibraryEntity, _ flow: FunctionFlow) -> [Use] {
    guard let node = argument("command", of: call, entity) else { return [] }
    let shell = argument("shell", of: call, entity)
    let usesShell = shell.map { flow.tree.kind($0) == .constant && flow.tree.constantKind($0) == .true } ?? false
    if flow.tree.kind(node) == .list || flow.tree.kind(node) == .tuple, !usesShell {
      let elements = Array(flow.tree.elements(node))
      return elements.first.map { [Use(sink: .command, callee: entity.name, node: $0)] } ?? []
    }
    return [Use(sink: .command, callee: entity.name, node: node)]
  }

  private func argument(_ role: Role, of call: FlowCall, _ entity: LibraryEntity) -> NodeID? {
    guard let index = entity.parameters.firstIndex(where: { $0.role == role }) else { return nil }
    return arguments(at: index, of: call, entity).first
  }

  /// What a call gives a parameter: one argument, or all that `*` and `**` parameters collect.
  func arguments(at index: Int, of call: FlowCall, _ entity: LibraryEntity) -> [NodeID] {
    let parameter = entity.parameters[index]
    let positional = call.arguments.prefix { $0.name == nil && $0.form == .plain }
    switch parameter.kind {
    case .variadic: return positional.dropFirst(index).map(\.node)
    case .keywordVariadic:
      let others = Set(entity.parameters.map(\.name))
      return call.arguments.filter { $0.name.map { !others.contains($0) } ?? false }.map(\.node)
    default:
      if let named = call.arguments.first(where: { $0.name == parameter.name }) { return [named.node] }
      guard parameter.kind != .keywordOnly, index < positional.count else { return [] }
      return [positional[positional.startIndex + index].node]
    }
  }

  /// Concepts of callables whose names mean something else elsewhere.
  private static let harmless: Set<Concept> = [
    .environmentValue, .loggerCall, .print, .fileRead, .fileWrite, .openFile,
  ]

  // MARK: By name

  private static let requests: Set<String> = [
    "get", "post", "put", "patch", "delete", "head", "options", "request", "stream", "build_request", "fetch",
    "ws_connect",
  ]

  private func named(_ call: FlowCall, _ flow: FunctionFlow) -> [Use] {
    func use(_ sink: TaintFlow.Sink, _ node: NodeID?) -> [Use] {
      node.map { [Use(sink: sink, callee: call.name, node: $0)] } ?? []
    }
    let first = call.arguments.first { $0.name == nil && $0.form == .plain }?.node
    func named(_ names: String...) -> NodeID? { call.arguments.first { $0.name.map(names.contains) ?? false }?.node }
    let hasReceiver = !call.receiver.isNone
    switch call.name {
    case "FileResponse": return use(.fileRead, named("path") ?? first)
    case "HTMLResponse": return use(.html, named("content") ?? first)
    case "RedirectResponse": return use(.redirect, named("url") ?? first)
    case "read_text", "read_bytes": return hasReceiver ? use(.fileRead, call.receiver) : []
    case "write_text", "write_bytes", "unlink", "rmdir", "touch":
      return hasReceiver ? use(.fileWrite, call.receiver) : []
    case "open" where hasReceiver && isPath(call.receiver, flow):
      return use(FlowCall(shifting: call).opensForWriting(flow.tree) ? .fileWrite : .fileRead, call.receiver)
    case "query_raw", "execute_raw", "query_first", "exec_driver_sql", "executescript":
      return !hasReceiver ? [] : use(.sql, named("query", "statement", "sql") ?? first)
    case "execute", "executemany", "fetch", "fetchrow", "fetchval", "fetchall", "fetch_all", "fetch_one", "raw":
      guard hasReceiver, let node = named("query", "statement", "sql") ?? first, isSQL(node, flow) else { return [] }
      return use(.sql, node)
    case "from_string" where hasReceiver && !isSandbox(call.receiver, flow):
      return use(.template, named("source") ?? first)
    case "getattr" where !hasReceiver && call.arguments.count == 2 && isCalled(call, flow):
      return use(.code, call.arguments[1].node)
    case let name where Self.requests.contains(name) && hasReceiver && isClient(call.receiver, flow):
      let url =
        named("url")
        ?? (name == "request" || name == "stream" || name == "build_request"
          ? call.arguments.dropFirst().first { $0.name == nil }?.node : first)
      return use(.requestURL, url)
    default: return []
    }
  }

  private static let words: [StaticString] = [
    "select ", "insert ", "update ", "delete ", " where ", "drop ", "create ", "alter ", " order by ", " from ",
  ]

  /// True for texts that are put together here and hold words of SQL.
  private func isSQL(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    flow.semantics.origins(of: node).contains { origin in
      [.joinedStr, .binOp, .call].contains(flow.tree.kind(origin))
        && WordSearch.contains(flow.tree.text(origin), anyOf: Self.words)
    }
  }

  /// `SandboxedEnvironment().from_string(…)`: who writes the template gets no further than its variables.
  private func isSandbox(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    guard !node.isNone else { return false }
    return (flow.semantics.origins(of: node) + [node]).contains { origin in
      flow.tree.kind(origin) == .call && flow.tree.text(flow.tree.call(origin).function).contains("Sandbox")
    }
  }

  private func isPath(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    if let type = flow.semantics.type(of: node)?.qualifiedName { return type.hasPrefix("pathlib.") }
    return flow.values(of: node).contains { $0.passed.contains(.path) }
  }

  /// `client.get(…)` on something whose name says that it speaks HTTP.
  private func isClient(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    if let type = flow.semantics.type(of: node)?.qualifiedName {
      return models.entity(type)?.concepts.contains(.httpClient) ?? false
    }
    let name: String
    switch flow.tree.kind(node) {
    case .name: name = flow.tree.text(flow.tree.nameID(node))
    case .attribute: name = flow.tree.text(flow.tree.attribute(node).name)
    default: return false
    }
    let lower = name.lowercased()
    return lower.contains("http") || lower == "client" || lower == "requests"
      || lower.hasSuffix("_client")
        && !["redis", "db", "mongo", "s3", "vector", "kafka", "prisma", "sql", "storage", "blob", "k8s", "docker"]
          .contains {
            lower.contains($0)
          }
  }

  /// True when what a call yields is called in turn.
  private func isCalled(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    let parent = flow.module.parent(of: call.node)
    if flow.tree.kind(parent) == .call, flow.tree.call(parent).function == call.node { return true }
    let own = FlowValue(.call(Definition(module: flow.module.id, node: call.node)))
    return flow.calls.contains { other in
      guard other.receiver.isNone, other.node != call.node, flow.tree.kind(other.node) == .call else { return false }
      let function = flow.tree.call(other.node).function
      return flow.tree.kind(function) == .name && flow.values(of: function).contains(own)
    }
  }
}

extension FlowCall {
  /// `path.open(mode)` read as `open(path, mode)`.
  init(shifting call: FlowCall) {
    self = call
    arguments.insert(FlowArgument(name: nil, node: call.receiver, form: .plain), at: 0)
  }
}
