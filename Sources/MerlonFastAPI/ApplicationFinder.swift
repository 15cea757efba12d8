import MerlonBase
import MerlonProgram
import MerlonPython

/// An application object, under the name that users know it by.
struct FoundApplication {
  let instance: InstanceObject
  /// Dotted name of the module that holds or makes it.
  let module: String
  /// `app`, `server.app`, or `create_app()` for a factory.
  let name: String
}

/// Runs the modules that may build applications, and names the applications that came into being.
///
/// The runtime models keep a list of all applications and routers in the order in which they are made
/// (`merlon_runtime.APPLICATIONS`), so that none is missed, wherever it is kept.
struct ApplicationFinder {
  let interpreter: Interpreter
  let roles: Set<FileRole>
  private let candidates: CandidateModules
  private(set) var modules: [ModuleObject] = []

  init(interpreter: Interpreter, roles: Set<FileRole>) {
    self.interpreter = interpreter
    self.roles = roles
    let program = interpreter.program
    candidates = program.withoutLooks { CandidateModules(program: program, roles: roles) }
    program.noteQuestion(APIQuestions.candidates)
    candidates.modules.forEach(program.noteLook)
  }

  /// Applications in the order of their modules' names.
  mutating func find() -> [FoundApplication] {
    modules = candidates.modules.map { interpreter.run($0) }
    var found = named()
    let factories = FactoryCaller(interpreter: interpreter, candidates: candidates)
    for made in factories.call(known: Set(found.map { ObjectIdentifier($0.instance) })) {
      // What a factory stores in a variable of its module is known by that name from then on.
      found.append(made)
    }
    return found.enumerated().sorted {
      ($0.element.module, $0.offset) < ($1.element.module, $1.offset)
    }.map(\.element)
  }

  // MARK: Names

  private struct Name {
    var module: String
    var text: String
    /// Lower is better.
    var rank: Int
  }

  /// Applications that variables of modules hold, directly or in an attribute or an entry.
  private func named() -> [FoundApplication] {
    let applications = Registry.instances("APPLICATIONS", interpreter)
    var best: [ObjectIdentifier: Name] = [:]
    for module in modules where module.module.map({ roles.contains($0.role) && !$0.isInstalled }) ?? false {
      for (name, value) in module.orderedNames {
        offer(value, Name(module: module.name, text: name, rank: 0), &best)
        offerParts(of: value, Name(module: module.name, text: name, rank: 2), &best)
      }
    }
    return applications.compactMap { instance in
      best[ObjectIdentifier(instance)].map { FoundApplication(instance: instance, module: $0.module, name: $0.text) }
    }
  }

  private func offer(_ value: PythonValue, _ name: Name, _ best: inout [ObjectIdentifier: Name]) {
    switch value {
    case .either(let choices): for choice in choices { offer(choice, name, &best) }
    case .instance(let instance):
      var name = name
      // The module that makes an application counts before those that import it.
      if instance.site?.module.name != name.module { name.rank += 1 }
      let identity = ObjectIdentifier(instance)
      if let known = best[identity], known.rank <= name.rank { return }
      best[identity] = name
    default: break
    }
  }

  private func offerParts(of value: PythonValue, _ name: Name, _ best: inout [ObjectIdentifier: Name]) {
    switch value {
    case .instance(let instance):
      for (attribute, value) in instance.attributes.sorted(by: { $0.key < $1.key }) {
        offer(value, Name(module: name.module, text: "\(name.text).\(attribute)", rank: name.rank), &best)
      }
    case .dictionary(let dictionary):
      for entry in dictionary.entries {
        let text = "\(name.text)[\(PythonText.representation(of: entry.key))]"
        offer(entry.value, Name(module: name.module, text: text, rank: name.rank + 2), &best)
      }
    case .list(let list):
      for (index, value) in list.elements.enumerated() {
        offer(value, Name(module: name.module, text: "\(name.text)[\(index)]", rank: name.rank + 2), &best)
      }
    default: break
    }
  }
}

/// Lists that the runtime models keep.
enum Registry {
  static func values(_ name: String, _ interpreter: Interpreter) -> [PythonValue] {
    guard let module = interpreter.importModule("merlon_runtime"),
      let value = interpreter.attribute(name, of: .module(module))
    else { return [] }
    return PythonSequence.elements(of: value, interpreter)
  }

  /// Each object once.
  static func instances(_ name: String, _ interpreter: Interpreter) -> [InstanceObject] {
    var seen: Set<ObjectIdentifier> = []
    return values(name, interpreter).compactMap { value in
      guard case .instance(let instance) = value, seen.insert(ObjectIdentifier(instance)).inserted else { return nil }
      return instance
    }
  }
}

extension ModuleObject {
  /// Names with values, in the order of the module's code.
  var orderedNames: [(name: String, value: PythonValue)] {
    var seen: Set<String> = []
    var result: [(name: String, value: PythonValue)] = []
    for name in module?.topLevelNames ?? [] {
      guard seen.insert(name).inserted, let value = frame.names[name] else { continue }
      result.append((name, value))
    }
    for (name, value) in frame.names.sorted(by: { $0.key < $1.key }) where !seen.contains(name) {
      result.append((name, value))
    }
    return result
  }
}

extension Module {
  /// Names of the module's own scope in the order in which the code binds them first.
  fileprivate var topLevelNames: [String] {
    let scope = scope(of: tree.root)
    return symbols(in: scope).map { symbol in
      (name: name(of: symbol), place: bindings(of: symbol, limit: 1).first.map { tree.range($0.node).start } ?? .max)
    }.sorted { $0.place < $1.place }.map(\.name)
  }
}
