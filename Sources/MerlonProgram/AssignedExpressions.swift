public import MerlonPython

extension Semantics {
  /// The expression that a name or an attribute of a module was given, through imports and re-exports: what an alias of
  /// a type is written as (`Annotated[User, Depends(current_user)]`), where its meaning is only `User`. Nil for what is
  /// no variable of a module, or has several values.
  public func assignedExpression(of expression: NodeID) -> (module: Module, value: NodeID)? {
    let tree = module.tree
    switch tree.kind(expression) {
    case .name:
      guard let symbol = module.symbol(of: expression) else { return nil }
      return AssignedExpressions(program: program).value(of: symbol, in: module, depth: 0)
    case .attribute:
      let attribute = tree.attribute(expression)
      guard let definition = definition(of: attribute.value), let owner = program.module(definition.module),
        definition.node == owner.tree.root
      else { return nil }
      return AssignedExpressions(program: program).member(tree.text(attribute.name), of: owner, depth: 0)
    default: return nil
    }
  }
}

/// Follows names to the expressions that they were given.
private struct AssignedExpressions {
  let program: Program
  /// Longest chain of imports that is followed.
  private static let depthLimit = 12

  func value(of symbol: SymbolID, in module: Module, depth: Int) -> (module: Module, value: NodeID)? {
    guard depth < Self.depthLimit else { return nil }
    var result: (module: Module, value: NodeID)?
    for binding in module.bindings(of: symbol, limit: 4) {
      switch binding.kind {
      case .assignment, .annotatedAssignment:
        guard binding.path.isWhole, !binding.value.isNone, result == nil else { return nil }
        result = (module, binding.value)
      case .typeAlias:
        guard result == nil else { return nil }
        result = (module, module.tree.typeAlias(binding.statement).value)
      case .importFrom:
        guard result == nil else { return nil }
        let name = module.tree.text(module.tree.alias(binding.node).name)
        result = imported(name, by: binding.statement, in: module, depth: depth + 1)
      case .annotation: continue
      default: return nil
      }
    }
    return result
  }

  func member(_ name: String, of module: Module, depth: Int) -> (module: Module, value: NodeID)? {
    guard depth < Self.depthLimit else { return nil }
    if let symbol = module.member(name) { return value(of: symbol, in: module, depth: depth) }
    for star in module.starImports {
      if let found = imported(name, by: star.statement, in: module, depth: depth + 1) { return found }
    }
    return nil
  }

  private func imported(
    _ name: String, by statement: NodeID, in module: Module, depth: Int
  ) -> (module: Module, value: NodeID)? {
    for target in Evaluator(program).importedModule(module.tree.importFrom(statement), module) {
      guard case .module(let id) = target.kind, let source = program.module(id), source.id != module.id else {
        continue
      }
      if let found = member(name, of: source, depth: depth) { return found }
    }
    return nil
  }
}
