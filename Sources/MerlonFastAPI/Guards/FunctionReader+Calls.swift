import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// The arguments of a call, evaluated.
struct GuardArguments {
  var positional: [GuardValue] = []
  var keywords: [(name: String, value: GuardValue)] = []
  /// Node of each argument, for texts.
  var positionalNodes: [NodeID] = []
  var keywordNodes: [NodeID] = []
  /// `**kwargs` of the caller is handed on.
  var handsOnKeywords = false

  var all: [GuardValue] { positional + keywords.map(\.value) }

  subscript(name: String) -> GuardValue? { keywords.last { $0.name == name }?.value }
}

extension FunctionReader {
  func call(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.call(id)
    let called = calledName(parts.function)
    var base: GuardValue?
    var callee = GuardValue.unknown
    if tree.kind(parts.function) == .attribute {
      let attribute = tree.attribute(parts.function)
      if isSuperCall(attribute.value) { return superCall(called, id, &state) }
      let value = evaluate(attribute.value, &state)
      base = value
      if !value.has(.next), let known = member(called, of: value, parts.function), !known.callables.isEmpty {
        callee = known
      }
    } else {
      callee = evaluate(parts.function, &state)
    }
    let arguments = arguments(id, &state)
    if callee.has(.next) || base?.has(.next) == true || isInnerApplication(parts.function, base, arguments) {
      return pass(id, arguments, &state)
    }
    if let base, let value = methodOfRequestPart(called, base, arguments, id, &state) { return value }
    if let value = builtinCall(called, parts.function, arguments, id, &state) { return value }
    // A function, class or object that was seen before it came here.
    if !callee.callables.isEmpty, let value = apply(callee, arguments, id, &state) { return value }
    if let value = libraryCall(called, parts.function, arguments, id, &state) { return value }
    if let value = projectCall(base, arguments, id, &state) {
      return completed(value, called, base, arguments, id, &state)
    }
    return unreadCall(called, base, arguments, id, &state)
  }

  func calledName(_ function: NodeID) -> String {
    switch tree.kind(function) {
    case .name: tree.text(tree.nameID(function))
    case .attribute: tree.text(tree.attribute(function).name)
    case .call: calledName(tree.call(function).function)
    case .subscript: calledName(tree.subscript_(function).value)
    default: ""
    }
  }

  private func arguments(_ id: NodeID, _ state: inout GuardState) -> GuardArguments {
    let parts = tree.call(id)
    var result = GuardArguments()
    for argument in tree[parts.arguments] {
      if tree.kind(argument) == .starred {
        let value = evaluate(tree.value(argument), &state)
        if value.has(.keywords) { result.handsOnKeywords = true }
        continue
      }
      result.positional.append(evaluate(argument, &state))
      result.positionalNodes.append(argument)
    }
    for keyword in tree[parts.keywords] {
      let entry = tree.keyword(keyword)
      let value = evaluate(entry.value, &state)
      if entry.name.isNone {
        if value.has(.keywords) { result.handsOnKeywords = true }
        continue
      }
      result.keywords.append((tree.text(entry.name), value))
      result.keywordNodes.append(entry.value)
    }
    return result
  }

  // MARK: Getting on

  /// `await self.app(scope, receive, send)`.
  private func isInnerApplication(_ function: NodeID, _ base: GuardValue?, _ arguments: GuardArguments) -> Bool {
    guard mode == .application, tree.kind(function) == .attribute, arguments.positional.count >= 3,
      arguments.positional[0].has(.request)
    else { return false }
    let attribute = tree.attribute(function)
    return tree.kind(attribute.value) == .name && tree.text(tree.nameID(attribute.value)) == receiverName
  }

  private func pass(_ id: NodeID, _ arguments: GuardArguments, _ state: inout GuardState) -> GuardValue {
    exits.append(
      GuardExit(
        worlds: state.worlds, value: .unknown, place: place(id), swallowed: state.swallowed, missing: state.missing))
    return GuardValue(.answer)
  }

  // MARK: Parts of the request

