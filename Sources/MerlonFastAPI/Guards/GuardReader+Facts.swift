import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// The questions that the reader of applications asks.
extension GuardReader {
  /// What a function, class or method enforces as a dependency.
  func dependencyFacts(_ callable: GuardCallable) -> GuardFacts {
    var result = facts(dependencySummary(of: callable), mode: .dependency)
    if let scheme = schemeName(callable), result.enforces.isEmpty, result.gaps.isEmpty || isBareScheme(callable) {
      result.gaps = [
        GuardGap(
          kind: .credentialNotVerified, message: "`\(scheme)` only reads the credential; nobody verifies it here")
      ]
    }
    return result
  }

  private func isBareScheme(_ callable: GuardCallable) -> Bool {
    switch callable {
    case .libraryInstance: true
    case .instance(let definition, _): method("__call__", of: definition) == nil
    default: false
    }
  }

  /// The class of a security scheme; nil for other callables.
  private func schemeName(_ callable: GuardCallable) -> String? {
    switch callable {
    case .libraryInstance(let name, _):
      guard let entity = models.entity(name), entity.concepts.contains(.securityScheme) else { return nil }
      return entity.name.split(separator: ".").last.map(String.init)
    case .instance(let definition, _):
      return libraryBase(of: definition, with: .securityScheme).flatMap {
        $0.split(separator: ".").last.map(String.init)
      }
    default: return nil
    }
  }

  /// What an operation checks itself, its decorators included.
  func handlerSummary(_ function: Definition, captured: [String: GuardValue] = [:], receiver: GuardValue? = nil)
    -> GuardSummary
  {
    guard let module = program.module(function.module),
      module.tree.kind(function.node) == .functionDef || module.tree.kind(function.node) == .asyncFunctionDef
    else { return .opaque }
    var result = summary(of: function, mode: .handler, captured: captured, receiver: receiver)
    if !result.worlds.isReachable { result.worlds = .start }
    let values = parameterValues(of: function, module)
    for decorator in module.tree[module.tree.functionDef(function.node).decorators] {
      let added = decoratorSummary(decorator, module, values)
      result.worlds = added.worlds.multiplied(result.worlds)
      result.report.merge(added.report)
      result.exits += added.exits
    }
    return result
  }

  /// The values that the framework gives the parameters of an operation, by name.
  private func parameterValues(of function: Definition, _ module: Module) -> [String: GuardValue] {
    let reader = FunctionReader(
      reader: self, module: module, function: function.node, mode: .handler, captured: [:], receiver: nil)
    var result: [String: GuardValue] = [:]
    for parameter in module.guardParameters(of: function.node) where parameter.kind == .plain {
      result[parameter.name] =
        reader.injected(
          name: parameter.name, annotation: parameter.annotation, defaultValue: parameter.defaultValue,
          place: parameter.node)?.value
    }
    return result
  }

  private func decoratorSummary(
    _ decorator: NodeID, _ module: Module, _ values: [String: GuardValue]
  ) -> GuardSummary {
    var result = GuardSummary.opaque
    let tree = module.tree
    let semantics = semantics(module)
    let function = tree.kind(decorator) == .call ? tree.call(decorator).function : decorator
    for name in semantics.qualifiedNames(of: function) {
      let owner = name.split(separator: ".").dropLast().joined(separator: ".")
      let concepts = (models.entity(name)?.concepts ?? []).union(models.entity(owner)?.concepts ?? [])
      if concepts.contains(.routeDecorator) || concepts.contains(.router) { return result }
      if concepts.contains(.rateLimiter) { result.report.limitsRate = true }
      if concepts.contains(.authenticationDecorator) {
        let reader = FunctionReader(
          reader: self, module: module, function: tree.root, mode: .helper, captured: [:], receiver: nil)
        var proof = GuardProof(.authentication)
        if tree.kind(decorator) == .call, let scopes = tree[tree.call(decorator).arguments].first {
          var state = GuardState()
          let value = reader.evaluate(scopes, &state)
          let asked = reader.alternatives(value, scopes).flatMap { $0.split(separator: "|").map(String.init) }
            .filter { $0 != "authenticated" }
          if !asked.isEmpty { proof = GuardProof([.authentication, .authorization], requirements: Set(asked)) }
        }
        result.worlds.add(proof)
        result.report.sources = CredentialSources(.other)
        result.report.note(
          .refused, Definition(module: module.id, node: decorator), "refused by `\(tree.text(function))`")
        return result
      }
    }
    let reader = FunctionReader(
      reader: self, module: module, function: tree.root, mode: .helper, captured: [:], receiver: nil)
    var state = GuardState()
    let value = reader.evaluate(decorator, &state)
    for callable in value.callables {
      guard let wrapper = wrapper(made: callable) else { continue }
      for case .function(let definition, let captured, let receiver) in wrapper.callables {
        let made = summary(
          of: definition, mode: .wrapper, arguments: values, captured: captured, receiver: receiver)
        guard made.worlds.isReachable else { continue }
        return made
      }
    }
    return result
  }

  /// What a decorator makes of the function that it is given.
  private func wrapper(made callable: GuardCallable) -> GuardValue? {
    let target: Definition
    var captured: [String: GuardValue] = [:]
    var receiver: GuardValue?
    switch callable {
    case .function(let definition, let names, let object): (target, captured, receiver) = (definition, names, object)
    case .instance(let definition, let attributes):
      guard let method = method("__call__", of: definition) else { return nil }
      target = method
      receiver = GuardValue(callable: .instance(definition, attributes: attributes))
    default: return nil
    }
    guard let module = program.module(target.module) else { return nil }
    var parameters = module.guardParameters(of: target.node)
    if module.methodClass(of: target.node) != nil, !parameters.isEmpty { parameters.removeFirst() }
    guard let first = parameters.first else { return nil }
    return summary(
      of: target, mode: .helper, arguments: [first.name: GuardValue(.next)], captured: captured, receiver: receiver
    ).value
  }

  /// What a middleware turns away; nil for library middleware that is not read.
  func middlewareSummary(of type: Definition, attributes: [String: GuardValue]) -> (GuardSummary, GuardMode)? {
    let receiver = GuardValue(callable: .instance(type, attributes: attributes))
    if let dispatch = method("dispatch", of: type) {
      return (summary(of: dispatch, mode: .dispatch, receiver: receiver), .dispatch)
    }
    guard let call = method("__call__", of: type) else { return nil }
    return (summary(of: call, mode: .application, receiver: receiver), .application)
  }

  /// The attributes that a class's constructor sets, given arguments by name.
  func attributes(of type: Definition, arguments: [String: GuardValue]) -> [String: GuardValue] {
    guard let initializer = method("__init__", of: type) else { return arguments }
    return summary(
      of: initializer, mode: .helper, arguments: arguments,
      receiver: GuardValue(callable: .instance(type, attributes: [:]))
    ).attributes
  }
}
