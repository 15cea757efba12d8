import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// A parameter of a function.
struct GuardParameter {
  enum Kind { case plain, variadic, keywordVariadic }
  var name: String
  var node: NodeID
  var annotation: NodeID
  var defaultValue: NodeID
  var kind: Kind
  var isKeywordOnly = false
}

extension Module {
  /// The parameters of a function or lambda, in order.
  func guardParameters(of function: NodeID) -> [GuardParameter] {
    let arguments: NodeID
    switch tree.kind(function) {
    case .functionDef, .asyncFunctionDef: arguments = tree.functionDef(function).arguments
    case .lambda: arguments = tree.lambda(function).arguments
    default: return []
    }
    let parts = tree.arguments(arguments)
    let positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    let defaults = Array(tree[parts.defaults])
    var result: [GuardParameter] = []
    for (index, node) in positional.enumerated() {
      let offset = index - (positional.count - defaults.count)
      let argument = tree.arg(node)
      result.append(
        GuardParameter(
          name: tree.text(argument.name), node: node, annotation: argument.annotation,
          defaultValue: offset >= 0 && offset < defaults.count ? defaults[offset] : .none, kind: .plain))
    }
    if !parts.variadic.isNone {
      result.append(
        GuardParameter(
          name: tree.text(tree.arg(parts.variadic).name), node: parts.variadic, annotation: .none, defaultValue: .none,
          kind: .variadic))
    }
    for (node, value) in zip(tree[parts.keywordOnly], tree[parts.keywordDefaults]) {
      let argument = tree.arg(node)
      result.append(
        GuardParameter(
          name: tree.text(argument.name), node: node, annotation: argument.annotation, defaultValue: value,
          kind: .plain, isKeywordOnly: true))
    }
    if !parts.keywordVariadic.isNone {
      result.append(
        GuardParameter(
          name: tree.text(tree.arg(parts.keywordVariadic).name), node: parts.keywordVariadic, annotation: .none,
          defaultValue: .none, kind: .keywordVariadic))
    }
    return result
  }
}

extension FunctionReader {
  /// What the framework gives a parameter, with what is certain once it has.
  struct Injected {
    var value: GuardValue
    var worlds: GuardWorlds = .start
  }

  func bindParameters(_ arguments: [String: GuardValue], _ state: inout GuardState) {
    var parameters = module.guardParameters(of: function)
    if isMethod, let first = parameters.first, first.kind == .plain {
      receiverName = first.name
      if let symbol = symbol(of: first) {
        var value = receiver ?? GuardValue()
        if value.callables.isEmpty, let owner = module.methodClass(of: function) {
          value.callables = [.instance(place(owner), attributes: [:])]
        }
        state.variables[symbol] = value
      }
      parameters.removeFirst()
    }
    isWebSocket = parameters.contains { isType($0.annotation, .webSocket) || $0.name == "websocket" }
    for (position, parameter) in parameters.enumerated() {
      guard let symbol = symbol(of: parameter) else { continue }
      let value: GuardValue
      switch mode {
      case .helper: value = argument(parameter, arguments)
      case .dependency, .handler:
        guard parameter.kind == .plain else { continue }
        if let injected = injected(
          name: parameter.name, annotation: parameter.annotation, defaultValue: parameter.defaultValue,
          place: parameter.node)
        {
          if mode == .dependency { state.worlds = state.worlds.multiplied(injected.worlds) }
          value = injected.value
        } else {
          value = .unknown
        }
      case .dispatch:
        value = position == 0 ? GuardValue(.request) : position == 1 ? GuardValue(.next) : .unknown
      case .application:
        value = position == 0 ? GuardValue(.request) : .unknown
      case .wrapper:
        if parameter.kind != .plain {
          value = GuardValue(.keywords)
        } else if isRequest(parameter) {
          value = GuardValue(.request)
        } else {
          value = arguments[parameter.name] ?? keywordArgument(parameter.name)
        }
      }
      state.variables[symbol] = value
    }
    if mode == .wrapper { operationParameters = arguments }
  }

