import MerlonPython

extension Evaluator {
  /// The types that an annotation names: several for a union, none when it is not understood.
  mutating func annotationTypes(_ annotation: NodeID, _ module: Module) -> [TypeReference] {
    once(.annotation, module, annotation.index) { evaluator in
      evaluator.computeAnnotation(annotation, module).map { Value(.instance($0)) }
    }.compactMap { value in
      if case .instance(let type) = value.kind { type } else { nil }
    }
  }

  private mutating func computeAnnotation(_ id: NodeID, _ module: Module) -> [TypeReference] {
    let node = module.tree[id]
    switch node.kind {
    case .constant:
      switch module.tree.constantKind(id) {
      case .none: return [TypeReference("builtins.None")]
      case .string: return textAnnotation(id, module)
      default: return []
      }
    case .name, .attribute: return evaluate(id, module).flatMap { namedType($0) }
    case .binOp:
      let operation = module.tree.binOp(id)
      guard operation.op == .bitOr else { return [] }
      return annotationTypes(operation.left, module) + annotationTypes(operation.right, module)
    case .subscript:
      let parts = module.tree.subscript_(id)
      let arguments =
        module.tree.kind(parts.slice) == .tuple
        ? Array(module.tree[ListID(module.tree[parts.slice].a)]) : [parts.slice]
      return evaluate(parts.value, module).flatMap { base -> [TypeReference] in
        guard let name = Self.typeName(base) else { return namedType(base) }
        return generic(name, base, arguments.count) { evaluator, index in
          evaluator.annotationTypes(arguments[index], module)
        }
      }
    default: return []
    }
  }

  /// The name of what is subscripted, when it is a class or a special form.
  private static func typeName(_ value: Value) -> String? {
    switch value.kind {
    case .library(let name): Builtins.normalizedType(name)
    case .classObject(let type): Builtins.normalizedType(type.qualifiedName)
    default: nil
    }
  }

  /// A subscripted class or special form; `argument` gives the types of one argument.
  private mutating func generic(
    _ name: String, _ base: Value, _ count: Int,
    _ argument: (inout Evaluator, Int) -> [TypeReference]
  ) -> [TypeReference] {
    switch name {
    case "typing.Annotated", "typing.ClassVar", "typing.Final", "typing.Required", "typing.NotRequired",
      "typing.ReadOnly", "dataclasses.InitVar", "sqlalchemy.orm.Mapped", "sqlalchemy.orm.base.Mapped":
      return count > 0 ? argument(&self, 0) : []
    case "typing.Optional": return (count > 0 ? argument(&self, 0) : []) + [TypeReference("builtins.None")]
    case "typing.Union": return (0..<min(count, Self.alternatives)).flatMap { argument(&self, $0) }
    case "typing.Literal": return [TypeReference("typing.Literal")]
    case "builtins.type": return count > 0 ? argument(&self, 0).map(Self.asClass) : []
    default: break
    }
    var type = TypeReference(name)
    if case .classObject(let known) = base.kind { type = Self.asInstance(known) }
    type.qualifiedName = name
    type.arguments = (0..<min(count, 8)).map { index in
      let types = argument(&self, index).filter { $0.qualifiedName != "builtins.None" }
      return types.count == 1 ? types[0] : TypeReference("typing.Any")
    }
    return [type]
  }

  /// The type of instances when a value is used as an annotation.
  private func namedType(_ value: Value) -> [TypeReference] {
    switch value.kind {
    case .classObject(let type): [Self.asInstance(type)]
    case .library(let name):
      switch Builtins.normalizedType(name) {
      case "typing.Any": []
      case let normalized: [TypeReference(normalized)]
      }
    case .none: [TypeReference("builtins.None")]
    default: []
    }
  }

  // MARK: Annotations in strings

  private mutating func textAnnotation(_ id: NodeID, _ module: Module) -> [TypeReference] {
    guard let text = module.tree.stringValue(id), text.utf8.count < 500,
      var parser = TypeTextParser(text), let tree = parser.parse()
    else { return [] }
    return types(tree, module.scope(of: id), module)
  }

  private mutating func types(_ text: TypeText, _ scope: ScopeID, _ module: Module) -> [TypeReference] {
    switch text {
    case .none: return [TypeReference("builtins.None")]
    case .other: return []
    case .union(let parts): return parts.flatMap { types($0, scope, module) }
    case .name(let parts): return named(parts, scope, module).flatMap { namedType($0) }
    case .generic(let parts, let arguments):
      return named(parts, scope, module).flatMap { base -> [TypeReference] in
        guard let name = Self.typeName(base) else { return [] }
        return generic(name, base, arguments.count) { $0.types(arguments[$1], scope, module) }
      }
    }
  }

  private mutating func named(_ parts: [String], _ scope: ScopeID, _ module: Module) -> [Value] {
    guard let first = parts.first else { return [] }
    var values: [Value]
    if let symbol = module.symbol(named: first, in: scope) {
      values = evaluate(symbol, module)
    } else {
      values =
        starMember(first, module)
        ?? (Builtins.contains(first) ? [library("builtins." + Builtins.canonical(first))] : [])
    }
    for part in parts.dropFirst() { values = values.flatMap { attribute(part, of: $0) } }
    return values
  }

  // MARK: Subscripts

  /// What `value[index]` may denote: an element, or a generic type.
  mutating func subscripted(_ id: NodeID, _ module: Module) -> [Value] {
    let parts = module.tree.subscript_(id)
    return evaluate(parts.value, module).flatMap { base -> [Value] in
      switch base.kind {
      case .classObject, .library:
        let name = Self.typeName(base) ?? ""
        let isProjectClass = if case .classObject = base.kind { true } else { false }
        guard isProjectClass || name.hasPrefix("typing.") || Builtins.isClassLike(name) else {
          return subscriptOfLibrary(name)
        }
        let types = annotationTypes(id, module).filter { $0.qualifiedName != "builtins.None" }
        return types.isEmpty ? [.unknown] : types.map { Value(.classObject(Self.asClass($0))) }
      case .instance(let type): return [item(of: type, parts.slice, module)]
      default: return [.unknown]
      }
    }
  }

  private func subscriptOfLibrary(_ name: String) -> [Value] {
    guard let type = program.options.libraries.attributeType(of: name) else { return [.unknown] }
    return [
      program.options.libraries.returnType(ofCallable: type.qualifiedName + ".__getitem__").map(instance) ?? .unknown
    ]
  }

  private func item(of type: TypeReference, _ index: NodeID, _ module: Module) -> Value {
    let name = type.qualifiedName
    if module.tree.kind(index) == .slice { return Value(.instance(type)) }
    if name == "builtins.str" { return Self.builtin("str") }
    if name == "builtins.bytes" { return Self.builtin("int") }
    if Builtins.mappings.contains(name) { return type.arguments.count == 2 ? instance(type.arguments[1]) : .unknown }
    if name == "builtins.tuple" {
      guard let position = module.tree.integerValue(index), type.arguments.indices.contains(position) else {
        return .unknown
      }
      return instance(type.arguments[position])
    }
    if Builtins.iterables.contains(name) { return type.arguments.first.map(instance) ?? .unknown }
    return program.options.libraries.returnType(ofCallable: name + ".__getitem__").map(instance) ?? .unknown
  }
}
