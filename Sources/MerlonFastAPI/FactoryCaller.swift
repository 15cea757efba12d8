import MerlonProgram
import MerlonPython

/// Calls the functions that make applications and that nobody has called yet: `create_app()`, `main()`, `Server()`.
struct FactoryCaller {
  let interpreter: Interpreter
  let candidates: CandidateModules

  private struct Factory {
    let module: ModuleObject
    let callee: PythonValue
    /// `create_app`, `Server`.
    let name: String
    let needsArguments: Bool
  }

  /// - Parameter known: applications that have a name already.
  func call(known: Set<ObjectIdentifier>) -> [FoundApplication] {
    var known = known
    var found: [FoundApplication] = []
    var made = madePlaces()
    for module in candidates.modules where module.role != .test {
      for factory in factories(in: module, made: made) {
        let before = Set(Registry.instances("APPLICATIONS", interpreter).map { ObjectIdentifier($0) })
        let result = CallableReference.settled(call(factory))
        let new = Registry.instances("APPLICATIONS", interpreter).filter {
          !before.contains(ObjectIdentifier($0)) && !known.contains(ObjectIdentifier($0))
        }
        for application in chosen(new, result: result) {
          known.insert(ObjectIdentifier(application))
          found.append(
            FoundApplication(
              instance: application, module: factory.module.name, name: name(of: application, factory, result)))
        }
        made = madePlaces()
      }
    }
    return found
  }

  /// What the factory returns; where it returns no application, what it made.
  private func chosen(_ new: [InstanceObject], result: PythonValue) -> [InstanceObject] {
    if case .instance(let instance) = result, new.contains(where: { $0 === instance }) { return [instance] }
    return new
  }

  private func name(of application: InstanceObject, _ factory: Factory, _ result: PythonValue) -> String {
    if case .instance(let holder) = result, holder !== application {
      for (name, value) in holder.attributes.sorted(by: { $0.key < $1.key }) {
        if case .instance(let held) = value, held === application { return "\(factory.name)().\(name)" }
      }
    }
    return factory.name + "()"
  }

  private func call(_ factory: Factory) -> PythonValue {
    var arguments = CallArguments()
    if factory.needsArguments, let signature = interpreter.signature(of: factory.callee) {
      for parameter in signature.parameters where parameter.defaultValue == nil {
        switch parameter.kind {
        case .variadic, .keywordVariadic: continue
        case .positionalOnly, .positionalOrKeyword:
          arguments.positional.append(.unknown(UnknownObject(text: parameter.name, type: parameter.annotation)))
        case .keywordOnly:
          arguments.keywords.append(
            (parameter.name, .unknown(UnknownObject(text: parameter.name, type: parameter.annotation))))
        }
      }
    }
    return interpreter.call(factory.callee, arguments)
  }

  // MARK: Which functions

  private struct Place: Hashable {
    let module: UInt32
    let node: NodeID
  }

  /// Calls of constructors that made an application so far.
  private func madePlaces() -> Set<Place> {
    Set(
      Registry.instances("APPLICATIONS", interpreter).compactMap { instance in
        instance.site.map { Place(module: $0.module.id.index, node: $0.node) }
      })
  }

  /// Functions and classes of a module that make an application which was not made yet; those that need no arguments
  /// first.
  private func factories(in module: Module, made: Set<Place>) -> [Factory] {
    let object = interpreter.run(module)
    var factories: [Factory] = []
    var seen: Set<String> = []
    for call in candidates.constructorCalls(in: module)
    where !made.contains(Place(module: module.id.index, node: call)) {
      guard let name = outermost(around: call, in: module), seen.insert(name).inserted,
        let callee = object.frame.names[name]
      else { continue }
      let signature = interpreter.signature(of: callee)
      let needsArguments = signature?.parameters.contains { parameter in
        parameter.defaultValue == nil && parameter.kind != .variadic && parameter.kind != .keywordVariadic
      }
      factories.append(
        Factory(module: object, callee: callee, name: name, needsArguments: needsArguments ?? true))
    }
    return factories.filter { !$0.needsArguments } + factories.filter(\.needsArguments)
  }

  /// The function or class of the module's own scope that a node lies in; nil for code of the module itself and for
  /// tests.
  private func outermost(around node: NodeID, in module: Module) -> String? {
    var found: String?
    var current = module.parent(of: node)
    while !current.isNone, module.tree.kind(current) != .module {
      let name = CandidateModules.name(of: current, in: module)
      if !name.isEmpty { found = name }
      current = module.parent(of: current)
    }
    guard let found, !found.hasPrefix("test"), !found.hasPrefix("Test") else { return nil }
    return found
  }
}
