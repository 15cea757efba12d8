import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// The name of the caught exception whose text an expression holds; nil when it holds none, or one made for callers.
  func exceptionText(in expression: NodeID, at place: NodeID) -> String? {
    guard let handler = enclosingHandler(of: place) else { return nil }
    let caught = tree.exceptHandler(handler)
    guard !caught.name.isNone, !isMeantForCallers(caught.type) else { return nil }
    let name = tree.text(caught.name)
    var pending = [expression]
    pending += semantics.origins(of: expression).filter { $0 != expression }
    for part in pending {
      var found = false
      tree.walk(part) { node in
        if found { return false }
        switch tree.kind(node) {
        case .call:
          // str(e), repr(e), e.args; not type(e), isinstance(e, …) or a function that maps it.
          let call = tree.call(node)
          let called = spelledName(call.function) ?? ""
          if ["str", "repr", "format"].contains(called) {
            found = tree[call.arguments].contains { isName($0, name) }
            return !found
          }
          return tree.kind(node) != .call || called == "jsonable_encoder" || called == "dict"
        case .formattedValue: found = isName(tree.formattedValue(node).value, name)
        case .attribute:
          let attribute = tree.attribute(node)
          found =
            isName(attribute.value, name)
            && ["args", "message", "stderr", "output"].contains(tree.text(attribute.name))
        default: break
        }
        return !found
      }
      if found || isName(part, name) { return name }
    }
    return nil
  }

  /// The `except` clause around a node within the same function.
  func enclosingHandler(of node: NodeID) -> NodeID? {
    var current = node
    for _ in 0..<256 {
      switch tree.kind(current) {
      case .exceptHandler: return current
      case .functionDef, .asyncFunctionDef, .classDef, .module, .none: return nil
      default: current = module.parent(of: current)
      }
    }
    return nil
  }

  /// True when the clause around a node catches everything.
  func isBroadHandler(around node: NodeID) -> Bool {
    guard let handler = enclosingHandler(of: node) else { return false }
    let type = tree.exceptHandler(handler).type
    return type.isNone || ["Exception", "BaseException"].contains(spelledName(type) ?? "")
  }

  private func isName(_ node: NodeID, _ name: String) -> Bool {
    tree.kind(node) == .name && tree.text(tree.nameID(node)) == name
  }

  /// Exceptions whose text is written for callers: the project's own, HTTP errors, and errors of values.
  private func isMeantForCallers(_ type: NodeID) -> Bool {
    guard !type.isNone else { return false }
    let types = tree.kind(type) == .tuple ? Array(tree.elements(type)) : [type]
    return types.allSatisfy { type in
      if semantics.definition(of: type) != nil { return true }
      guard let name = spelledName(type) else { return false }
      if denotes(type, .httpException) || denotes(type, .requestValidationError) { return true }
      return ["ValueError", "ValidationError", "HTTPException", "HTTPError", "PermissionError"].contains(name)
    }
  }
}