  private func argument(_ parameter: GuardParameter, _ arguments: [String: GuardValue]) -> GuardValue {
    if let known = arguments[parameter.name] {
      if known.labels.isEmpty, known.constant == nil, known.callables.isEmpty, isRequest(parameter) {
        return GuardValue(.request)
      }
      return known
    }
    if parameter.kind == .keywordVariadic { return GuardValue() }
    if isRequest(parameter) { return GuardValue(.request) }
    guard !parameter.defaultValue.isNone else { return .unknown }
    var state = GuardState()
    var value = evaluate(parameter.defaultValue, &state)
    if case .library = value.callables.first { value = .unknown }
    return value
  }

  private func symbol(of parameter: GuardParameter) -> SymbolID? {
    guard let scope = module.scope(openedBy: function) else { return nil }
    return module.symbol(named: parameter.name, in: scope)
  }

  var isMethod: Bool {
    guard tree.kind(function) == .functionDef || tree.kind(function) == .asyncFunctionDef,
      module.methodClass(of: function) != nil
    else { return false }
    return !tree[tree.functionDef(function).decorators].contains {
      tree.kind($0) == .name && tree.text(tree.nameID($0)) == "staticmethod"
    }
  }

  func isRequest(_ parameter: GuardParameter) -> Bool {
    if isType(parameter.annotation, .request) || isType(parameter.annotation, .webSocket) { return true }
    guard parameter.annotation.isNone else { return false }
    return parameter.name == "request" || parameter.name == "websocket"
  }

  /// True when an annotation names a class with a concept, `None` and `Annotated` left aside.
  func isType(_ annotation: NodeID, _ concept: Concept) -> Bool {
    guard !annotation.isNone else { return false }
    return semantics.annotationTypes(annotation).contains { type in
      if let entity = reader.models.entity(type.qualifiedName) {
        return entity.concepts.contains(concept)
          || concept == .request && entity.name == "starlette.requests.HTTPConnection"
      }
      guard let definition = type.definition else { return false }
      return reader.libraryBase(of: definition, with: concept) != nil
    }
  }

  // MARK: Injection

  /// What the framework gives a parameter of a dependency or an operation; nil for what it leaves to the caller.
  func injected(name: String, annotation: NodeID, defaultValue: NodeID, place node: NodeID) -> Injected? {
    for (expression, owner) in markers(annotation, defaultValue) {
      let scoped = owner.id == module.id ? self : sibling(owner)
      if let injected = scoped.injected(by: expression, name: name, annotation: annotation, in: self) {
        if scoped !== self { report.merge(scoped.report) }
        return injected
      }
    }
    if isType(annotation, .request) || isType(annotation, .webSocket) { return Injected(value: GuardValue(.request)) }
    if annotation.isNone, name == "request" || name == "websocket" { return Injected(value: GuardValue(.request)) }
    if isScopes(annotation) { return Injected(value: GuardValue([.scopes, .setting])) }
    let types = annotation.isNone ? [] : semantics.annotationTypes(annotation)
    if types.contains(where: {
      $0.qualifiedName.hasSuffix("BackgroundTasks") || $0.qualifiedName.hasSuffix(".Response")
    }) {
      return Injected(value: .unknown)
    }
    // An unmarked parameter is the caller's: of the path, the query or the body.
    var value = GuardValue(.input)
    let isPlain = types.isEmpty || types.allSatisfy { $0.qualifiedName.hasPrefix("builtins.") }
    if mode == .dependency || isWebSocket, isPlain, GuardWords.isCredential(name) {
      value = GuardValue([.input, .credential], sources: CredentialSources(.apiKeyQuery))
      report.sources.formUnion(value.sources)
      report.note(.read, self.place(node), "`\(name)` is read from the query")
    }
    value.isNone = isOptional(annotation, defaultValue) ? nil : false
    return Injected(value: value)
  }

  private func sibling(_ owner: Module) -> FunctionReader {
    FunctionReader(reader: reader, module: owner, function: owner.tree.root, mode: mode, captured: [:], receiver: nil)
  }

