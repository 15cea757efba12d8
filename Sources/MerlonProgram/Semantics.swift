public import MerlonPython

/// The questions that rules ask about the expressions of one module.
///
/// Every answer is bounded in depth and work; what cannot be told is nil or empty. The answers do not depend on the
/// order of the questions, and any thread may ask.
public struct Semantics: Sendable {
  public let program: Program
  public let module: Module

  public init(program: Program, module: Module) {
    self.program = program
    self.module = module
  }

  var tree: Tree { module.tree }

  func evaluate(_ expression: NodeID) -> [Value] {
    var evaluator = Evaluator(program)
    return Evaluator.distinct(evaluator.evaluate(expression, module))
  }

  // MARK: Names

  /// The canonical dotted name of what an expression denotes: `jwt.decode`, `shop.security.require_role`,
  /// `builtins.open`, `fastapi.FastAPI.add_middleware` for a method of an instance, `shop.config.settings` for a
  /// variable of a module. Nil when that is not known or not the same on all ways.
  public func qualifiedName(of expression: NodeID) -> String? {
    var result: String?
    for value in evaluate(expression) {
      guard let name = program.name(of: value), result == nil || result == name else { return nil }
      result = name
    }
    return result
  }

  /// The dotted names of everything that an expression may denote, in the order in which they were bound.
  public func qualifiedNames(of expression: NodeID) -> [String] {
    var result: [String] = []
    for value in evaluate(expression) {
      guard let name = program.name(of: value), !result.contains(name) else { continue }
      result.append(name)
    }
    return result
  }

  // MARK: Types

  /// The class of the objects that an expression yields (`isClassObject` when it denotes the class itself); `None` is
  /// left out beside another type. Nil when unknown or not the same on all ways.
  public func type(of expression: NodeID) -> TypeReference? {
    Evaluator(program).singleType(evaluate(expression))
  }

  /// All types that are known of an expression.
  public func types(of expression: NodeID) -> [TypeReference] {
    let evaluator = Evaluator(program)
    var result: [TypeReference] = []
    for value in evaluate(expression) {
      guard let type = evaluator.type(of: value), !result.contains(type) else { continue }
      result.append(type)
    }
    return result
  }

  /// The types that an annotation names; `builtins.None` for an optional one stays in the list.
  public func annotationTypes(_ annotation: NodeID) -> [TypeReference] {
    var evaluator = Evaluator(program)
    return evaluator.annotationTypes(annotation, module)
  }

  // MARK: Definitions

  /// Where the project defines what an expression denotes: a function, a class, or the first place that binds the
  /// variable, field or parameter.
  public func definition(of expression: NodeID) -> Definition? {
    let values = evaluate(expression)
    var result: Definition?
    for value in values {
      guard let found = program.definition(of: value) else {
        result = nil
        break
      }
      guard result == nil || result == found else { return nil }
      result = found
    }
    if let result { return result }
    guard let symbol = module.symbol(of: expression), let first = module.bindings(of: symbol).first else { return nil }
    return Definition(module: module.id, node: first.node)
  }

  /// The dotted names of a definition's decorators (of the callee, when a decorator is a call), with their nodes.
  public func decorators(of definition: NodeID) -> [(node: NodeID, name: String?)] {
    let list: ListID
    switch tree.kind(definition) {
    case .functionDef, .asyncFunctionDef: list = tree.functionDef(definition).decorators
    case .classDef: list = tree.classDef(definition).decorators
    default: return []
    }
    return tree[list].map { node in
      (node, qualifiedName(of: tree.kind(node) == .call ? tree.call(node).function : node))
    }
  }

  // MARK: Classes

  /// The class and its bases in method resolution order, by canonical name; classes that the project defines come
  /// with their definition. Empty for nodes that are no class.
  public func classOrder(of classNode: NodeID) -> [TypeReference] {
    guard tree.kind(classNode) == .classDef else { return [] }
    return program.classOrder(of: Definition(module: module.id, node: classNode))
  }
}

extension Program {
  /// The dotted name of a value; nil when it has none.
  func name(of value: Value) -> String? {
    switch value.kind {
    case .module(let id): module(id)?.name
    case .namespace(let name), .library(let name): name
    case .function(let definition, _): module(definition.module)?.qualifiedName(ofScopeAt: definition.node)
    case .classObject(let type): type.qualifiedName
    case .partial(let made): partialName(made) ?? value.place?.name
    case .unknown, .none, .instance, .superProxy: value.place?.name
    }
  }

  private func partialName(_ made: Definition) -> String? {
    guard let module = module(made.module) else { return nil }
    var evaluator = Evaluator(self)
    guard let target = evaluator.partialTarget(made.node, module) else { return nil }
    let values = Evaluator.distinct(evaluator.evaluate(target, module))
    guard values.count == 1, let value = values.first else { return nil }
    if case .partial = value.kind { return nil }
    return name(of: value)
  }

  func definition(of value: Value) -> Definition? {
    switch value.kind {
    case .module(let id): module(id).map { Definition(module: id, node: $0.tree.root) }
    case .function(let definition, _): definition
    case .classObject(let type): type.definition ?? value.place?.definition
    default: value.place?.definition
    }
  }

  /// The method resolution order of a class of the project or of a read package.
  public func classOrder(of definition: Definition) -> [TypeReference] {
    var evaluator = Evaluator(self)
    return evaluator.order(of: definition).map {
      TypeReference($0.name, isClassObject: true, definition: $0.definition)
    }
  }

  /// True when a type is the class of that name or derives from it, through classes of the project and what is known
  /// of libraries. Names are compared in canonical form.
  public func isSubclass(_ type: TypeReference, of qualifiedName: String) -> Bool {
    let wanted = options.libraries.canonicalName(qualifiedName)
    if options.libraries.canonicalName(type.qualifiedName) == wanted { return true }
    guard let definition = type.definition else {
      return libraryBases(type.qualifiedName).contains(wanted)
    }
    return classOrder(of: definition).contains { $0.qualifiedName == wanted }
  }

  /// The bases of a class that the project does not define; nil when they are not known.
  func bases(ofLibraryClass name: String) -> [String]? {
    options.libraries.bases(ofClass: name) ?? Builtins.bases(name) ?? installedBases(name)
  }

  private func libraryBases(_ name: String) -> Set<String> {
    var seen: Set<String> = []
    var pending = [options.libraries.canonicalName(name)]
    while let next = pending.popLast() {
      for base in bases(ofLibraryClass: next) ?? [] {
        let canonical = options.libraries.canonicalName(base)
        if seen.insert(canonical).inserted { pending.append(canonical) }
      }
    }
    return seen
  }
}

extension Semantics {
  /// True when a class statement of this module derives from the class of that name (see `Program.isSubclass`).
  public func isSubclass(_ classNode: NodeID, of qualifiedName: String) -> Bool {
    let type = TypeReference(
      module.qualifiedName(ofScopeAt: classNode), definition: Definition(module: module.id, node: classNode))
    return program.isSubclass(type, of: qualifiedName)
  }
}
