package import MerlonProgram
import MerlonPython

/// Methods of the classes of a project's production code, by name.
package struct MethodTable {
  /// Which is the only method of a name (see `Program.recordingLooks`).
  package static let question = "only-method"

  /// Which methods have a name.
  package static let namedQuestion = "methods-named"

  private let program: Program
  private var methods: [String: [Definition]] = [:]

  package init(_ program: Program) {
    self.program = program
    for module in program.modules where module.role == .production {
      for scope in module.scopes where scope.kind == .function {
        let node = scope.node
        guard module.methodClass(of: node) != nil else { continue }
        let name = module.tree.text(module.tree.functionDef(node).name)
        methods[name, default: []].append(Definition(module: module.id, node: node))
      }
    }
  }

  /// The method, where no second one has the name.
  func only(_ name: String) -> Definition? {
    guard let found = methods[name], found.count == 1 else { return nil }
    return found.first
  }

  /// Every method of a name.
  func all(_ name: String) -> [Definition] { methods[name] ?? [] }

  /// Where the methods of a name stand.
  package func places(_ name: String) -> [String] {
    all(name).flatMap { method -> [String] in
      guard let module = program.module(method.module) else { return [] }
      return [module.path, "\(method.node.index)"]
    }
  }

  /// In which module the only method of a name stands.
  package func answer(_ name: String) -> [String] {
    guard let method = only(name), Int(method.module.index) < program.modules.count else { return [] }
    let module = program.modules[Int(method.module.index)]
    return [module.path, module.qualifiedName(ofScopeAt: method.node), "\(method.node.index)"]
  }
}