  private func methodOfRequestPart(
    _ called: String, _ base: GuardValue, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    if base.has([.headers, .cookies, .query, .session, .keywords]) || base.has(.state) && called == "get" {
      switch called {
      case "get", "getlist", "pop", "__getitem__":
        guard let key = arguments.positional.first, let node = arguments.positionalNodes.first else { return .unknown }
        return item(key, of: base, node)
      default: return base.has(.query) ? GuardValue(.input) : base
      }
    }
    if base.has(.request) {
      switch called {
      case "json", "body", "form", "stream": return GuardValue(.input)
      case "receive", "receive_text", "receive_json", "receive_bytes", "iter_text", "iter_json":
        return GuardValue([.input, .message], sources: CredentialSources(.webSocketMessage))
      case "close":
        state.isClosed = true
        report.note(.refused, place(id), "the connection is closed")
        return .unknown
      case "get":
        guard let key = arguments.positional.first?.constant?.string else { return .unknown }
        return scopeItem(key, base, id)
      default: return .unknown
      }
    }
    if base.has(.path), let value = pathMethod(called, arguments, id) { return value }
    if base.has(.method), ["upper", "lower"].contains(called) { return base }
    if base.has([.principal, .message, .input]), called == "get", let key = arguments.positional.first,
      let node = arguments.positionalNodes.first, let value = item(key, of: base, node)
    {
      return value
    }
    return nil
  }

  private func pathMethod(_ called: String, _ arguments: GuardArguments, _ id: NodeID) -> GuardValue? {
    let match: PathExemption.Match
    switch called {
    case "startswith": match = .prefix
    case "endswith": match = .suffix
    case "strip", "rstrip", "lstrip", "lower", "removeprefix", "removesuffix", "decode", "replace":
      return GuardValue([.path, .input])
    default: return nil
    }
    var value = GuardValue(.input)
    let constant = arguments.positional.first?.constant
    value.condition = .path(
      match, constant?.string.map { [$0] } ?? constant?.elements?.compactMap(\.string), subject: pathSubject(id),
      place: ConditionPlace(place(id)))
    return value
  }

  // MARK: Builtins

  private func builtinCall(
    _ called: String, _ function: NodeID, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    guard tree.kind(function) == .name, module.symbol(of: function) == nil, let first = arguments.positional.first
    else { return nil }
    switch called {
    case "bool", "any", "next", "list", "set", "tuple", "frozenset", "sorted", "len", "iter", "reversed":
      var value = first
      value.callables = []
      if called != "bool", called != "list", called != "tuple", called != "set", called != "frozenset" {
        value.elements = nil
        value.constant = called == "len" ? nil : value.constant
      }
      if called == "any" {
        value.isTrue = nil
        value.constant = nil
      }
      return value
    case "all":
      var value = first
      value.elements = nil
      value.isTrue = nil
      return value
    case "getattr":
      guard let text = arguments.positional.dropFirst().first?.constant?.string else { return first.derived }
      if let value = member(text, of: first, id) { return value }
      return first.derived
    case "isinstance":
      var value = GuardValue()
      if first.has([.principal, .stored]), !first.whenTrue.isUnreachable { value.whenTrue = first.whenTrue }
      return value
    case "hasattr", "callable", "issubclass": return .unknown
    case "dict" where first.has(.containers): return first
    case "str", "bytes", "repr", "int", "float", "dict":
      var value = first.derived
      value.constant = first.constant
      value.whenTrue = called == "dict" && !first.whenTrue.isUnreachable ? first.whenTrue : .nothing
      if called == "int" || called == "float" { value.labels.remove(.credential) }
      return value
    case "print", "id", "type", "vars", "super": return .unknown
    default: return nil
    }
  }

  // MARK: super()

  private func isSuperCall(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .call else { return false }
    let function = tree.call(node).function
    return tree.kind(function) == .name && tree.text(tree.nameID(function)) == "super"
  }

  private func superCall(_ called: String, _ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let arguments = arguments(id, &state)
    guard let owner = module.methodClass(of: function) else { return .unknown }
    let definition = place(owner)
    if called == "__call__", let base = reader.libraryBase(of: definition, with: .securityScheme) {
      let source = CredentialSources(reader.schemeSource(base))
      report.sources.formUnion(source)
      report.note(.read, place(id), "the credential is read")
      return GuardValue([.credential, .input], sources: source)
    }
    if called == "dispatch" || called == "__call__", mode == .application || mode == .dispatch {
      return pass(id, arguments, &state)
    }
    if called == "__init__" {
      for (name, value) in arguments.keywords { state.attributes[name] = value }
      return .unknown
    }
    if let value = projectCall(receiverValue(state), arguments, id, &state) { return value }
    return combined(arguments.all)
  }

  private func receiverValue(_ state: GuardState) -> GuardValue? { receiver }

  // MARK: Project code

