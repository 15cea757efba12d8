import MerlonProgram
import MerlonPython

/// The modules whose code may make applications, told by their imports alone.
struct CandidateModules {
  /// In the order of their paths.
  let modules: [Module]
  /// Names that a call makes an application by: `FastAPI`, `Starlette`, and the project's classes below them.
  let constructors: Set<String>
  /// All modules of the chosen roles.
  private let own: [Module]

  init(program: Program, roles: Set<FileRole>) {
    let constructors = Self.constructors(program)
    self.constructors = constructors
    let own = program.modules.filter { roles.contains($0.role) }
    self.own = own
    var chosen: Set<UInt32> = []
    // Functions that make applications, by name: modules that call them for a variable are candidates too.
    var makers: Set<String> = []
    for module in own {
      let calls = Self.constructorCalls(in: module, constructors)
      guard !calls.isEmpty else { continue }
      chosen.insert(module.id.index)
      for call in calls {
        if let function = module.enclosingFunction(of: call) { makers.insert(Self.name(of: function, in: module)) }
        if let type = module.enclosingClass(of: call) { makers.insert(Self.name(of: type, in: module)) }
      }
    }
    makers.remove("")
    if !makers.isEmpty {
      for module in own where !chosen.contains(module.id.index) && Self.callsAtTopLevel(makers, in: module) {
        chosen.insert(module.id.index)
      }
    }
    // Modules that put routes on an application that they import from one of these.
    let holders = chosen
    // Tests put routes on applications too, which is nothing that is served.
    for module in own where !chosen.contains(module.id.index) && module.role != .test {
      if Self.decoratesImported(in: module, program: program, holders: holders) { chosen.insert(module.id.index) }
    }
    modules = own.filter { chosen.contains($0.id.index) }
  }

  /// `from .api import app` and `@app.get("/path")` at the top level of one module.
  private static func decoratesImported(in module: Module, program: Program, holders: Set<UInt32>) -> Bool {
    let tree = module.tree
    var imported: Set<String> = []
    for statement in module.imports where tree.kind(statement) == .importFrom {
      let parts = tree.importFrom(statement)
      let text = tree.text(parts.module)
      let source =
        parts.level > 0
        ? program.relativeModule(text, level: parts.level, from: module)
        : program.module(named: text, from: module.path)
      guard let source, holders.contains(source.id.index) else { continue }
      for alias in tree[parts.names] {
        let name = tree.alias(alias)
        imported.insert(tree.text(name.asName.isNone ? name.name : name.asName))
      }
    }
    guard !imported.isEmpty else { return false }
    return tree.elements(tree.root).contains { statement in
      guard [.functionDef, .asyncFunctionDef].contains(tree.kind(statement)) else { return false }
      return tree[tree.functionDef(statement).decorators].contains { decorator in
        guard tree.kind(decorator) == .call, tree.kind(tree.call(decorator).function) == .attribute else {
          return false
        }
        let attribute = tree.attribute(tree.call(decorator).function)
        return methods.contains(tree.text(attribute.name)) && tree.kind(attribute.value) == .name
          && imported.contains(tree.text(tree.nameID(attribute.value)))
      }
    }
  }

  private static let methods: Set<String> = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace", "api_route", "route", "websocket",
    "websocket_route",
  ]

  /// Places where an application is made.
  func constructorCalls(in module: Module) -> [NodeID] { Self.constructorCalls(in: module, constructors) }

  /// Functions of modules' own scopes that call something of a name, in the order of modules.
  func callers(of name: String) -> [(module: Module, name: String)] {
    var found: [(module: Module, name: String)] = []
    for module in own {
      let tree = module.tree
      for statement in tree.elements(tree.root) {
        guard [.functionDef, .asyncFunctionDef].contains(tree.kind(statement)) else { continue }
        var isCaller = false
        tree.walk(statement) { node in
          if tree.kind(node) == .call, Self.lastName(tree.call(node).function, tree) == name { isCaller = true }
          return !isCaller
        }
        let caller = Self.name(of: statement, in: module)
        if isCaller, caller != name { found.append((module, caller)) }
      }
    }
    return found
  }

  static func name(of definition: NodeID, in module: Module) -> String {
    switch module.tree.kind(definition) {
    case .functionDef, .asyncFunctionDef: module.tree.text(module.tree.functionDef(definition).name)
    case .classDef: module.tree.text(module.tree.classDef(definition).name)
    default: ""
    }
  }

  /// `FastAPI` and `Starlette`, what imports rename them to, and classes that name one of these as a base.
  private static func constructors(_ program: Program) -> Set<String> {
    var names: Set<String> = ["FastAPI", "Starlette"]
    for _ in 0..<4 {
      let count = names.count
      for module in program.modules {
        let tree = module.tree
        for statement in module.imports where tree.kind(statement) == .importFrom {
          for alias in tree[tree.importFrom(statement).names] {
            let parts = tree.alias(alias)
            if !parts.asName.isNone, names.contains(tree.text(parts.name)) { names.insert(tree.text(parts.asName)) }
          }
        }
        for scope in module.scopes where scope.kind == .class {
          let definition = tree.classDef(scope.node)
          if tree[definition.bases].contains(where: { names.contains(lastName($0, tree)) }) {
            names.insert(tree.text(definition.name))
          }
        }
      }
      if names.count == count { break }
    }
    return names
  }

  private static func constructorCalls(in module: Module, _ constructors: Set<String>) -> [NodeID] {
    let tree = module.tree
    var found: [NodeID] = []
    tree.walk(tree.root) { node in
      if tree.kind(node) == .call, constructors.contains(lastName(tree.call(node).function, tree)) {
        found.append(node)
      }
      return true
    }
    return found
  }

  private static func callsAtTopLevel(_ names: Set<String>, in module: Module) -> Bool {
    let tree = module.tree
    var found = false
    tree.walk(tree.root) { node in
      guard !found else { return false }
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: return false
      case .call: found = names.contains(lastName(tree.call(node).function, tree))
      default: break
      }
      return !found
    }
    return found
  }

  /// `c` of `a.b.c`.
  static func lastName(_ expression: NodeID, _ tree: Tree) -> String {
    switch tree.kind(expression) {
    case .name: tree.text(tree.nameID(expression))
    case .attribute: tree.text(tree.attribute(expression).name)
    case .subscript: ""
    default: ""
    }
  }
}
