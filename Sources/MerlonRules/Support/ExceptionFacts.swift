import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// The name of the caught exception whose text an expression holds; nil when it holds none, or one made for callers.
  func exceptionText(in expression: NodeID, at place: NodeID) -> String? {
    guard let name = caughtName(at: place) else { return nil }
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
        case .name where node != part && !isName(node, name):
          // `message = str(e)` further up.
          found = semantics.origins(of: node).contains { $0 != node && holdsText($0, of: name) }
        case .binOp:
          // "failed: %s" % e, "… %s" % (path, e)
          let operation = tree.binOp(node)
          let values = tree.kind(operation.right) == .tuple ? Array(tree.elements(operation.right)) : [operation.right]
          found = operation.op == .mod && values.contains { isName($0, name) }
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

  /// True for `str(e)`, `repr(e)`, `f"… {e}"` and sums of these.
  private func holdsText(_ expression: NodeID, of name: String) -> Bool {
    guard [.call, .joinedStr, .binOp].contains(tree.kind(expression)) else { return false }
    var found = false
    tree.walk(expression) { node in
      if found { return false }
      switch tree.kind(node) {
      case .call:
        let call = tree.call(node)
        guard ["str", "repr", "format"].contains(spelledName(call.function) ?? "") else { return false }
        found = tree[call.arguments].contains { isName($0, name) }
        return false
      case .formattedValue: found = isName(tree.formattedValue(node).value, name)
      default: break
      }
      return !found
    }
    return found
  }

  /// The name of the exception that is at hand: of the `except` clause around a node, or of the parameter of a function
  /// that handles all errors of an application; nil when its text is meant for callers.
  private func caughtName(at place: NodeID) -> String? {
    if let handler = enclosingHandler(of: place) {
      let caught = tree.exceptHandler(handler)
      return caught.name.isNone || isMeantForCallers(caught.type) ? nil : tree.text(caught.name)
    }
    guard let function = module.enclosingFunction(of: place), isFunction(function) else { return nil }
    let handles = decoratorCalls(function).contains { call in
      call.has(.exceptionHandlerRegistration) && call["exceptionClass"].map { !isMeantForCallers($0) } == true
    }
    let parameters = parameters(function)
    return handles && parameters.count >= 2 ? parameters[1].name : nil
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

  /// Exceptions whose text is written for callers: the project's own, HTTP errors, and errors of values.
  private func isMeantForCallers(_ type: NodeID) -> Bool {
    guard !type.isNone else { return false }
    let types = tree.kind(type) == .tuple ? Array(tree.elements(type)) : [type]
    return types.allSatisfy { type in
      if semantics.definition(of: type) != nil { return true }
      guard let name = spelledName(type) else { return false }
      if denotes(type, .httpException) || denotes(type, .requestValidationError) { return true }
      return ["ValueError", "ValidationError", "HTTPException", "PermissionError"].contains(name)
    }
  }
}
