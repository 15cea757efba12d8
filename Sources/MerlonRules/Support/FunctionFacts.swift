import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// The modelled calls among a function's or class's decorators.
  func decoratorCalls(_ definition: NodeID) -> [ModelledCall] {
    let decorators =
      tree.kind(definition) == .classDef
      ? tree.classDef(definition).decorators : tree.functionDef(definition).decorators
    return tree[decorators].flatMap { tree.kind($0) == .call ? modelledCalls($0) : [] }
  }

  /// True when a function is registered as an operation by a decorator (`@router.get("/path")`).
  func isOperation(_ function: NodeID) -> Bool {
    guard isFunction(function) else { return false }
    return decoratorCalls(function).contains { $0.has(.routeDecorator) }
  }

  /// True for `def` and `async def`.
  func isFunction(_ node: NodeID) -> Bool {
    tree.kind(node) == .functionDef || tree.kind(node) == .asyncFunctionDef
  }

  /// Name of the function around a node; empty at module level.
  func enclosingFunctionName(_ node: NodeID) -> String {
    guard let function = module.enclosingFunction(of: node), isFunction(function) else { return "" }
    return tree.text(tree.functionDef(function).name)
  }

  /// All parameters of a function with their annotations and defaults.
  func parameters(_ function: NodeID) -> [(name: String, node: NodeID, annotation: NodeID, default: NodeID)] {
    let arguments = tree.arguments(
      tree.kind(function) == .lambda ? tree.lambda(function).arguments : tree.functionDef(function).arguments)
    let positional = Array(tree[arguments.positionalOnly]) + Array(tree[arguments.positional])
    let defaults = Array(tree[arguments.defaults])
    var result: [(name: String, node: NodeID, annotation: NodeID, default: NodeID)] = []
    for (index, id) in positional.enumerated() {
      let fromEnd = positional.count - index
      let arg = tree.arg(id)
      let value = fromEnd <= defaults.count ? defaults[defaults.count - fromEnd] : NodeID.none
      result.append((tree.text(arg.name), id, arg.annotation, value))
    }
    for (id, value) in zip(tree[arguments.keywordOnly], tree[arguments.keywordDefaults]) {
      let arg = tree.arg(id)
      result.append((tree.text(arg.name), id, arg.annotation, value))
    }
    return result
  }

  /// Calls `body` for every node below `root` that runs as part of it: nested functions and classes are left out.
  func walkOwnBody(_ root: NodeID, _ body: (NodeID) -> Void) {
    tree.walk(root) { node in
      if node != root {
        switch tree.kind(node) {
        case .functionDef, .asyncFunctionDef, .classDef, .lambda: return false
        default: break
        }
      }
      body(node)
      return true
    }
  }
}
