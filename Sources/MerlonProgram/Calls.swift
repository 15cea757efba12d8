public import MerlonPython

/// What a call runs.
public struct CallTarget: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A function of the project (or of a read package).
    case function(Definition)
    /// A class of the project; with its `__init__` where the project defines one.
    case constructor(class: Definition, initializer: Definition?)
    /// A library's function, method or class, known by name only.
    case library
  }

  public var kind: Kind
  /// Canonical dotted name: of the function, of the class for a constructor, or of the library callable.
  public var qualifiedName: String
  /// True when the first parameter is already given (`self`, `cls`).
  public var isBound: Bool
  /// Node of the `functools.partial(…)` call that gives the first arguments, where there is one.
  public var partial: Definition?

  public init(kind: Kind, qualifiedName: String, isBound: Bool, partial: Definition? = nil) {
    self.kind = kind
    self.qualifiedName = qualifiedName
    self.isBound = isBound
    self.partial = partial
  }
}

/// A parameter of a function with the argument that a call gives it.
public struct BoundArgument: Sendable, Hashable {
  /// The parameter node; for constructors without `__init__` the field's node. In the module of the callee.
  public var parameter: NodeID
  public var name: String
  /// The argument; the default where the call gives none (`isDefault`), none where there is no default either.
  public var argument: NodeID
  public var isDefault: Bool
}

extension Semantics {
  /// What a call runs; nil when that is unknown or not the same on all ways.
  public func resolveCall(_ call: NodeID) -> CallTarget? {
    guard tree.kind(call) == .call else { return nil }
    let values = evaluate(tree.call(call).function)
    guard values.count == 1, let value = values.first else { return nil }
    return target(of: value)
  }

  /// Everything that a call may run, as far as known.
  public func resolveCalls(_ call: NodeID) -> [CallTarget] {
    guard tree.kind(call) == .call else { return [] }
    return evaluate(tree.call(call).function).compactMap { target(of: $0) }
  }

  private func target(of value: Value) -> CallTarget? {
    var evaluator = Evaluator(program)
    switch value.kind {
    case .library(let name): return CallTarget(kind: .library, qualifiedName: name, isBound: false)
    case .function(let definition, let receiver):
      guard let name = program.name(of: value) else { return nil }
      return CallTarget(kind: .function(definition), qualifiedName: name, isBound: receiver != nil)
    case .classObject(let type):
      guard let definition = type.definition else {
        return CallTarget(kind: .library, qualifiedName: type.qualifiedName, isBound: false)
      }
      let initializer = evaluator.projectMethod("__init__", of: definition)
      return CallTarget(
        kind: .constructor(class: definition, initializer: initializer), qualifiedName: type.qualifiedName,
        isBound: true)
    case .instance(let type):
      guard let definition = type.definition else {
        return CallTarget(kind: .library, qualifiedName: type.qualifiedName + ".__call__", isBound: true)
      }
      guard let method = evaluator.projectMethod("__call__", of: definition),
        let owner = program.module(method.module)
      else { return nil }
      return CallTarget(
        kind: .function(method), qualifiedName: owner.qualifiedName(ofScopeAt: method.node), isBound: true)
    case .partial(let made):
      guard let owner = program.module(made.module), let inner = evaluator.partialTarget(made.node, owner) else {
        return nil
      }
      let values = Evaluator.distinct(evaluator.evaluate(inner, owner))
      guard values.count == 1, let first = values.first else { return nil }
      if case .partial = first.kind { return nil }
      var result = target(of: first)
      result?.partial = made
      return result
    case .unknown, .none, .module, .namespace, .superProxy: return nil
    }
  }

  /// The parameters of a function with the arguments of a call, in the order of the parameters.
  ///
  /// The bound `self` is left out. Variadic parameters appear once for each argument that they collect. Arguments
  /// behind `*args` or `**kwargs` of the call are not matched.
  ///
  /// - Parameter function: the callee, in whatever module defines it.
  public func bind(_ call: NodeID, to function: Definition, isBound: Bool = false) -> [BoundArgument] {
    guard let owner = program.module(function.module) else { return [] }
    let kind = owner.tree.kind(function.node)
    guard kind == .functionDef || kind == .asyncFunctionDef || kind == .lambda else { return [] }
    let arguments =
      kind == .lambda ? owner.tree.lambda(function.node).arguments : owner.tree.functionDef(function.node).arguments
    var binder = ArgumentBinder(Signature(arguments, owner, dropFirst: isBound))
    binder.bind(call, tree)
    return binder.result
  }

