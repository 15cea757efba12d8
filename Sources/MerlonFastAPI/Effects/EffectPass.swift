import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Fills in what the operations of a model do, once its routes and guards are known.
struct EffectPass {
  private let program: Program
  private let options: APIReaderOptions
  private let index: CallableIndex

  init(program: Program, options: APIReaderOptions) {
    self.program = program
    self.options = options
    index = CallableIndex(program)
  }

  func apply(to model: inout APIModel) {
    let principals = principalSources(model)
    let reader = EffectReader(
      program: program, models: options.models, ownerFields: options.ownerFields,
      isPrincipalSource: { principals.contains($0) })
    var handlers: Set<Definition> = []
    for application in model.applications.indices {
      var lists: [[EffectFacts.OpenList]] = []
      for route in model.applications[application].routes.indices {
        lists.append(fill(&model.applications[application].routes[route], reader, &handlers))
      }
      SiblingTraits.add(to: &model.applications[application].routes, lists)
    }
    let loose = LooseHandlers(program: program, index: index, reader: reader)
    model.looseFlows = loose.flows(known: handlers)
    let known = model.applications.flatMap { $0.routes.flatMap(\.flows) } + model.looseFlows.map(\.flow)
    model.looseFlows += loose.ownFlows(known: known)
    model.limits += reader.taint.limits
  }

  /// Fills in one route and notes its handler; answers with its open lists.
  private func fill(_ route: inout Route, _ reader: EffectReader, _ handlers: inout Set<Definition>)
    -> [EffectFacts.OpenList]
  {
    guard let endpoint = route.endpoint, let definition = index.function(endpoint, kind: .function) else { return [] }
    handlers.insert(definition)
    guard route.kind == .http || route.kind == .websocket || route.kind == .starlette else { return [] }
    let dependencies = route.dependencies.enumerated().map { position, dependency in
      callable(dependency, position, route)
    }
    let own = EffectCallable(
      definition: definition,
      roles: roles(definition, fullName: endpoint.fullName, parent: nil, route, keepsFirst: route.kind == .starlette))
    var response = EffectResponse(
      model: route.response.model, isWebSocket: route.kind == .websocket,
      isAuthenticated: dependencies.contains(where: \.enforcesAuthentication))
    response.needsScopes = route.dependencies.contains { !$0.scopes.isEmpty }
    let facts = reader.read(endpoint: own, dependencies: dependencies, response: response)
    route.effects = facts.effects
    route.objectAccesses = facts.objectAccesses
    route.traits += facts.traits
    route.flows = facts.flows.filter { canHoldText($0, route) }
    // Guards tell what code compares with the caller; that a query is bound to the caller is only known here.
    if route.access.level == .authenticated, isOwned(route.objectAccesses) { route.access.level = .owner }
    return facts.openLists
  }

  /// Numbers, UUIDs, dates and closed sets hold nothing that does harm as text.
  private func canHoldText(_ flow: TaintFlow, _ route: Route) -> Bool {
    guard let place = flow.place else { return true }
    let parts = flow.source.split(separator: ".", maxSplits: 1)
    guard let parameter = route.parameters.first(where: { $0.place == place && $0.name == parts.first ?? "" }) else {
      // What code reads from the request by name is text, and has no parts.
      return parts.count == 1 || ![.header, .cookie, .query, .path].contains(place)
    }
    // A pattern that names its characters lets nothing else through.
    if let pattern = parameter.constraints["pattern"]?.string, !pattern.contains(".*"), !pattern.contains(".+") {
      return false
    }
    if flow.sink == .amount {
      return parts.count > 1 || parameter.constraints["le"] == nil && parameter.constraints["lt"] == nil
    }
    switch parameter.content {
    case .text where flow.sink == .nosql: return false
    case .number, .boolean, .identifier, .closedSet, .date: return false
    // A part of a text is no text of the caller's: an object was looked up with it.
    case .text: return parts.count == 1
    case .file, .model, .collection, .anything: return true
    }
  }

  /// Whether the caller takes part in choosing or checking every object that the request names.
  private func isOwned(_ accesses: [ObjectAccess]) -> Bool {
    let tied: Set<ObjectAccess.Tie> = [.queried, .compared, .checkedByDependency]
    return accesses.contains { tied.contains($0.tie) }
      && accesses.allSatisfy { tied.contains($0.tie) || $0.tie == .own }
  }

  private func callable(_ dependency: Dependency, _ position: Int, _ route: Route) -> EffectCallable {
    let facts = dependency.guardFacts
    let definition = index.function(dependency.callable, kind: dependency.kind)
    var result = EffectCallable(
      definition: definition ?? Definition(module: ModuleID(.max), node: .none), roles: [:],
      returnsPrincipal: isPrincipal(position, route),
      enforcesRole: facts.map {
        $0.enforces.contains(.authorization) && !$0.requirements.contains(where: FieldNames.isEveryone)
      } ?? false,
      enforcesAuthentication: facts.map {
        !$0.enforces.isDisjoint(with: [.authentication, .authorization, .ownership])
      }
        ?? PrincipalNames.namesPrincipal(position, route))
    if let definition {
      result.roles = roles(
        definition, fullName: dependency.callable.fullName, parent: position, route, keepsFirst: false)
    }
    for parameter in route.parameters where parameter.declaredBy == dependency.callable.fullName {
      result.fields[parameter.name] = .client(parameter.place, parameter.name)
    }
    return result
  }

