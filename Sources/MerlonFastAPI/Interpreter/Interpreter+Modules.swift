import MerlonProgram
import MerlonPython

extension Interpreter {
  /// The module after its body was run; the same object each time.
  func run(_ module: Module) -> ModuleObject {
    if let known = projectModules[module.id] { return known }
    let object = ModuleObject(name: module.name, module: module, frame: Frame(tree: module.tree))
    object.frame.module = object
    projectModules[module.id] = object
    execute(object)
    return object
  }

  /// All modules of the project that were run.
  var ranModules: [ModuleObject] { projectModules.values.sorted { $0.name < $1.name } }

  private func execute(_ object: ModuleObject) {
    defer { object.isComplete = true }
    guard let tree = object.module?.tree else { return }
    let isTop = depth == 0
    guard canDescend() else { return reportBudget("imports are nested too deeply") }
    depth += 1
    let outer = (handlers, raised, currentConditions)
    // What a module does does not depend on the place that imports it first.
    (handlers, raised, currentConditions) = ([], nil, [])
    let outerJournals = journals
    journals = []
    for statement in tree.elements(tree.root) {
      let count = currentConditions.count
      let completion = execute(statement, in: object.frame)
      if completion == .raised { raised = nil }
      if completion != .normal || currentConditions.count > count { truncateConditions(count) }
      if isStopping { break }
    }
    journals = outerJournals
    (handlers, raised, currentConditions) = outer
    depth -= 1
    if isTop { finishBudget() }
  }

  /// Notes that a budget ended the work, and lets the next call work again.
  func finishBudget() {
    guard isStopping else { return }
    isStopping = false
    reportBudget("the code that builds the application was left after \(stepBound) steps")
    stepBound = steps + options.stepLimit / 20
  }

  /// The module that `import name` gives, run; nil for libraries without source.
  func importModule(_ name: String) -> ModuleObject? { importModule(name, from: "") }

  func importModule(_ name: String, from path: String) -> ModuleObject? {
    if let known = libraryModules[name] { return known }
    let top = String(name.prefix { $0 != "." })
    // A project may be the very library that a model stands for; its own source says more then.
    let isOwn = !RuntimeModels.frameworks.contains(top) && program.module(named: top, from: path) != nil
    if !isOwn {
      if RuntimeModels.paths[name] != nil { return runtimeModule(name) }
      if RuntimeModels.paths[top] != nil { return nil }
    }
    if let module = program.module(named: name, from: path) {
      let object = run(module)
      attach(object, to: name, from: path)
      return object
    }
    if isProjectNamespace(name, from: path) { return namespace(name) }
    return installedModule(name)
  }

  private func runtimeModule(_ name: String) -> ModuleObject? {
    guard let module = runtime.module(named: name) else { return nil }
    if let parent = parentName(name), RuntimeModels.paths[parent] != nil { _ = importModule(parent) }
    if let known = libraryModules[name] { return known }
    return runLibrary(module, name: name)
  }

  private func runLibrary(_ module: Module, name: String) -> ModuleObject {
    let object = ModuleObject(name: name, module: module, frame: Frame(tree: module.tree))
    object.frame.module = object
    libraryModules[name] = object
    if name == "merlon_runtime" { setVersions(object) }
    execute(object)
    if let parent = parentName(name), let package = libraryModules[parent] {
      package.submodules[String(name.dropFirst(parent.count + 1))] = object
    }
    return object
  }

  /// The versions of the project stand in for those that the file names.
  private func setVersions(_ object: ModuleObject) {
    func tuple(_ version: FrameworkVersion) -> PythonValue {
      .tuple([.integer(version.major), .integer(version.minor), .integer(version.patch)])
    }
    fixedNames = ["FASTAPI_VERSION": tuple(options.fastAPIVersion), "PYDANTIC_VERSION": tuple(options.pydanticVersion)]
  }

  private func parentName(_ name: String) -> String? {
    name.lastIndex(of: ".").map { String(name[..<$0]) }
  }

