import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Values of the interpreter as the reader of guards sees them.
struct GuardValueMaker {
  /// Deepest nesting of objects, captured names and containers that is taken over.
  static let depthLimit = 5

  let reader: GuardReader
  let interpreter: Interpreter

  /// The callables that a value stands for.
  func callables(_ value: PythonValue, depth: Int = 0) -> [GuardCallable] {
    guard depth < Self.depthLimit else { return [] }
    switch value {
    case .function(let function): return [self.function(function, receiver: nil, depth: depth)].compactMap(\.self)
    case .method(let method):
      guard case .function(let function) = CallableReference.settled(method.function) else {
        return library(method, depth: depth)
      }
      return [self.function(function, receiver: make(method.receiver, depth: depth + 1), depth: depth)].compactMap(
        \.self)
    case .classObject(let object):
      guard let definition = definition(of: object) else { return [.library(canonical(object.fullName))] }
      return [.classObject(definition)]
    case .instance(let instance): return self.instance(instance, depth: depth)
    case .library(let name): return [.library(canonical(name))]
    case .native(let function): return [.library(canonical(function.name))]
    case .generic(let generic): return callables(generic.origin, depth: depth + 1)
    case .either(let choices): return choices.prefix(4).flatMap { callables($0, depth: depth + 1) }
    case .unknown(let unknown): return evaluated(unknown).callables
    default: return []
    }
  }

  /// A value that was captured or stored.
  func make(_ value: PythonValue, depth: Int = 0) -> GuardValue {
    guard depth < Self.depthLimit else { return .unknown }
    switch value {
    case .none: return GuardValue(constant: .none)
    case .bool(let flag): return GuardValue(constant: .bool(flag))
    case .integer(let number): return GuardValue(constant: .integer(number))
    case .string(let text): return GuardValue(constant: .string(text))
    case .bytes(let bytes): return GuardValue(constant: .string(String(decoding: bytes, as: UTF8.self)))
    case .list(let list), .set(let list): return container(list.elements, isOpen: list.isOpen, depth)
    case .tuple(let elements): return container(elements, isOpen: false, depth)
    case .unknown(let unknown): return evaluated(unknown)
    case .either(let choices):
      let values = choices.prefix(4).map { make($0, depth: depth + 1) }
      guard let first = values.first else { return .unknown }
      return values.dropFirst().reduce(first) { GuardValue.joined($0, under: .nothing, $1, under: .nothing) }
    case .instance(let instance):
      if let text = PlainValue.text(of: value) { return GuardValue(constant: .string(text)) }
      var result = GuardValue()
      result.callables = self.instance(instance, depth: depth)
      result.isTrue = true
      return result
    default:
      var result = GuardValue()
      result.callables = callables(value, depth: depth)
      return result
    }
  }

  private func canonical(_ name: String) -> String { reader.models.canonicalName(name) }

  private func container(_ elements: [PythonValue], isOpen: Bool, _ depth: Int) -> GuardValue {
    let values = elements.prefix(200).map { make($0, depth: depth + 1) }
    var result = GuardValue()
    result.elements = values
    if !isOpen, values.allSatisfy({ $0.constant != nil }) {
      result.constant = .list(values.compactMap(\.constant))
      result.isTrue = !values.isEmpty
    }
    return result
  }

  /// What is only known at run time: a setting, mostly.
  private func evaluated(_ unknown: UnknownObject) -> GuardValue {
    guard let site = unknown.site, !site.node.isNone else { return .unknown }
    let reading = FunctionReader(
      reader: reader, module: site.module, function: site.module.tree.root, mode: .helper, captured: [:], receiver: nil)
    var state = GuardState()
    return reading.evaluate(site.node, &state)
  }

  private func definition(of object: ClassObject) -> Definition? {
    guard let module = object.module?.module, !object.node.isNone, isOfProject(module) else { return nil }
    return Definition(module: module.id, node: object.node)
  }

  /// False for modules of the runtime models, which are no part of the program.
  private func isOfProject(_ module: Module) -> Bool {
    reader.program.module(module.id).map { $0 === module } ?? false
  }

  private func function(_ function: FunctionObject, receiver: GuardValue?, depth: Int) -> GuardCallable? {
    guard let module = function.module.module, isOfProject(module) else {
      return .library(canonical(function.module.name + "." + function.qualifiedName))
    }
    var captured: [String: GuardValue] = [:]
    var names: Set<String> = []
    module.tree.walk(function.node) { node in
      if module.tree.kind(node) == .name { names.insert(module.tree.text(module.tree.nameID(node))) }
      return true
    }
    var frame: Frame? = function.enclosing
    while let current = frame, current.enclosing != nil {
      for (name, value) in current.names where names.contains(name) && captured[name] == nil {
        captured[name] = make(value, depth: depth + 1)
      }
      frame = current.enclosing
    }
    return .function(
      Definition(module: module.id, node: function.node), captured: captured, receiver: receiver)
  }

  private func library(_ method: MethodObject, depth: Int) -> [GuardCallable] {
    guard case .library(let name) = method.function else { return [] }
    return [.library(canonical(name))]
  }

  private func instance(_ instance: InstanceObject, depth: Int) -> [GuardCallable] {
    if let inner = CallableReference.partialFunction(.instance(instance), interpreter) {
      return callables(inner, depth: depth + 1)
    }
    guard case .classObject(let object) = CallableReference.settled(instance.type) else {
      guard let name = TypeName.canonical(of: instance.type) else { return [] }
      return [.libraryInstance(canonical(name), isOptional: isOptional(instance))]
    }
    guard let definition = definition(of: object) else {
      return [.libraryInstance(canonical(object.fullName), isOptional: isOptional(instance))]
    }
    var attributes: [String: GuardValue] = [:]
    for (name, value) in instance.attributes.sorted(by: { $0.key < $1.key }).prefix(60) {
      attributes[name] = make(value, depth: depth + 1)
    }
    return [.instance(definition, attributes: attributes)]
  }

  private func isOptional(_ instance: InstanceObject) -> Bool {
    let value = instance.attributes["auto_error"] ?? instance.arguments["auto_error"]
    return value.flatMap { PlainValue.flag(of: $0) } == false
  }
}
