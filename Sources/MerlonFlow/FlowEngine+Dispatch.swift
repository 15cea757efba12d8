package import MerlonProgram
import MerlonPython

extension FlowEngine {
  /// Most classes whose methods are followed for one call.
  private static let implementationLimit = 8

  /// What a call of a method runs: the method itself, or for one without a body those of the project's subclasses.
  package func implementations(of method: Definition) -> [Definition] {
    if let known = implemented[method] { return known }
    let found = isAbstract(method) ? overrides(of: method) : []
    let result = found.isEmpty ? [method] : found
    implemented[method] = result
    return result
  }

  private func overrides(of method: Definition) -> [Definition] {
    guard let module = program.module(method.module), let owner = module.methodClass(of: method.node) else { return [] }
    let base = module.qualifiedName(ofScopeAt: owner)
    let name = module.tree.text(module.tree.functionDef(method.node).name)
    let others = methodsNamed(name).filter { other in
      guard other != method, !isAbstract(other), let home = program.module(other.module),
        let type = home.methodClass(of: other.node)
      else { return false }
      return program.semantics(of: home).isSubclass(type, of: base)
    }
    return Array(others.prefix(Self.implementationLimit))
  }

  /// True for methods that only say what others must do: `...`, `pass`, `raise NotImplementedError`.
  private func isAbstract(_ method: Definition) -> Bool {
    guard let module = program.module(method.module), module.methodClass(of: method.node) != nil else { return false }
    let tree = module.tree
    return tree[tree.functionDef(method.node).body].allSatisfy { statement in
      switch tree.kind(statement) {
      case .pass: true
      case .expr: tree.kind(tree.value(statement)) == .constant
      case .raise: tree.text(statement).contains("NotImplemented")
      default: false
      }
    }
  }
}