  /// The parameters that a call fills, with their arguments, for whatever project code the call runs.
  public func bind(_ call: NodeID) -> [BoundArgument] {
    guard let target = resolveCall(call) else { return [] }
    switch target.kind {
    case .library: return []
    case .function(let definition) where target.partial != nil: return bindPartial(call, to: definition, target)
    case .function(let definition): return bind(call, to: definition, isBound: target.isBound)
    case .constructor(let definition, let initializer):
      if let initializer { return bind(call, to: initializer, isBound: true) }
      return bindFields(call, of: definition)
    }
  }

  /// The arguments of a call through `functools.partial`: those of the call itself. Parameters that the partial gives
  /// appear with its arguments when it stands in this module, else not at all.
  private func bindPartial(_ call: NodeID, to function: Definition, _ target: CallTarget) -> [BoundArgument] {
    guard let made = target.partial, let maker = program.module(made.module),
      let owner = program.module(function.module),
      maker.tree.kind(made.node) == .call
    else { return [] }
    let signature = Signature(
      owner.tree.functionDef(function.node).arguments, owner, dropFirst: target.isBound)
    var given = ArgumentBinder(signature)
    given.bind(made.node, maker.tree, skipping: 1)
    let early = given.result.filter { !$0.isDefault }
    var binder = ArgumentBinder(signature.without(early.map(\.parameter)))
    binder.bind(call, tree)
    return (made.module == module.id ? early : []) + binder.result
  }

  /// Arguments of the constructor of a class whose fields are declared by annotations (dataclass, model).
  private func bindFields(_ call: NodeID, of definition: Definition) -> [BoundArgument] {
    var binder = ArgumentBinder(Signature(fields: program.declaredFields(of: definition)))
    binder.bind(call, tree)
    return binder.result
  }

  /// The argument of a call that is given by keyword; none when there is no such keyword.
  public func keyword(_ name: String, of call: NodeID) -> NodeID? {
    for keyword in tree[tree.call(call).keywords] {
      let parts = tree.keyword(keyword)
      if !parts.name.isNone, tree.text(parts.name) == name { return parts.value }
    }
    return nil
  }

  /// The argument of a call at a position or by keyword; nil when it is not given, or only behind `*` or `**`.
  public func argument(_ position: Int?, _ name: String, of call: NodeID) -> NodeID? {
    if let found = keyword(name, of: call) { return found }
    guard let position else { return nil }
    let arguments = tree[tree.call(call).arguments]
    guard position < arguments.count else { return nil }
    let before = arguments.prefix(position + 1)
    guard !before.contains(where: { tree.kind($0) == .starred }) else { return nil }
    return arguments[arguments.startIndex + position]
  }

  /// True when a call hands on `*args` or `**kwargs`, so that arguments may be given that nobody sees here.
  public func hasUnpacking(_ call: NodeID) -> Bool {
    let parts = tree.call(call)
    return tree[parts.arguments].contains { tree.kind($0) == .starred }
      || tree[parts.keywords].contains { tree.keyword($0).name.isNone }
  }
}

extension Evaluator {
  /// A method that the project defines, looked up along the order of a class.
  mutating func projectMethod(_ name: String, of definition: Definition) -> Definition? {
    for reference in order(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module) else {
        // A library class in between may bring its own.
        if reference.definition == nil, reference.name != "builtins.object" { continue }
        continue
      }
      guard let scope = module.scope(openedBy: owner.node), let symbol = module.ownSymbol(name, in: scope) else {
        continue
      }
      guard let last = module.bindings(of: symbol).last, last.kind == .function else { return nil }
      return Definition(module: module.id, node: last.node)
    }
    return nil
  }
}

extension Program {
  /// A field that a class declares with an annotation.
  public struct Field: Sendable, Hashable {
    public var name: String
    public var module: ModuleID
    /// The annotated target.
    public var node: NodeID
    public var annotation: NodeID
    /// The value given in the class body; none when there is none.
    public var value: NodeID
  }

  /// The annotated fields of a class and its project bases, those of the outermost base first, as dataclasses and
  /// Pydantic models order them.
  public func declaredFields(of definition: Definition) -> [Field] {
    var result: [Field] = []
    for reference in classOrder(of: definition).reversed() {
      guard let owner = reference.definition, let module = module(owner.module),
        let scope = module.scope(openedBy: owner.node)
      else { continue }
      for symbol in module.symbols(in: scope) {
        guard
          let binding = module.bindings(of: symbol).last(where: {
            $0.kind == .annotatedAssignment || $0.kind == .annotation
          })
        else { continue }
        guard !isClassVariable(binding.annotation, module) else { continue }
        let field = Field(
          name: module.name(of: symbol), module: module.id, node: binding.node, annotation: binding.annotation,
          value: binding.value)
        if let known = result.firstIndex(where: { $0.name == field.name }) {
          result[known] = field
        } else {
          result.append(field)
        }
      }
    }
    return result
  }
}