  /// Calls a value that is known.
  private func apply(
    _ callee: GuardValue, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    var result: GuardValue?
    var worlds = GuardWorlds.none
    var proof = GuardProof.everything
    for callable in callee.callables {
      guard let summary = summary(calling: callable, arguments, id) else { continue }
      report.merge(summary.report)
      let own = summary.worlds.proof
      result = result.map { GuardValue.joined($0, under: proof, summary.value, under: own) } ?? summary.value
      worlds = worlds.joined(summary.worlds)
      proof = proof.or(own)
    }
    guard let value = result else { return nil }
    state.worlds = state.worlds.multiplied(worlds)
    return value
  }

  /// What calling a known callable does; nil for libraries.
  private func summary(
    calling callable: GuardCallable, _ arguments: GuardArguments, _ id: NodeID
  ) -> GuardSummary? {
    switch callable {
    case .function(let definition, let captured, let receiver):
      guard !isDecoratedAsContext(definition) else { return nil }
      return reader.summary(
        of: definition, mode: .helper, arguments: bound(arguments, to: definition, receiver: receiver),
        captured: captured, receiver: receiver)
    case .classObject(let definition):
      return construction(of: definition, arguments)
    case .instance(let definition, let attributes):
      guard let method = reader.method("__call__", of: definition) else { return nil }
      let receiver = GuardValue(callable: .instance(definition, attributes: attributes))
      return reader.summary(
        of: method, mode: .helper, arguments: bound(arguments, to: method, receiver: receiver), receiver: receiver)
    case .library, .libraryInstance, .authenticator: return nil
    }
  }

  private func isDecoratedAsContext(_ definition: Definition) -> Bool { false }

  private func construction(of definition: Definition, _ arguments: GuardArguments) -> GuardSummary {
    if let initializer = reader.method("__init__", of: definition) {
      let receiver = GuardValue(callable: .instance(definition, attributes: [:]))
      var result = reader.summary(
        of: initializer, mode: .helper, arguments: bound(arguments, to: initializer, receiver: receiver),
        receiver: receiver)
      if let base = reader.libraryBase(of: definition, with: .securityScheme), !base.isEmpty {
        for (name, value) in arguments.keywords where result.attributes[name] == nil { result.attributes[name] = value }
      }
      result.value = reader.object(definition, attributes: result.attributes)
      result.value.labels.formUnion(combined(arguments.all).labels.intersection([.credential, .principal, .input]))
      return result
    }
    var attributes: [String: GuardValue] = [:]
    let fields = reader.program.declaredFields(of: definition)
    for (field, value) in zip(fields, arguments.positional) { attributes[field.name] = value }
    for (name, value) in arguments.keywords { attributes[name] = value }
    var result = GuardSummary.opaque
    result.value = reader.object(definition, attributes: attributes)
    return result
  }

  /// The arguments by parameter name.
  private func bound(
    _ arguments: GuardArguments, to definition: Definition, receiver: GuardValue?
  ) -> [String: GuardValue] {
    guard let owner = reader.program.module(definition.module) else { return [:] }
    var parameters = owner.guardParameters(of: definition.node)
    let tree = owner.tree
    let isFunction = tree.kind(definition.node) != .lambda
    let isStatic =
      isFunction
      && tree[tree.functionDef(definition.node).decorators].contains {
        tree.kind($0) == .name && tree.text(tree.nameID($0)) == "staticmethod"
      }
    if isFunction, owner.methodClass(of: definition.node) != nil, !isStatic, !parameters.isEmpty {
      parameters.removeFirst()
    }
    var result: [String: GuardValue] = [:]
    var plain = parameters.filter { $0.kind == .plain && !$0.isKeywordOnly }[...]
    for value in arguments.positional {
      guard let next = plain.popFirst() else { break }
      result[next.name] = simplified(value)
    }
    for (name, value) in arguments.keywords where parameters.contains(where: { $0.name == name }) {
      result[name] = simplified(value)
    }
    if arguments.handsOnKeywords {
      for parameter in parameters where parameter.kind == .plain && result[parameter.name] == nil {
        result[parameter.name] = keywordArgument(parameter.name)
      }
    }
    return result
  }

  /// A value without what only its caller needs, so that calls alike are read once.
  private func simplified(_ value: GuardValue) -> GuardValue {
    var result = value
    if !result.labels.isEmpty, result.elements != nil, result.constant == nil { result.elements = nil }
    if case .string(let text)? = result.constant, text.utf8.count > 80, !result.has(.setting) { result.constant = nil }
    return result
  }