  private func attach(_ object: ModuleObject, to name: String, from path: String) {
    guard let parent = parentName(name) else { return }
    let last = String(name.dropFirst(parent.count + 1))
    if let module = program.module(named: parent, from: path) {
      run(module).submodules[last] = object
    } else {
      namespace(parent)?.submodules[last] = object
    }
  }

  private func isProjectNamespace(_ name: String, from path: String) -> Bool {
    if namespaceModules[name] != nil { return true }
    if let known = projectNamespaces[name] { return known }
    let prefix = name + "."
    let found = program.modules.contains { $0.name.hasPrefix(prefix) }
    projectNamespaces[name] = found
    return found
  }

  private func namespace(_ name: String) -> ModuleObject? {
    if let known = namespaceModules[name] { return known }
    let object = ModuleObject(name: name, module: nil, frame: Frame(tree: nil))
    object.isComplete = true
    namespaceModules[name] = object
    return object
  }

  /// Modules of installed packages are only run when they use the framework themselves.
  private func installedModule(_ name: String) -> ModuleObject? {
    guard program.options.installed != nil else { return nil }
    if let decision = libraryDecisions[name] { return decision ? libraryModules[name] : nil }
    guard !Self.neverRun.contains(String(name.prefix { $0 != "." })), let module = program.installedModule(named: name),
      usesFramework(module)
    else {
      libraryDecisions[name] = false
      return nil
    }
    libraryDecisions[name] = true
    return runLibrary(module, name: name)
  }

  private func usesFramework(_ module: Module) -> Bool {
    let tree = module.tree
    return module.imports.contains { statement in
      switch tree.kind(statement) {
      case .importFrom:
        let parts = tree.importFrom(statement)
        let top = tree.text(parts.module).prefix { $0 != "." }
        return parts.level == 0 && (top == "fastapi" || top == "starlette")
      case .import:
        return tree.elements(statement).contains { alias in
          let top = tree.text(tree.alias(alias).name).prefix { $0 != "." }
          return top == "fastapi" || top == "starlette"
        }
      default: return false
      }
    }
  }

  private static let neverRun: Set<String> = [
    "pytest", "numpy", "torch", "pandas", "sqlalchemy", "uvicorn", "gunicorn", "httpx", "anyio", "sentry_sdk",
    "opentelemetry", "ddtrace", "newrelic", "google", "boto3", "botocore", "azure", "typing_extensions",
  ]

  // MARK: Statements

  func importStatement(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let path = frame.module?.module?.path ?? ""
    for alias in tree.elements(statement) {
      let parts = tree.alias(alias)
      let name = tree.text(parts.name)
      let components = name.split(separator: ".").map(String.init)
      var first: PythonValue?
      var last: PythonValue = .none
      for count in components.indices {
        let prefix = components[...count].joined(separator: ".")
        last = importModule(prefix, from: path).map { .module($0) } ?? resolveLibrary(prefix) ?? .library(prefix)
        if first == nil { first = last }
      }
      if parts.asName.isNone {
        bind(components.first ?? name, first ?? last, in: frame)
      } else {
        bind(tree.text(parts.asName), last, in: frame)
      }
    }
  }

  func importFromStatement(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.importFrom(statement)
    let written = tree.text(parts.module)
    let name = absoluteName(written, level: parts.level, in: frame)
    let path = frame.module?.module?.path ?? ""
    if name == "__future__" { return }
    let module = importModule(name, from: path)
    if module == nil, missingLibrary(name) { raiseIfCaught("ImportError", name) }
    if raised != nil { return }
    for alias in tree[parts.names] {
      let aliasParts = tree.alias(alias)
      let member = tree.text(aliasParts.name)
      if member == "*" {
        if let module { importAll(of: module, into: frame) }
        continue
      }
      let target = aliasParts.asName.isNone ? member : tree.text(aliasParts.asName)
      if let module, !module.isComplete, isMissing(member, of: module, name: name, path: path) {
        // A circular import: the name will be there when somebody uses it.
        frame.late[target] = { [weak module] in module?.frame.names[member] }
        continue
      }
      let value = imported(member, of: module, name: name, path: path, frame: frame)
      if raised != nil { return }
      bind(target, value, in: frame)
    }
  }

