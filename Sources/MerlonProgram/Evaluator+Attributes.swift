public import MerlonPython
import Synchronization

extension Evaluator {
  /// What an attribute of a value may denote.
  mutating func attribute(_ name: String, of value: Value) -> [Value] {
    switch value.kind {
    case .unknown, .none, .partial: return [.unknown]
    case .module(let id):
      guard let module = program.module(id) else { return [.unknown] }
      let found = member(name, of: module)
      return found.isEmpty ? [Value(.library(module.name + "." + name))] : found
    case .namespace(let dotted): return [submodule(name, ofNamespace: dotted, from: nil)]
    case .library(let dotted):
      if let type = program.options.libraries.attributeType(of: dotted) { return attribute(name, of: instance(type)) }
      return [library(dotted + "." + name)]
    case .function(let definition, _):
      guard name == "__wrapped__" || name == "__func__" else { return [.unknown] }
      return [Value(.function(definition, receiver: nil))]
    case .classObject(let type):
      guard let definition = type.definition else { return [library(type.qualifiedName + "." + name)] }
      return classAttribute(name, order(of: definition), receiver: type)
    case .instance(let type):
      guard let definition = type.definition else { return [library(type.qualifiedName + "." + name)] }
      if name == "__class__" { return [Value(.classObject(Self.asClass(type)))] }
      return classAttribute(name, order(of: definition), receiver: type)
    case .superProxy(let definition, let receiver):
      var order = order(of: receiver.definition ?? definition)
      if let position = order.firstIndex(where: { $0.definition == definition }) {
        order.removeFirst(position + 1)
      }
      return classAttribute(name, order, receiver: receiver)
    }
  }

  /// Looks an attribute up along an order of classes: project classes first, then the nearest library class.
  private mutating func classAttribute(
    _ name: String, _ order: [ClassReference], receiver: TypeReference
  ) -> [Value] {
    for reference in order {
      guard let definition = reference.definition, let module = program.module(definition.module) else { continue }
      if let found = ownAttribute(name, definition, module, order, receiver: receiver) { return found }
    }
    let leaf = order.first { $0.definition == nil && $0.name != "builtins.object" && !Self.isMarker($0.name) }
    if let leaf { return [library(leaf.name + "." + name)] }
    return [.unknown]
  }

  /// Bases that only mark a class and bring nothing of their own.
  private static func isMarker(_ name: String) -> Bool {
    switch name {
    case "typing.Generic", "typing.Protocol", "abc.ABC", "typing_extensions.Protocol": true
    default: false
    }
  }

  /// An attribute that one class itself has: in its body, or set on `self` by its methods.
  private mutating func ownAttribute(
    _ name: String, _ definition: Definition, _ module: Module, _ order: [ClassReference], receiver: TypeReference
  ) -> [Value]? {
    let scope = module.scope(openedBy: definition.node)
    let symbol = scope.flatMap { module.ownSymbol(name, in: $0) }
    let fields = module.fieldBindings(name, of: definition.node)
    guard symbol != nil || !fields.isEmpty else { return nil }
    var bindings: [Binding] = []
    if let symbol {
      bindings = module.lasting(module.bindings(of: symbol), of: symbol)
      // Of the accessors of a property the first one says what reading yields.
      let isProperty = bindings.first.map { $0.kind == .function && module.methodKind(of: $0.node) == .property }
      let functions = bindings.filter { $0.kind == .function }
      if let function = isProperty == true ? functions.first : functions.last {
        return method(function.node, module, order, receiver: receiver)
      }
    }
    let first = bindings.first ?? fields.first
    bindings += fields
    let place = Place(
      name: module.qualifiedName(ofScopeAt: definition.node) + "." + name,
      definition: Definition(module: module.id, node: first?.node ?? definition.node))
    if symbol != nil, fields.isEmpty, isEnumeration(order), bindings.first?.kind == .assignment {
      return [Value(.instance(classInstance(definition, module)), place: place)]
    }
    let found = values(of: bindings, module)
    return (found.isEmpty ? [.unknown] : found).map { value in
      value.isPlain ? Value(value.kind, place: place) : bound(value, receiver)
    }
  }

  private func classInstance(_ definition: Definition, _ module: Module) -> TypeReference {
    Self.asInstance(classType(definition.node, module))
  }

  /// A function that was assigned to a class attribute is bound like a method; other values stay as they are.
  private func bound(_ value: Value, _ receiver: TypeReference) -> Value {
    guard case .function(let definition, nil) = value.kind else { return value }
    return Value(.function(definition, receiver: receiver.isClassObject ? nil : receiver))
  }

