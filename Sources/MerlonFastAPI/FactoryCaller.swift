import MerlonProgram
import MerlonPython

/// Calls the functions that make applications and that nobody has called yet: `create_app()`, `main()`, `Server()`.
struct FactoryCaller {
  let interpreter: Interpreter
  let candidates: CandidateModules

  /// A function, method or class that is called for the applications that it makes.
  private struct Factory {
    let module: ModuleObject
    let callee: PythonValue
    /// As users write the call: `create_app`, `App.create_app`, `Server`.
    let name: String
    let needsArguments: Bool
  }

  /// Longest chain of functions around a factory that are tried for a more complete application.
  private static let callerDepth = 3

  /// - Parameter known: applications that have a name already.
  func call(known: Set<ObjectIdentifier>) -> [FoundApplication] {
    var known = known
    var found: [FoundApplication] = []
    var seen: Set<String> = []
    for module in candidates.modules where module.role != .test {
      let factories = factories(in: module)
      for factory in factories.filter({ !$0.needsArguments }) + factories.filter(\.needsArguments) {
        guard seen.insert(factory.module.name + ":" + factory.name).inserted else { continue }
        for application in complete(made(by: factory, known: known), of: factory, known: &known, seen: &seen) {
          known.insert(ObjectIdentifier(application.instance))
          found.append(application)
        }
      }
    }
    return found
  }

  // MARK: Calling

  private func made(by factory: Factory, known: Set<ObjectIdentifier>) -> [FoundApplication] {
    let before = Set(Registry.instances("APPLICATIONS", interpreter).map { ObjectIdentifier($0) })
    let result = CallableReference.settled(call(factory))
    let new = Registry.instances("APPLICATIONS", interpreter).filter {
      !before.contains(ObjectIdentifier($0)) && !known.contains(ObjectIdentifier($0))
    }
    // What it returns counts; where it returns no application, what it made.
    if case .instance(let instance) = result, new.contains(where: { $0 === instance }) {
      return [FoundApplication(instance: instance, module: factory.module.name, name: factory.name + "()")]
    }
    // What is mounted in another one is part of it.
    let inner = new.flatMap { mounted(in: .instance($0), depth: 0) }
    return new.filter { application in !inner.contains { $0 === application } }.map { application in
      FoundApplication(
        instance: application, module: factory.module.name, name: name(of: application, factory, result))
    }
  }

  private func name(of application: InstanceObject, _ factory: Factory, _ result: PythonValue) -> String {
    if case .instance(let holder) = result {
      for (name, value) in holder.attributes.sorted(by: { $0.key < $1.key }) {
        if case .instance(let held) = value, held === application { return "\(factory.name)().\(name)" }
      }
    }
    return factory.name + "()"
  }

  private func call(_ factory: Factory) -> PythonValue {
    interpreter.call(factory.callee, Self.unknownArguments(of: factory.callee, interpreter))
  }

  /// Unknown values for the arguments that a callable needs.
  private static func unknownArguments(of callee: PythonValue, _ interpreter: Interpreter) -> CallArguments {
    var arguments = CallArguments()
    for parameter in interpreter.signature(of: callee)?.parameters ?? [] where parameter.defaultValue == nil {
      let value = PythonValue.unknown(UnknownObject(text: parameter.name, type: parameter.annotation))
      switch parameter.kind {
      case .variadic, .keywordVariadic: continue
      case .positionalOnly, .positionalOrKeyword: arguments.positional.append(value)
      case .keywordOnly: arguments.keywords.append((parameter.name, value))
      }
    }
    return arguments
  }

  // MARK: Callers

  /// Where a function around the factory returns an application with more routes, that one counts.
  private func complete(
    _ made: [FoundApplication], of factory: Factory, known: inout Set<ObjectIdentifier>, seen: inout Set<String>,
    depth: Int = 0
  ) -> [FoundApplication] {
    guard depth < Self.callerDepth, made.count == 1, let inner = made.first, inner.name == factory.name + "()" else {
      return made
    }
    known.insert(ObjectIdentifier(inner.instance))
    for caller in callers(of: factory) {
      guard seen.insert(caller.module.name + ":" + caller.name).inserted else { continue }
      let outer = self.made(by: caller, known: known)
      guard outer.count == 1, let application = outer.first, application.name == caller.name + "()",
        routeCount(application.instance) > routeCount(inner.instance)
      else { continue }
      return complete(outer, of: caller, known: &known, seen: &seen, depth: depth + 1)
    }
    return made
  }

