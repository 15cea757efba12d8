import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for `Depends(require_role)` where `require_role(role)` makes the dependency: FastAPI calls the factory, gets a
/// function back and runs no check. The same for a class whose instances are the dependency (`Depends(RoleChecker)`).
struct DependencyFactoryNotCalledRule: CallRule {
  static let weakness = Weakness.dependencyFactoryNotCalled
  static let concepts: [Concept] = [.depends]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let tree = context.tree
    guard let dependency = call["dependency"], tree.kind(dependency) == .name || tree.kind(dependency) == .attribute,
      let definition = context.semantics.definition(of: dependency),
      let module = context.program.module(definition.module)
    else { return }
    let name = context.spelledName(dependency) ?? ""
    switch module.tree.kind(definition.node) {
    case .functionDef:
      guard let inner = returnedFunction(definition.node, module), isConfigured(definition.node, module),
        !isCalledByHandler(call.node, context)
      else { return }
      context.report(
        Self.weakness, at: call.node,
        "`\(name)` makes the dependency, `\(inner)`, and is handed over uncalled: the check never runs")
    case .classDef:
      guard checksInCall(definition.node, module, context) else { return }
      context.report(
        Self.weakness, at: call.node,
        "instances of `\(name)` are the dependency, and the class itself is handed over: the check never runs")
    default: return
    }
  }

  /// True when the factory takes something to configure the check with; one without parameters may give a function as
  /// the value that handlers want.
  private func isConfigured(_ function: NodeID, _ module: Module) -> Bool {
    let arguments = module.tree.arguments(module.tree.functionDef(function).arguments)
    return !module.tree[arguments.positional].isEmpty || !module.tree[arguments.keywordOnly].isEmpty
      || !arguments.variadic.isNone
  }

  /// True when the parameter that receives the function is called by the handler: then the function is what it wants.
  private func isCalledByHandler(_ depends: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let function = context.module.enclosingFunction(of: depends) ?? parameterOwner(depends, context) else {
      return false
    }
    guard
      let parameter = context.parameters(function).first(where: { parameter in
        [parameter.annotation, parameter.default].contains { holder in
          !holder.isNone && tree.range(holder).contains(tree.range(depends))
        }
      })
    else { return false }
    var called = false
    tree.walk(function) { node in
      if tree.kind(node) == .call, tree.kind(tree.call(node).function) == .name,
        tree.text(tree.nameID(tree.call(node).function)) == parameter.name
      {
        called = true
      }
      return !called
    }
    return called
  }

  /// The function whose parameter list a node stands in: defaults and annotations lie in the scope outside.
  private func parameterOwner(_ node: NodeID, _ context: RuleContext) -> NodeID? {
    var current = node
    for _ in 0..<32 {
      current = context.module.parent(of: current)
      if context.isFunction(current) { return current }
      if current.isNone || context.tree.kind(current).isStatement { return nil }
    }
    return nil
  }

  /// The nested function that a factory returns on every return; nil when it returns anything else.
  private func returnedFunction(_ function: NodeID, _ module: Module) -> String? {
    let tree = module.tree
    var nested: Set<String> = []
    var returned: [String?] = []
    tree.walk(function) { node in
      guard node != function else { return true }
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef:
        nested.insert(tree.text(tree.functionDef(node).name))
        return false
      case .classDef, .lambda: return false
      case .return:
        let value = tree.value(node)
        returned.append(tree.kind(value) == .name ? tree.text(tree.nameID(value)) : nil)
      default: break
      }
      return true
    }
    guard let name = returned.first ?? nil, nested.contains(name), returned.allSatisfy({ $0 == name }) else {
      return nil
    }
    return name
  }

  /// True for a class with a `__call__` that can refuse, and a constructor that only stores what it is given.
  private func checksInCall(_ node: NodeID, _ module: Module, _ context: RuleContext) -> Bool {
    let tree = module.tree
    var hasCheck = false
    var initTakesArguments = false
    for statement in tree[tree.classDef(node).body] {
      guard tree.kind(statement) == .functionDef || tree.kind(statement) == .asyncFunctionDef else { continue }
      let function = tree.functionDef(statement)
      switch tree.text(function.name) {
      case "__call__":
        tree.walk(statement) { inner in
          if tree.kind(inner) == .raise { hasCheck = true }
          return !hasCheck
        }
      case "__init__":
        let arguments = tree.arguments(function.arguments)
        initTakesArguments =
          tree[arguments.positional].count > 1 || !tree[arguments.keywordOnly].isEmpty || !arguments.variadic.isNone
        var raises = false
        tree.walk(statement) { inner in
          if tree.kind(inner) == .raise { raises = true }
          return !raises
        }
        // A constructor that refuses is a class-based dependency whose check is the constructor.
        if raises { return false }
      default: continue
      }
    }
    return hasCheck && initTakesArguments
  }
}
