import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

/// Small questions about the code of a handler that the model does not answer.
struct HandlerText {
  private let module: Module?
  private let function: NodeID?

  init(_ operation: Operation, _ context: ModelContext) {
    guard let place = operation.route.endpoint?.location, let module = context.module(at: place) else {
      (self.module, function) = (nil, nil)
      return
    }
    self.module = module
    let tree = module.tree
    var found: NodeID?
    tree.walk(tree.root) { node in
      guard found == nil else { return false }
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef:
        if tree.range(node).start == place.range.start || tree.range(node) == place.range { found = node }
      default: break
      }
      return tree.range(node).end > place.range.start
    }
    function = found
  }

  /// True when the code compares a name with something, or takes the smaller of it and something.
  func bounds(_ name: String) -> Bool {
    any { node, tree in
      switch tree.kind(node) {
      case .compare: return mentions(name, in: node, tree)
      case .call:
        let function = tree.call(node).function
        guard tree.kind(function) == .name, tree.text(tree.nameID(function)) == "min" else { return false }
        return mentions(name, in: node, tree)
      default: return false
      }
    }
  }

  /// True when one of the names, attributes or numbers stands in the code.
  func mentions(names: Set<String>, numbers: Set<Int> = []) -> Bool {
    any { node, tree in
      switch tree.kind(node) {
      case .name: names.contains(tree.text(tree.nameID(node)))
      case .attribute: names.contains(tree.text(tree.attribute(node).name))
      case .constant: tree.integerValue(node).map { numbers.contains(Int($0)) } ?? false
      default: false
      }
    }
  }

  /// True when a method of this name is called without an argument: `await file.read()`.
  func callsWithoutArguments(_ method: String) -> Bool {
    any { node, tree in
      guard tree.kind(node) == .call else { return false }
      let call = tree.call(node)
      return tree.kind(call.function) == .attribute && tree.text(tree.attribute(call.function).name) == method
        && tree[call.arguments].isEmpty && tree[call.keywords].isEmpty
    }
  }

  /// Last names of what the code calls.
  var calledNames: [String] {
    var result: [String] = []
    _ = any { node, tree in
      if tree.kind(node) == .call {
        let function = tree.call(node).function
        switch tree.kind(function) {
        case .name: result.append(tree.text(tree.nameID(function)))
        case .attribute: result.append(tree.text(tree.attribute(function).name))
        default: break
        }
      }
      return false
    }
    return result
  }

  /// True when the code calls what is named for keeping strangers out: what it makes of the answer is not known.
  var callsGuard: Bool {
    calledNames.contains { name in
      let words = Set(SensitiveNames.words(of: name))
      return !words.isDisjoint(with: [
        "auth", "authenticate", "authenticated", "authorize", "authorized", "authorization", "permission",
        "permissions",
      ])
        || !words.isDisjoint(with: ["verify", "check", "require", "validate"])
          && !words.isDisjoint(with: ["token", "key", "signature", "user", "login", "secret", "access", "admin"])
        || words.contains("current")
          && !words.isDisjoint(with: ["user", "username", "account", "principal", "identity"])
    }
  }

  /// True when the code answers the same to everyone: it reads and calls nothing.
  var isConstant: Bool {
    guard let module, let function else { return false }
    let tree = module.tree
    return !tree[tree.functionDef(function).body].contains { statement in
      var found = false
      tree.walk(statement) { node in
        switch tree.kind(node) {
        case .call, .attribute, .subscript: found = true
        default: break
        }
        return !found
      }
      return found
    }
  }

  private func mentions(_ name: String, in node: NodeID, _ tree: Tree) -> Bool {
    var found = false
    tree.walk(node) { child in
      if tree.kind(child) == .name, tree.text(tree.nameID(child)) == name { found = true }
      return !found
    }
    return found
  }

  private func any(_ isWanted: (NodeID, Tree) -> Bool) -> Bool {
    guard let module, let function else { return false }
    var found = false
    module.tree.walk(function) { node in
      if isWanted(node, module.tree) { found = true }
      return !found
    }
    return found
  }
}

extension ModelContext {
  /// A function that a definition names and that reads a token without verifying it (MRL110).
  func unverifiedReader(in definition: SourceLocation?) -> String? {
    guard let definition, let module = module(at: definition) else { return nil }
    let readers = Set(names(ofScopesWith: "MRL110"))
    guard !readers.isEmpty else { return nil }
    let tree = module.tree
    var found: String?
    tree.walk(tree.root) { node in
      guard found == nil else { return false }
      if tree.kind(node) == .name, definition.range.contains(tree.range(node)) {
        let name = tree.text(tree.nameID(node))
        if readers.contains(name) { found = name }
      }
      return true
    }
    return found
  }
}