  private func callers(of factory: Factory) -> [Factory] {
    let name = TypeName.last(factory.name)
    interpreter.program.noteQuestion(APIQuestions.callers, name)
    return candidates.callers(of: name).compactMap { module, name in
      interpreter.program.noteLook(at: module)
      guard module.role != .test, let callee = interpreter.run(module).frame.names[name], case .function = callee else {
        return nil
      }
      return self.factory(module: interpreter.run(module), callee: callee, name: name)
    }
  }

  private func routeCount(_ application: InstanceObject) -> Int {
    routeCount(.instance(application), depth: 0)
  }

  /// The applications that are mounted below another one.
  private func mounted(in application: PythonValue, depth: Int) -> [InstanceObject] {
    guard depth < 4 else { return [] }
    return ObjectReader(application, interpreter).elements("routes").flatMap { route -> [InstanceObject] in
      guard case .instance(let inner)? = ObjectReader(route, interpreter)["app"] else { return [] }
      return [inner] + mounted(in: .instance(inner), depth: depth + 1)
    }
  }

  /// Routes of an application, those of mounted ones included.
  private func routeCount(_ application: PythonValue, depth: Int) -> Int {
    guard depth < 4 else { return 0 }
    let routes = ObjectReader(application, interpreter).elements("routes")
    return routes.reduce(routes.count) { count, route in
      guard let inner = ObjectReader(route, interpreter)["app"] else { return count }
      return count + routeCount(inner, depth: depth + 1)
    }
  }

  // MARK: Which functions

  private struct Place: Hashable {
    let module: UInt32
    let node: NodeID
  }

  /// What makes the applications of a module that were not made yet.
  private func factories(in module: Module) -> [Factory] {
    let made = Set(
      Registry.instances("APPLICATIONS", interpreter).compactMap { instance in
        instance.site.map { Place(module: $0.module.id.index, node: $0.node) }
      })
    let object = interpreter.run(module)
    var factories: [Factory] = []
    for call in candidates.constructorCalls(in: module)
    where !made.contains(Place(module: module.id.index, node: call)) {
      guard let names = path(to: call, in: module), let first = names.first,
        let outer = object.frame.names[first]
      else { continue }
      if case .classObject(let type) = CallableReference.settled(outer), names.count > 1 {
        factories.append(contentsOf: self.factory(type, method: names[1], in: object))
      } else {
        factories.append(factory(module: object, callee: outer, name: first))
      }
    }
    return factories
  }

  private func factory(module: ModuleObject, callee: PythonValue, name: String) -> Factory {
    let needsArguments = interpreter.signature(of: callee)?.parameters.contains { parameter in
      parameter.defaultValue == nil && parameter.kind != .variadic && parameter.kind != .keywordVariadic
    }
    return Factory(module: module, callee: callee, name: name, needsArguments: needsArguments ?? true)
  }

  /// A method that makes an application: of the class itself, or of an object that is made for it.
  private func factory(_ type: ClassObject, method: String, in module: ModuleObject) -> [Factory] {
    let value = PythonValue.classObject(type)
    if method == "__init__" || method == "__new__" { return [factory(module: module, callee: value, name: type.name)] }
    guard let member = interpreter.attribute(method, of: value) else { return [] }
    if case .function(let function) = member, function.kind == .plain {
      let object = interpreter.call(value, Self.unknownArguments(of: value, interpreter))
      guard let bound = interpreter.attribute(method, of: object) else { return [] }
      return [factory(module: module, callee: bound, name: "\(type.name)().\(method)")]
    }
    return [factory(module: module, callee: member, name: "\(type.name).\(method)")]
  }

  /// Names of the definitions around a node, outermost first; nil for code of the module itself and for tests.
  private func path(to node: NodeID, in module: Module) -> [String]? {
    var names: [String] = []
    var current = module.parent(of: node)
    while !current.isNone, module.tree.kind(current) != .module {
      let name = CandidateModules.name(of: current, in: module)
      if !name.isEmpty { names.insert(name, at: 0) }
      current = module.parent(of: current)
    }
    guard let first = names.first, !first.hasPrefix("test"), !first.hasPrefix("Test") else { return nil }
    return names
  }
}