  /// True for a top-level package that is known not to be there: an environment was given and has no such package.
  private func missingLibrary(_ name: String) -> Bool {
    guard program.options.installed != nil else { return false }
    let top = String(name.prefix { $0 != "." })
    if StandardLibrary.names.contains(top) || RuntimeModels.paths[top] != nil { return false }
    if program.module(named: top) != nil || isProjectNamespace(top, from: "") { return false }
    if let known = missingLibraries[top] { return known }
    let isMissing = program.installedModule(named: top) == nil
    missingLibraries[top] = isMissing
    return isMissing
  }

  private func imported(
    _ member: String, of module: ModuleObject?, name: String, path: String, frame: Frame
  ) -> PythonValue {
    guard let module else {
      return reexported(member, of: name) ?? resolveLibrary(name + "." + member) ?? .library(name + "." + member)
    }
    if let value = module.frame.names[member] { return value }
    if let sub = importModule(name + "." + member, from: path) { return .module(sub) }
    if let value = attribute(member, of: .module(module)) { return value }
    if module.module?.isInstalled == true || module.module == nil {
      return resolveLibrary(name + "." + member) ?? .library(name + "." + member)
    }
    raiseIfCaught("ImportError", member)
    return .unknown(UnknownObject(text: name + "." + member))
  }

  private func isMissing(_ member: String, of module: ModuleObject, name: String, path: String) -> Bool {
    if module.frame.names[member] != nil || module.frame.late[member] != nil { return false }
    return importModule(name + "." + member, from: path) == nil && attribute(member, of: .module(module)) == nil
  }

  /// What a package that extends the framework hands on from one of its modules.
  private func reexported(_ member: String, of name: String) -> PythonValue? {
    let lower = name.lowercased()
    guard lower.contains("fastapi") || lower.contains("starlette"), program.options.installed != nil else { return nil }
    for definition in program.installedDefinitions(of: member, in: name) where definition.module != name {
      guard let module = importModule(definition.module) else { continue }
      if let value = module.frame.names[TypeName.last(definition.qualifiedName)] { return value }
    }
    return nil
  }

  private func importAll(of module: ModuleObject, into frame: Frame) {
    if let names = module.frame.names["__all__"] {
      for case .string(let name) in iterate(names, site: nil).elements {
        if let value = attribute(name, of: .module(module)) { bind(name, value, in: frame) }
      }
      return
    }
    for (name, value) in module.orderedNames where !name.hasPrefix("_") { bind(name, value, in: frame) }
  }

  private func absoluteName(_ written: String, level: Int, in frame: Frame) -> String {
    guard level > 0 else { return written }
    var package = frame.module?.packageName ?? ""
    for _ in 1..<max(level, 1) { package = parentName(package) ?? "" }
    if written.isEmpty { return package }
    return package.isEmpty ? written : package + "." + written
  }

  // MARK: Libraries

  /// What a dotted name of a library denotes; nil only where `orNil` is set and nothing is known.
  func resolveLibrary(_ name: String, orNil: Bool = false) -> PythonValue? {
    if let known = librariesLookedUp[name] { return known }
    guard let found = lookUpLibrary(name) else { return orNil ? nil : .library(name) }
    librariesLookedUp[name] = found
    return found
  }

  func resolveLibrary(_ name: String) -> PythonValue? { resolveLibrary(name, orNil: false) }

  private func lookUpLibrary(_ name: String) -> PythonValue? {
    var name = name
    if name.hasPrefix("typing_extensions.") { name = "typing." + name.dropFirst(18) }
    if let native = natives[name] { return .native(native) }
    if name.hasPrefix("builtins."), let type = builtins.classes[String(name.dropFirst(9))] { return .classObject(type) }
    if let constant = LibraryConstants.value(name, self) { return constant }
    // A name of a library that has a module which is run.
    if let dot = name.lastIndex(of: "."), RuntimeModels.paths[String(name.prefix { $0 != "." })] == nil {
      let parent = String(name[..<dot])
      if let module = libraryModules[parent], let value = module.frame.names[String(name[name.index(after: dot)...])] {
        return value
      }
    }
    return .library(program.options.libraries.canonicalName(name))
  }
}
