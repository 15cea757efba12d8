package import MerlonCatalog
package import MerlonModels
package import MerlonPython

/// A call that a library model describes, with its arguments bound to the roles of the model's parameters.
package struct ModelledCall: Sendable {
  /// The call expression; for a middleware that is handed over as a class, the `add_middleware(…)` call.
  package let node: NodeID
  package let entity: LibraryEntity
  /// Argument expression of each role that was given.
  package let roles: [Role: NodeID]
  /// Argument expression of each named parameter that was given, whether or not it has a role.
  package let named: [String: NodeID]
  /// True when `*args` or a `**kwargs` that could not be read may give further arguments.
  package let isOpen: Bool

  package init(node: NodeID, entity: LibraryEntity, roles: [Role: NodeID], named: [String: NodeID], isOpen: Bool) {
    self.node = node
    self.entity = entity
    self.roles = roles
    self.named = named
    self.isOpen = isOpen
  }

  package subscript(role: Role) -> NodeID? { roles[role] }
  package subscript(named name: String) -> NodeID? { named[name] }

  package func has(_ concept: Concept) -> Bool { entity.concepts.contains(concept) }
  package func has(mark: String) -> Bool { entity.marks.contains(mark) }
}

/// Binds arguments to a model's parameters by CPython's rules, as far as they can be read.
struct ArgumentBinder {
  let tree: Tree
  /// Reads `**expression` as a dictionary display, when it is one.
  let dictionary: (NodeID) -> NodeID?

  /// - Parameter droppedArguments: how many leading positional arguments are not the callee's (the class in
  ///   `add_middleware(Class, …)`), and how many leading parameters are filled by others (`app`).
  func bind(
    _ node: NodeID, entity: LibraryEntity, droppedArguments: Int = 0, droppedParameters: Int = 0
  ) -> ModelledCall {
    let call = tree.call(node)
    var roles: [Role: NodeID] = [:]
    var named: [String: NodeID] = [:]
    var isOpen = false
    let parameters = entity.parameters.dropFirst(droppedParameters)
    let positional = parameters.filter { $0.kind == .positional || $0.kind == .positionalOnly }
    let variadic = parameters.first { $0.kind == .variadic }

    func take(_ parameter: LibraryParameter, _ value: NodeID) {
      if let role = parameter.role, roles[role] == nil { roles[role] = value }
      named[parameter.name] = value
    }
    func take(name: String, _ value: NodeID) {
      if let parameter = parameters.first(where: { $0.name == name }) {
        take(parameter, value)
      } else {
        named[name] = value
      }
    }

    for (index, argument) in tree[call.arguments].dropFirst(droppedArguments).enumerated() {
      if tree.kind(argument) == .starred {
        isOpen = true
        break
      }
      if index < positional.count {
        take(positional[index], argument)
      } else if let variadic {
        take(variadic, argument)
      }
    }
    for keywordID in tree[call.keywords] {
      let keyword = tree.keyword(keywordID)
      if !keyword.name.isNone {
        take(name: tree.text(keyword.name), keyword.value)
        continue
      }
      guard let display = dictionary(keyword.value) else {
        isOpen = true
        continue
      }
      let dict = tree.dict(display)
      for (key, value) in zip(tree[dict.keys], tree[dict.values]) {
        if let name = tree.stringValue(key) { take(name: name, value) } else { isOpen = true }
      }
    }
    return ModelledCall(node: node, entity: entity, roles: roles, named: named, isOpen: isOpen)
  }
}
