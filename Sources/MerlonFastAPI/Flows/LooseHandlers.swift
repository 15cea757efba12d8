import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Handlers that no application of the project was seen to serve: libraries register them on the applications of
/// others, and some code registers them in ways that can't be followed.
struct LooseHandlers {
  let program: Program
  let index: CallableIndex
  let reader: EffectReader

  private static let methods: Set<String> = [
    "get", "post", "put", "patch", "delete", "api_route", "route", "websocket",
  ]

  /// Flows of the handlers that are not among the known ones.
  func flows(known: Set<Definition>) -> [LooseFlow] {
    var result: [LooseFlow] = []
    program.noteQuestion(APIQuestions.looseHandlers)
    for module in Self.modules(of: program) {
      program.noteLook(at: module)
      for scope in module.scopes where scope.kind == .function {
        let definition = Definition(module: module.id, node: scope.node)
        guard !known.contains(definition) else { continue }
        let callable: EffectCallable
        if let request = Middlewares.request(of: scope.node, module) {
          callable = EffectCallable(definition: definition, roles: [request: .connection])
        } else if let entry = Self.entry(scope.node, module) {
          callable = EffectCallable(definition: definition, roles: roles(definition, module, entry))
        } else {
          continue
        }
        let operation = OperationReader(reader: reader, endpoint: callable, dependencies: [])
        for flow in FlowReader(operation: operation, builder: reader.taint).flows() where result.count < 200 {
          result.append(
            LooseFlow(
              function: module.qualifiedName(ofScopeAt: scope.node), location: module.location(scope.node), flow: flow))
        }
      }
    }
    return result
  }

  /// Flows from sources that only the project's models know, in whatever code: a queue or a file is read by no handler.
  func ownFlows(known: [TaintFlow]) -> [LooseFlow] {
    let kinds = reader.models.ownSourceKinds
    guard !kinds.isEmpty else { return [] }
    var seen = Set(known.map { Place(sink: $0.sink, location: $0.location) })
    var result: [LooseFlow] = []
    for module in program.modules where module.role == .production {
      // Any function can call such a source.
      program.noteLook(at: module)
      for scope in module.scopes where scope.kind == .function {
        let definition = Definition(module: module.id, node: scope.node)
        let operation = OperationReader(
          reader: reader, endpoint: EffectCallable(definition: definition, roles: [:]), dependencies: [])
        for flow in FlowReader(operation: operation, builder: reader.taint).flows() {
          guard let origin = flow.origin, kinds.contains(origin), result.count < 200,
            seen.insert(Place(sink: flow.sink, location: flow.location)).inserted
          else { continue }
          result.append(
            LooseFlow(
              function: module.qualifiedName(ofScopeAt: scope.node), location: module.location(scope.node), flow: flow))
        }
      }
    }
    return result
  }

  private struct Place: Hashable {
    let sink: SinkKind
    let location: SourceLocation
  }

  /// Who calls a function that is no operation.
  private enum Entry {
    /// Something that looks like a handler.
    case handler
    /// A resolver of GraphQL, or a handler of Socket.IO.
    case resolver
    /// A tool that a language model calls.
    case tool
  }

  private static func entry(_ node: NodeID, _ module: Module) -> Entry? {
    if isHandler(node, module) { return .handler }
    let tree = module.tree
    for decorator in tree[tree.functionDef(node).decorators] {
      let name = tree.text(tree.kind(decorator) == .call ? tree.call(decorator).function : decorator)
      switch name {
      case "strawberry.field", "strawberry.mutation", "strawberry.subscription", "query.field", "mutation.field",
        "sio.event", "sio.on":
        return .resolver
      case "tool", "function_tool", "mcp.tool", "server.tool", "agent.tool", "agent.tool_plain": return .tool
      default: continue
      }
    }
    return nil
  }

  /// Modules of production code with what looks like a handler, a resolver, a tool or a middleware.
  static func modules(of program: Program) -> [Module] {
    program.modules.filter { module in
      module.role == .production
        && module.scopes.contains {
          $0.kind == .function && (entry($0.node, module) != nil || Middlewares.request(of: $0.node, module) != nil)
        }
    }
  }

  /// `@anything.get("/path")`.
  private static func isHandler(_ node: NodeID, _ module: Module) -> Bool {
    let tree = module.tree
    return tree[tree.functionDef(node).decorators].contains { decorator in
      guard tree.kind(decorator) == .call else { return false }
      let call = tree.call(decorator)
      guard tree.kind(call.function) == .attribute,
        methods.contains(tree.text(tree.attribute(call.function).name)), let path = tree[call.arguments].first
      else { return false }
      switch tree.kind(path) {
      case .constant: return tree.stringValue(path)?.hasPrefix("/") ?? false
      case .joinedStr, .binOp: return tree.text(path).contains("/")
      default: return false
      }
    }
  }

  private func roles(_ definition: Definition, _ module: Module, _ entry: Entry) -> [NodeID: EffectRole] {
    let tree = module.tree
    let semantics = program.semantics(of: module)
    var result: [NodeID: EffectRole] = [:]
    let defaults = defaultValues(definition, module)
    for node in index.parameters(definition, module) {
      let annotation = tree.arg(node).annotation
      let name = tree.text(tree.arg(node).name)
      let spelled = annotation.isNone ? "" : tree.text(annotation)
      let given = defaults[node].map { tree.text($0) } ?? ""
      if name == "self" || name == "cls" || spelled.contains("Depends") || given.contains("Depends(")
        || given.contains("Security(")
      {
        continue
      }
      let types = annotation.isNone ? [] : semantics.annotationTypes(annotation)
      if types.contains(where: program.isConnection) {
        result[node] = .connection
      } else if spelled.contains("UploadFile") {
        result[node] = .client(.file, name)
      } else if spelled.isEmpty || spelled.contains("str") || spelled.contains("Path") || spelled.contains("dict") {
        switch entry {
        case .handler: result[node] = .client(.query, name)
        case .resolver: result[node] = name == "info" || name == "sid" ? .other : .client(.body, name)
        case .tool: result[node] = .outside(FlowWords.languageModel)
        }
      }
    }
    return result
  }

  private func defaultValues(_ definition: Definition, _ module: Module) -> [NodeID: NodeID] {
    let tree = module.tree
    let parts = tree.arguments(tree.functionDef(definition.node).arguments)
    let positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    var result: [NodeID: NodeID] = [:]
    for (node, value) in zip(positional.reversed(), tree[parts.defaults].reversed()) { result[node] = value }
    for (node, value) in zip(tree[parts.keywordOnly], tree[parts.keywordDefaults]) where !value.isNone {
      result[node] = value
    }
    return result
  }
}