  private func isOptional(_ annotation: NodeID, _ defaultValue: NodeID) -> Bool {
    guard !annotation.isNone else { return true }
    if !defaultValue.isNone, case ConstantValue.none? = semantics.constant(of: defaultValue) { return true }
    return semantics.annotationTypes(annotation).contains { $0.qualifiedName == "builtins.None" }
  }

  private func isScopes(_ annotation: NodeID) -> Bool {
    guard !annotation.isNone else { return false }
    return semantics.annotationTypes(annotation).contains {
      $0.qualifiedName.hasPrefix("fastapi.") && $0.qualifiedName.hasSuffix(".SecurityScopes")
    }
  }

  /// What `Depends(…)`, `Header(…)` and the like give; nil for anything else.
  private func injected(
    by expression: NodeID, name: String, annotation: NodeID, in user: FunctionReader
  ) -> Injected? {
    guard tree.kind(expression) == .call else { return nil }
    let parts = tree.call(expression)
    let called = semantics.qualifiedNames(of: parts.function)
    for callee in called {
      guard let entity = reader.models.entity(callee) else { continue }
      if entity.concepts.contains(.depends) {
        return dependency(semantics.argument(0, "dependency", of: expression), annotation, in: user)
      }
      let last = entity.name.split(separator: ".").last.map(String.init) ?? ""
      let alias =
        semantics.keyword("alias", of: expression).flatMap { semantics.constant(of: $0)?.string } ?? name
      let isMissingAllowed =
        semantics.argument(0, "default", of: expression).map {
          !(tree.kind($0) == .constant && tree.constantKind($0) == .ellipsis)
        } ?? false
      var value: GuardValue
      switch last {
      case "Header": value = user.requestItem(alias, of: GuardValue(.headers), expression, in: self)
      case "Cookie": value = user.requestItem(alias, of: GuardValue(.cookies), expression, in: self)
      case "Query": value = user.requestItem(alias, of: GuardValue(.query), expression, in: self)
      case "Path", "Body", "Form", "File": value = GuardValue(.input)
      default: continue
      }
      if !isMissingAllowed, !user.isOptional(annotation, .none) { value.isNone = false }
      return Injected(value: value)
    }
    return nil
  }

  private func requestItem(
    _ text: String, of base: GuardValue, _ expression: NodeID, in other: FunctionReader
  ) -> GuardValue {
    let value = other.requestItem(text, of: base, expression)
    if other !== self { report.merge(other.report) }
    return value
  }

  private func dependency(_ expression: NodeID?, _ annotation: NodeID, in user: FunctionReader) -> Injected {
    var callables: [GuardCallable] = []
    if let expression {
      var state = GuardState()
      callables = evaluate(expression, &state).callables
      if callables.isEmpty {
        callables = Self.callables(of: semantics, expression)
      }
    } else if !annotation.isNone {
      for type in user.semantics.annotationTypes(annotation) where type.qualifiedName != "builtins.None" {
        if let definition = type.definition { callables.append(.classObject(definition)) }
      }
    }
    var result = Injected(value: .unknown, worlds: .none)
    for callable in callables {
      let summary = reader.dependencySummary(of: callable)
      user.report.merge(summary.report.withoutGaps)
      result.value =
        result.worlds.isReachable
        ? GuardValue.joined(result.value, under: result.worlds.proof, summary.value, under: summary.worlds.proof)
        : summary.value
      result.worlds = result.worlds.joined(summary.worlds)
    }
    if callables.isEmpty { result.worlds = .start }
    if callables.isEmpty, GuardWords.isPrincipal(expression.map { lastName($0) } ?? "") {
      result.value = GuardValue(.principal)
      result.value.whenTrue = GuardProof(.possibleAuthentication)
      result.worlds.add(GuardProof(.possibleAuthentication))
    }
    // In the operation, what a dependency makes sure of is the dependency's.
    if user.mode == .handler, !result.value.whenTrue.isUnreachable {
      let known = result.worlds.proof.checks
      result.value.whenTrue = GuardProof(
        result.value.whenTrue.checks.subtracting(known), requirements: result.value.whenTrue.requirements)
    }
    // Whatever a dependency gives proves what the dependency has proved.
    result.value.condition = nil
    return result
  }