  /// Follows a call into the project; nil when it leads elsewhere.
  private func projectCall(
    _ base: GuardValue?, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    let targets = semantics.resolveCalls(id)
    var result: GuardValue?
    var worlds = GuardWorlds.none
    var proof = GuardProof.everything
    for target in targets {
      let summary: GuardSummary
      switch target.kind {
      case .library: return nil
      case .function(let definition):
        guard let owner = reader.program.module(definition.module), !owner.isInstalled else { return nil }
        guard isWorthReading(definition, owner, base, arguments) else { return nil }
        var own = target.isBound ? base : nil
        if own != nil { own = simplifiedReceiver(own) }
        summary = reader.summary(
          of: definition, mode: .helper, arguments: bound(arguments, to: definition, receiver: own), receiver: own)
      case .constructor(let definition, _):
        guard let owner = reader.program.module(definition.module), !owner.isInstalled else { return nil }
        summary = construction(of: definition, arguments)
      }
      report.merge(summary.report)
      let own = summary.worlds.proof
      result = result.map { GuardValue.joined($0, under: proof, summary.value, under: own) } ?? summary.value
      worlds = worlds.joined(summary.worlds)
      proof = proof.or(own)
    }
    guard let value = result else { return nil }
    state.worlds = state.worlds.multiplied(worlds)
    return value
  }

  private func simplifiedReceiver(_ value: GuardValue?) -> GuardValue? {
    guard let value, !value.labels.isEmpty || !value.callables.isEmpty else { return nil }
    return value
  }

  /// True for methods that only declare what subclasses do: a docstring, `pass`, `...`, `raise NotImplementedError`.
  private func isDeclaration(_ function: NodeID, _ tree: Tree) -> Bool {
    tree[tree.functionDef(function).body].allSatisfy { statement in
      switch tree.kind(statement) {
      case .pass: true
      case .expr: tree.kind(tree.value(statement)) == .constant
      case .raise: tree.text(tree.raise(statement).exception).hasPrefix("NotImplementedError")
      default: false
      }
    }
  }

  /// Code that gets nothing of the request and nothing that decides is read only where it is short.
  private func isWorthReading(
    _ definition: Definition, _ owner: Module, _ base: GuardValue?, _ arguments: GuardArguments
  ) -> Bool {
    if isDeclaration(definition.node, owner.tree) { return false }
    let interesting = GuardLabels.kept.union(.containers).subtracting(.stored)
    if arguments.all.contains(where: { $0.has(interesting) || !$0.callables.isEmpty }) { return true }
    if base?.has(interesting) == true { return true }
    return owner.tree.range(definition.node).count < 3_000 && reader.depth < 6
  }

  /// Adds to what project code showed what its name says, where it decides with the caller at hand.
  private func completed(
    _ value: GuardValue, _ called: String, _ base: GuardValue?, _ arguments: GuardArguments, _ id: NodeID,
    _ state: inout GuardState
  ) -> GuardValue {
    var value = value
    let principal = (arguments.all + (base.map { [$0] } ?? [])).contains { $0.has(.principal) }
    if principal, value.whenTrue.checks.isDisjoint(with: [.authorization, .ownership]), value.whenFalse.isEmpty,
      value.callables.isEmpty, value.isTrue == nil, value.constant == nil, value.condition == nil,
      GuardWords.isPermissionCheck(called), !GuardWords.isPermissionDemand(called), !value.has(.principal)
    {
      value.whenTrue = value.whenTrue.and(GuardProof(.authorization, requirements: demanded(arguments, called)))
    }
    return value
  }

  /// The texts among the arguments of a permission check.
  func demanded(_ arguments: GuardArguments, _ called: String) -> Set<String> {
    var result: Set<String> = []
    for (value, node) in zip(arguments.positional, arguments.positionalNodes)
    where !value.has(.principal) && !value.has(.input) {
      if value.has(.scopes) || value.constant?.string != nil || value.constant?.elements != nil {
        result.formUnion(requirement(value, node))
      }
    }
    for ((_, value), node) in zip(arguments.keywords, arguments.keywordNodes)
    where !value.has(.principal) && value.constant?.string != nil {
      result.formUnion(requirement(value, node))
    }
    if result.isEmpty, let role = GuardWords.roleOfFlag(called) { result = [role] }
    return result
  }
}