  /// What each parameter of a callable receives.
  private func roles(
    _ definition: Definition, fullName: String, parent: Int?, _ route: Route, keepsFirst: Bool
  ) -> [NodeID: EffectRole] {
    guard let module = program.module(definition.module) else { return [:] }
    let semantics = program.semantics(of: module)
    let tree = module.tree
    var result: [NodeID: EffectRole] = [:]
    for (position, node) in index.parameters(definition, module).enumerated() {
      let name = tree.text(tree.arg(node).name)
      let children = route.dependencies.indices.filter {
        route.dependencies[$0].parent == parent && route.dependencies[$0].parameter == name
      }
      if let child = children.first {
        result[node] = isPrincipal(child, route) ? .principal : .dependency(child)
      } else if let parameter = route.parameters.first(where: { $0.name == name && $0.declaredBy == fullName }) {
        result[node] = .client(parameter.place, name)
      } else if isConnection(tree.arg(node).annotation, semantics) || keepsFirst && position == 0 {
        result[node] = .connection
      }
    }
    return result
  }

  /// True when a dependency gives who is calling: it was seen to, or it authenticates and is named so. What a guard
  /// hands out can come through helpers that lose the trace.
  private func isPrincipal(_ position: Int, _ route: Route) -> Bool {
    guard let facts = route.dependencies[position].guardFacts else {
      return PrincipalNames.namesPrincipal(position, route)
    }
    if facts.returnsPrincipal { return true }
    // Where it could not be told what a dependency does, its name is all there is.
    let isUnread = facts.enforces.isEmpty && facts.gaps.isEmpty && !facts.isOptional
    return (facts.enforces.contains(.authentication) || isUnread) && PrincipalNames.namesPrincipal(position, route)
  }

  private func isConnection(_ annotation: NodeID, _ semantics: Semantics) -> Bool {
    guard !annotation.isNone else { return false }
    return semantics.annotationTypes(annotation).contains(where: program.isConnection)
  }

  private func principalSources(_ model: APIModel) -> Set<Definition> {
    var result: Set<Definition> = []
    for application in model.applications {
      for route in application.routes {
        for (position, dependency) in route.dependencies.enumerated() where isPrincipal(position, route) {
          if let definition = index.function(dependency.callable, kind: dependency.kind) { result.insert(definition) }
        }
      }
    }
    return result
  }
}

extension Program {
  /// True for the request or WebSocket object, which the framework hands to a parameter of that type.
  func isConnection(_ type: TypeReference) -> Bool {
    ["starlette.requests.Request", "starlette.websockets.WebSocket", "starlette.requests.HTTPConnection"].contains {
      isSubclass(type, of: $0)
    }
  }
}

/// Finds the code of callables that the model names.
struct CallableIndex {
  private let program: Program
  private let modules: [String: ModuleID]

  init(_ program: Program) {
    self.program = program
    modules = Dictionary(program.modules.map { ($0.path, $0.id) }, uniquingKeysWith: { first, _ in first })
  }

  /// The function that runs: for a class its `__init__`, for an instance the `__call__` of its class.
  func function(_ reference: CodeReference, kind: Dependency.Kind) -> Definition? {
    guard let location = reference.location, let id = modules[location.path], let module = program.module(id) else {
      return nil
    }
    for scope in module.scopes where scope.kind == .function || scope.kind == .class {
      guard module.tree.range(scope.node) == location.range else { continue }
      if scope.kind == .function { return Definition(module: id, node: scope.node) }
      return method(kind == .instance ? "__call__" : "__init__", of: Definition(module: id, node: scope.node))
    }
    for scope in module.scopes where scope.kind == .lambda && module.tree.range(scope.node) == location.range {
      return Definition(module: id, node: scope.node)
    }
    return nil
  }

  private func method(_ name: String, of definition: Definition) -> Definition? {
    for reference in program.classOrder(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module),
        let scope = module.scope(openedBy: owner.node), let symbol = module.symbol(named: name, in: scope),
        module[symbol].scope == scope, let binding = module.bindings(of: symbol).last, binding.kind == .function
      else { continue }
      return Definition(module: owner.module, node: binding.node)
    }
    return nil
  }

  func parameters(_ definition: Definition, _ module: Module) -> [NodeID] {
    let tree = module.tree
    let kind = tree.kind(definition.node)
    let parts = tree.arguments(
      kind == .lambda ? tree.lambda(definition.node).arguments : tree.functionDef(definition.node).arguments)
    return Array(tree[parts.positionalOnly]) + Array(tree[parts.positional]) + Array(tree[parts.keywordOnly])
  }
}

/// What names of dependencies tell while nothing is known of what they enforce.
enum PrincipalNames {
  private static let words = [
    "user", "principal", "identity", "account", "claims", "auth", "token", "jwt", "admin", "member", "login",
    "credential", "api_key", "apikey", "session_data",
  ]
  private static let others = ["db", "repo", "service", "client", "settings", "store", "config", "filter", "limit"]

  static func namesPrincipal(_ position: Int, _ route: Route) -> Bool {
    let dependency = route.dependencies[position]
    guard dependency.parameter != nil || dependency.isSecurityScheme else { return false }
    if dependency.isSecurityScheme || needsScheme(position, route) { return true }
    let name = (dependency.callable.qualifiedName.split(separator: ".").last.map(String.init) ?? "").lowercased()
    let text = name + " " + (dependency.parameter ?? "").lowercased()
    return words.contains { text.contains($0) } && !others.contains { name.contains($0) }
  }

  /// True when a security scheme stands below a dependency: what it gives was made of a credential.
  private static func needsScheme(_ position: Int, _ route: Route) -> Bool {
    for (index, other) in route.dependencies.enumerated() where index > position && other.isSecurityScheme {
      var parent = other.parent
      while let next = parent, next >= position {
        if next == position { return true }
        parent = route.dependencies[next].parent
      }
    }
    return false
  }
}