  private mutating func method(
    _ node: NodeID, _ module: Module, _ order: [ClassReference], receiver: TypeReference
  ) -> [Value] {
    let definition = Definition(module: module.id, node: node)
    switch module.methodKind(of: node) {
    case .staticMethod: return [Value(.function(definition, receiver: nil))]
    case .classMethod: return [Value(.function(definition, receiver: Self.asClass(receiver)))]
    case .instanceMethod:
      return [Value(.function(definition, receiver: receiver.isClassObject ? nil : receiver))]
    case .property:
      if receiver.isClassObject { return [Value(.function(definition, receiver: nil))] }
      let place = Place(name: module.qualifiedName(ofScopeAt: node), definition: definition)
      return results(of: definition, receiver: receiver).map { Value($0.kind, place: place) }
    }
  }

  func isEnumeration(_ order: [ClassReference]) -> Bool {
    order.contains { reference in
      switch reference.name {
      case "enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag": true
      default: false
      }
    }
  }
}

/// How a function in a class is called.
public enum MethodKind: Sendable, Hashable {
  case instanceMethod, classMethod, staticMethod
  /// Read like an attribute.
  case property
}

extension Module {
  /// How a method is called, by its decorators and name. Meaningful for functions directly in a class.
  public func methodKind(of function: NodeID) -> MethodKind {
    let definition = tree.functionDef(function)
    for decorator in tree[definition.decorators] {
      switch lastName(decorator) {
      case "staticmethod": return .staticMethod
      case "classmethod": return .classMethod
      case "property", "cached_property", "hybrid_property", "computed_field", "abstractproperty": return .property
      default: continue
      }
    }
    switch tree.text(definition.name) {
    case "__new__", "__init_subclass__", "__class_getitem__": return .classMethod
    default: return .instanceMethod
    }
  }

  /// The last name of a decorator: `cached_property` of `@functools.cached_property`.
  private func lastName(_ expression: NodeID) -> String {
    let node = tree[expression]
    switch node.kind {
    case .name: return tree.text(NameID(node.a))
    case .attribute: return tree.text(NameID(node.b))
    case .call:
      let function = tree[NodeID(node.a)]
      return function.kind == .attribute
        ? tree.text(NameID(function.b)) : function.kind == .name ? tree.text(NameID(function.a)) : ""
    default: return ""
    }
  }

  /// The symbol of a name that a scope itself binds.
  func ownSymbol(_ name: String, in scope: ScopeID) -> SymbolID? {
    guard let symbol = nameIndex(name).flatMap({ table.symbol($0, in: scope) }) else { return nil }
    return self[symbol].firstBinding == Scope.end ? nil : symbol
  }

  /// Assignments to `self.name` (or `cls.name`) in the methods of a class, the first hundred or so.
  func fieldBindings(_ name: String, of classNode: NodeID) -> [Binding] {
    let all = fields()[classNode.index]?[name] ?? []
    return all.prefix(4 * Evaluator.bindings).map { table.attributeBindings[$0].binding }
  }

  /// Names of attributes that are assigned to on anything but the own instance.
  func outsideAssignments() -> Set<String> {
    let own = Set(fields().values.flatMap { $0.values.flatMap { $0 } })
    return Set(
      table.attributeBindings.indices.filter { !own.contains($0) }.map { text(table.attributeBindings[$0].nameIndex) })
  }

  /// Indices into the attribute bindings by class and name; computed once.
  func fields() -> [UInt32: [String: [Int]]] {
    if let known = cache.withLock({ $0.fields }) { return known }
    var result: [UInt32: [String: [Int]]] = [:]
    for (index, entry) in table.attributeBindings.enumerated() {
      guard entry.binding.kind != .deletion, tree.kind(entry.receiver) == .name,
        let symbol = symbol(of: entry.receiver),
        let parameter = bindings(of: symbol).first, parameter.kind == .parameter,
        let owner = methodClass(of: parameter.statement), methodKind(of: parameter.statement) != .staticMethod
      else { continue }
      let arguments = tree.arguments(tree.functionDef(parameter.statement).arguments)
      let first = tree[arguments.positionalOnly].first ?? tree[arguments.positional].first
      guard first == parameter.node else { continue }
      result[owner.index, default: [:]][text(entry.nameIndex), default: []].append(index)
    }
    let found = result
    cache.withLock { $0.fields = found }
    return found
  }
}