  /// Library objects that an expression denotes.
  static func callables(of semantics: Semantics, _ expression: NodeID) -> [GuardCallable] {
    semantics.qualifiedNames(of: expression).map { .library($0) }
  }

  /// The value of a variable that a name or `module.name` stands for, through imports: the alias itself, where the type
  /// that it denotes would lead to a class.
  private func aliasValue(_ node: NodeID, _ owner: Module) -> (NodeID, Module)? {
    var module = owner
    var symbol: SymbolID?
    if owner.tree.kind(node) == .attribute {
      let parts = owner.tree.attribute(node)
      guard let definition = reader.semantics(owner).definition(of: parts.value),
        let other = reader.program.module(definition.module), definition.node == other.tree.root
      else { return nil }
      module = other
      symbol = other.member(other.tree === owner.tree ? "" : owner.tree.text(parts.name))
    } else {
      symbol = owner.symbol(of: node)
    }
    for _ in 0..<8 {
      guard let found = symbol, let binding = module.bindings(of: found).last else { return nil }
      switch binding.kind {
      case .assignment, .annotatedAssignment:
        return binding.path.isWhole && !binding.value.isNone ? (binding.value, module) : nil
      case .importFrom:
        let tree = module.tree
        let from = tree.importFrom(binding.statement)
        var base = tree.text(from.module)
        if from.level > 0 {
          var parts = module.name.split(separator: ".").map(String.init)
          parts.removeLast(min(max(from.level - (module.isPackage ? 1 : 0), 0), parts.count))
          if !base.isEmpty { parts.append(base) }
          base = parts.joined(separator: ".")
        }
        guard let source = reader.program.module(named: base, from: module.path), source.id != module.id else {
          return nil
        }
        symbol = source.member(tree.text(tree.alias(binding.node).name))
        module = source
      default: return nil
      }
    }
    return nil
  }

  /// The expressions that may mark a parameter: its default, and what stands in `Annotated`, through aliases.
  func markers(_ annotation: NodeID, _ defaultValue: NodeID) -> [(NodeID, Module)] {
    var result: [(NodeID, Module)] = []
    if !defaultValue.isNone { result.append((defaultValue, module)) }
    var pending: [(NodeID, Module)] = annotation.isNone ? [] : [(annotation, module)]
    var seen = 0
    while let (node, owner) = pending.popLast(), seen < 40 {
      seen += 1
      let tree = owner.tree
      switch tree.kind(node) {
      case .subscript:
        let parts = tree.subscript_(node)
        let names = reader.semantics(owner).qualifiedNames(of: parts.value)
        if names.contains("typing.Annotated"), tree.kind(parts.slice) == .tuple {
          let elements = Array(tree.elements(parts.slice))
          result += elements.dropFirst().reversed().map { ($0, owner) }
          if let first = elements.first { pending.append((first, owner)) }
        } else if names.contains("typing.Optional") || names.contains("typing.Union") {
          pending.append((parts.slice, owner))
        } else {
          pending.append((parts.value, owner))
        }
      case .tuple: pending += tree.elements(node).map { ($0, owner) }
      case .binOp:
        let parts = tree.binOp(node)
        pending += [(parts.left, owner), (parts.right, owner)]
      case .name, .attribute:
        if let alias = aliasValue(node, owner) {
          pending.append(alias)
          continue
        }
        guard let definition = reader.semantics(owner).definition(of: node),
          let other = reader.program.module(definition.module)
        else { continue }
        let statement = other.enclosingStatement(of: definition.node)
        switch other.tree.kind(statement) {
        case .assign where other.tree.kind(definition.node) == .name:
          pending.append((other.tree.assign(statement).value, other))
        case .annAssign where other.tree.kind(definition.node) == .name:
          let value = other.tree.annAssign(statement).value
          if !value.isNone { pending.append((value, other)) }
        case .typeAlias: pending.append((other.tree.typeAlias(statement).value, other))
        default: continue
        }
      default: continue
      }
    }
    return result
  }
}

extension GuardReport {
  /// What a callable says to those that depend on it: its own gaps are its own.
  var withoutGaps: GuardReport {
    var result = self
    result.gaps = []
    return result
  }
}
