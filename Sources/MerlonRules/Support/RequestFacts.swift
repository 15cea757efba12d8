import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// True when an expression is read from a request or an upload within this function: `await request.body()`,
  /// `file.file.read()`, `request.query_params["x"]`, or a parameter of an operation.
  func readsRequest(_ expression: NodeID) -> Bool {
    for origin in semantics.origins(of: expression) {
      if tree.kind(origin) == .arg, let function = module.enclosingFunction(of: origin), isOperation(function) {
        return true
      }
      var found = false
      tree.walk(origin) { node in
        if found { return false }
        switch tree.kind(node) {
        case .name, .attribute:
          if let type = semantics.type(of: node), !type.isClassObject,
            let concepts = entity(named: type.qualifiedName)?.concepts
          {
            found = concepts.contains(.request) || concepts.contains(.uploadFile) || concepts.contains(.webSocket)
          }
        default: break
        }
        return !found
      }
      if found { return true }
    }
    return false
  }
}
