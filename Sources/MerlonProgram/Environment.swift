public import MerlonPython

/// A value that is read from the environment, with what the code falls back to.
public struct EnvironmentDefault: Sendable, Hashable {
  /// Name of the variable; for settings classes the prefix and the field's name in capitals.
  public var variable: String
  /// The expression used when the variable is not set, and the module it stands in; nil when there is none.
  public var fallback: Definition?
}

extension Semantics {
  /// The environment variable that an expression reads, through names, simple conversions and `or`: `os.environ[…]`,
  /// `os.environ.get`, `os.getenv`, `config("X")` of starlette, decouple and environs, and fields of settings classes.
  public func environmentDefault(of expression: NodeID) -> EnvironmentDefault? {
    var reader = EnvironmentReader(program: program)
    return reader.read(expression, module)
  }
}

private struct EnvironmentReader {
  static let depthLimit = 30

  let program: Program
  private var depth = 0

  init(program: Program) { self.program = program }

  mutating func read(_ id: NodeID, _ module: Module) -> EnvironmentDefault? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let node = module.tree[id]
    switch node.kind {
    case .name:
      guard let symbol = module.symbol(of: id) else { return nil }
      return read(symbol, module)
    case .attribute: return attribute(id, module)
    case .subscript: return subscripted(id, module)
    case .call: return call(id, module)
    case .boolOp: return boolOp(id, module)
    case .await, .namedExpr: return read(node.kind == .await ? NodeID(node.a) : NodeID(node.b), module)
    default: return nil
    }
  }

  private mutating func read(_ symbol: SymbolID, _ module: Module) -> EnvironmentDefault? {
    // Modules may hand a name on to one another in a circle.
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let bindings = module.bindings(of: symbol).filter { $0.kind != .annotation && $0.kind != .deletion }
    guard bindings.count == 1, let binding = bindings.first, binding.path.isWhole else { return nil }
    switch binding.kind {
    case .assignment, .annotatedAssignment, .walrus: return read(binding.value, module)
    case .importFrom:
      let name = module.tree.text(module.tree.alias(binding.node).name)
      for target in Evaluator(program).importedModule(module.tree.importFrom(binding.statement), module) {
        guard case .module(let source) = target.kind, let source = program.module(source),
          let symbol = source.member(name)
        else { return nil }
        return read(symbol, source)
      }
      return nil
    default: return nil
    }
  }

  private mutating func attribute(_ id: NodeID, _ module: Module) -> EnvironmentDefault? {
    let parts = module.tree.attribute(id)
    let name = module.tree.text(parts.name)
    var evaluator = Evaluator(program)
    let owners = Evaluator.distinct(evaluator.evaluate(parts.value, module))
    guard owners.count == 1, let owner = owners.first else { return nil }
    switch owner.kind {
    case .module(let source):
      guard let source = program.module(source), let symbol = source.member(name) else { return nil }
      return read(symbol, source)
    case .instance(let type), .classObject(let type): return field(name, type)
    default: return nil
    }
  }

  /// A field of a class: of a settings class by its name, of other classes by the value that it gets.
  private mutating func field(_ name: String, _ type: TypeReference) -> EnvironmentDefault? {
    guard let definition = type.definition else { return nil }
    let isSettings = program.isSettings(type)
    var evaluator = Evaluator(program)
    for reference in evaluator.order(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module) else { continue }
      var bindings = module.fieldBindings(name, of: owner.node)
      if let symbol = module.scope(openedBy: owner.node).flatMap({ module.ownSymbol(name, in: $0) }) {
        bindings = module.bindings(of: symbol) + bindings
      }
      guard let binding = bindings.first else { continue }
      if isSettings, binding.kind == .annotatedAssignment || binding.kind == .annotation {
        return settingsField(name, binding, module, prefix: prefix(of: definition))
      }
      return bindings.count == 1 && !binding.value.isNone ? read(binding.value, module) : nil
    }
    return nil
  }

  private mutating func settingsField(
    _ name: String, _ binding: Binding, _ module: Module, prefix: String
  ) -> EnvironmentDefault {
    var result = EnvironmentDefault(variable: (prefix + name).uppercased(), fallback: nil)
    guard !binding.value.isNone else { return result }
    let semantics = Semantics(program: program, module: module)
    guard module.tree.kind(binding.value) == .call,
      let callee = semantics.qualifiedName(of: module.tree.call(binding.value).function),
      program.isLibrary(callee, ["pydantic.Field", "pydantic.fields.Field"])
    else {
      if let inner = read(binding.value, module) { return inner }
      result.fallback = Definition(module: module.id, node: binding.value)
      return result
    }
    for keyword in ["validation_alias", "alias", "env"] {
      guard let value = semantics.keyword(keyword, of: binding.value),
        let text = semantics.constant(of: value)?.string
      else { continue }
      result.variable = text
      break
    }
    guard let value = semantics.argument(0, "default", of: binding.value),
      module.tree.constantKind(value) != .ellipsis || module.tree.kind(value) != .constant
    else { return result }
    result.fallback = Definition(module: module.id, node: value)
    return result
  }

  /// The prefix that `model_config` or `class Config` of a settings class gives.
  private mutating func prefix(of definition: Definition) -> String {
    var evaluator = Evaluator(program)
    for reference in evaluator.order(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module),
        let scope = module.scope(openedBy: owner.node)
      else { continue }
      let semantics = Semantics(program: program, module: module)
      if let config = module.ownSymbol("model_config", in: scope),
        let value = module.bindings(of: config).last?.value
      {
        if module.tree.kind(value) == .call, let prefix = semantics.keyword("env_prefix", of: value) {
          return semantics.constant(of: prefix)?.string ?? ""
        }
        return semantics.constant(of: value)?["env_prefix"]?.string ?? ""
      }
      if let config = module.ownSymbol("Config", in: scope), let node = module.bindings(of: config).last?.node,
        let inner = module.scope(openedBy: node), let symbol = module.ownSymbol("env_prefix", in: inner),
        let value = module.bindings(of: symbol).last?.value
      {
        return semantics.constant(of: value)?.string ?? ""
      }
    }
    return ""
  }

  private mutating func subscripted(_ id: NodeID, _ module: Module) -> EnvironmentDefault? {
    let parts = module.tree.subscript_(id)
    let semantics = Semantics(program: program, module: module)
    if let name = semantics.qualifiedName(of: parts.value), program.isLibrary(name, ["os.environ"]),
      let variable = semantics.constant(of: parts.slice)?.string
    {
      return EnvironmentDefault(variable: variable, fallback: nil)
    }
    return read(parts.value, module)
  }

  private mutating func boolOp(_ id: NodeID, _ module: Module) -> EnvironmentDefault? {
    let operation = module.tree.boolOp(id)
    let values = module.tree[operation.values]
    guard operation.op == .or, let first = values.first, let last = values.last, var result = read(first, module)
    else { return nil }
    if result.fallback == nil || Semantics(program: program, module: module).constant(of: last) != nil {
      result.fallback = Definition(module: module.id, node: last)
    }
    return result
  }

  private mutating func call(_ id: NodeID, _ module: Module) -> EnvironmentDefault? {
    let call = module.tree.call(id)
    let semantics = Semantics(program: program, module: module)
    let arguments = module.tree[call.arguments]
    if let found = readCall(id, call, semantics) { return found }
    if module.tree.kind(call.function) == .attribute {
      let attribute = module.tree.attribute(call.function)
      switch module.tree.text(attribute.name) {
      case "strip", "lower", "upper", "split", "encode", "decode", "get_secret_value":
        return read(attribute.value, module)
      default: break
      }
    }
    switch semantics.qualifiedName(of: call.function) {
    case "builtins.str", "builtins.int", "builtins.float", "builtins.bool", "builtins.bytes", "pydantic.SecretStr",
      "pydantic.types.SecretStr", "typing.cast":
      return arguments.last.flatMap { read($0, module) }
    default: return nil
    }
  }

  /// A call that itself reads a variable.
  private func readCall(_ id: NodeID, _ call: Call, _ semantics: Semantics) -> EnvironmentDefault? {
    let module = semantics.module
    guard let variableNode = semantics.argument(0, "key", of: id),
      let variable = semantics.constant(of: variableNode)?.string
    else { return nil }
    let fallback: NodeID?
    if isConfigObject(semantics.type(of: call.function)) {
      fallback = semantics.argument(2, "default", of: id)
    } else {
      let name = semantics.qualifiedName(of: call.function) ?? ""
      if program.isLibrary(name, ["starlette.config.Config.get"]) {
        fallback = semantics.argument(2, "default", of: id)
      } else if program.isLibrary(name, Self.readers) || Self.environments.contains(where: { name.hasPrefix($0 + ".") })
        || isEnvironment(semantics.type(of: call.function))
      {
        fallback = semantics.argument(1, "default", of: id)
      } else {
        return nil
      }
    }
    return EnvironmentDefault(
      variable: variable, fallback: fallback.map { Definition(module: module.id, node: $0) })
  }

  private func isConfigObject(_ type: TypeReference?) -> Bool {
    guard let type, !type.isClassObject else { return false }
    return program.isLibrary(type.qualifiedName, ["starlette.config.Config"])
  }

  private func isEnvironment(_ type: TypeReference?) -> Bool {
    guard let type, !type.isClassObject else { return false }
    return program.isLibrary(type.qualifiedName, Self.environments)
  }

  /// Functions that read one variable, with the default as second argument.
  private static let readers = [
    "os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop", "decouple.config",
  ]

  /// Classes whose instances read a variable when they are called, and by their methods.
  private static let environments = [
    "environs.Env", "environs.environs.Env", "environ.Env", "environ.environ.Env", "decouple.AutoConfig",
    "decouple.Config",
  ]
}

extension Program {
  /// True when a name is one of the given library names, all in canonical form.
  func isLibrary(_ name: String, _ names: [String]) -> Bool {
    let name = options.libraries.canonicalName(name)
    return names.contains { $0 == name || options.libraries.canonicalName($0) == name }
  }

  /// True for classes whose fields Pydantic fills from the environment.
  public func isSettings(_ type: TypeReference) -> Bool {
    [
      "pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings", "pydantic.BaseSettings",
      "pydantic.env_settings.BaseSettings", "pydantic.v1.BaseSettings",
    ].contains { isSubclass(type, of: $0) }
  }

  /// True when some code assigns to an attribute of this name of anything but its own `self`: `settings.debug = …`.
  func isAssignedFromOutside(_ name: String) -> Bool {
    noteQuestion(Question.assignedFromOutside, name)
    return outsideAssignments().contains(name)
  }
}