extension Program {
  /// True for `ClassVar` and `ClassVar[T]`, which declare no field.
  fileprivate func isClassVariable(_ annotation: NodeID, _ module: Module) -> Bool {
    let tree = module.tree
    let base = tree.kind(annotation) == .subscript ? tree.subscript_(annotation).value : annotation
    guard tree.kind(base) == .name || tree.kind(base) == .attribute else { return false }
    return Semantics(program: self, module: module).qualifiedName(of: base) == "typing.ClassVar"
  }
}

/// The parameters of a callable, without the bound one.
private struct Signature {
  struct Parameter {
    var node: NodeID
    var name: String
    var defaultValue: NodeID
    var isPositional: Bool
    var isKeyword: Bool
  }

  var parameters: [Parameter] = []
  var variadic: Parameter?
  var keywordVariadic: Parameter?

  init(fields: [Program.Field]) {
    parameters = fields.map {
      Parameter(node: $0.node, name: $0.name, defaultValue: $0.value, isPositional: true, isKeyword: true)
    }
  }

  init(_ arguments: NodeID, _ module: Module, dropFirst: Bool) {
    let tree = module.tree
    let parts = tree.arguments(arguments)
    let positionalOnly = tree[parts.positionalOnly].count
    let positional = Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])
    let defaults = Array(tree[parts.defaults])
    for (index, node) in positional.enumerated() where !(dropFirst && index == 0) {
      let offset = index - (positional.count - defaults.count)
      parameters.append(
        Parameter(
          node: node, name: tree.text(tree.arg(node).name), defaultValue: offset >= 0 ? defaults[offset] : .none,
          isPositional: true, isKeyword: index >= positionalOnly))
    }
    let keywordDefaults = Array(tree[parts.keywordDefaults])
    for (index, node) in tree[parts.keywordOnly].enumerated() {
      parameters.append(
        Parameter(
          node: node, name: tree.text(tree.arg(node).name),
          defaultValue: index < keywordDefaults.count ? keywordDefaults[index] : .none, isPositional: false,
          isKeyword: true))
    }
    variadic = Self.variadic(parts.variadic, tree)
    keywordVariadic = Self.variadic(parts.keywordVariadic, tree)
  }

  /// The signature that is left when some parameters are given already.
  func without(_ given: [NodeID]) -> Signature {
    var result = self
    result.parameters.removeAll { given.contains($0.node) }
    return result
  }

  private static func variadic(_ node: NodeID, _ tree: Tree) -> Parameter? {
    guard !node.isNone else { return nil }
    return Parameter(
      node: node, name: tree.text(tree.arg(node).name), defaultValue: .none, isPositional: false, isKeyword: false)
  }
}

/// Matches the arguments of one call with a signature, as Python does.
private struct ArgumentBinder {
  private let signature: Signature
  private(set) var result: [BoundArgument] = []

  init(_ signature: Signature) { self.signature = signature }

  /// - Parameter skipping: arguments at the front that are not meant for the callee.
  mutating func bind(_ call: NodeID, _ tree: Tree, skipping skipped: Int = 0) {
    let parts = tree.call(call)
    var given: [Int: NodeID] = [:]
    var extra: [BoundArgument] = []
    let positional = signature.parameters.indices.filter { signature.parameters[$0].isPositional }
    for (index, argument) in tree[parts.arguments].dropFirst(skipped).enumerated() {
      if tree.kind(argument) == .starred { break }
      if index < positional.count {
        given[positional[index]] = argument
      } else if let variadic = signature.variadic {
        extra.append(BoundArgument(parameter: variadic.node, name: variadic.name, argument: argument, isDefault: false))
      }
    }
    for keyword in tree[parts.keywords] {
      let entry = tree.keyword(keyword)
      guard !entry.name.isNone else { continue }
      let name = tree.text(entry.name)
      if let index = signature.parameters.firstIndex(where: { $0.isKeyword && $0.name == name }) {
        given[index] = entry.value
      } else if let variadic = signature.keywordVariadic {
        extra.append(BoundArgument(parameter: variadic.node, name: name, argument: entry.value, isDefault: false))
      }
    }
    for (index, parameter) in signature.parameters.enumerated() {
      result.append(
        BoundArgument(
          parameter: parameter.node, name: parameter.name, argument: given[index] ?? parameter.defaultValue,
          isDefault: given[index] == nil))
    }
    result += extra
  }
}
