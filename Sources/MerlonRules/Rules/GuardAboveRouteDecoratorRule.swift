import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for decorators that check a log-in and stand above the one that registers the route: FastAPI keeps the function
/// below, so they never run.
struct GuardAboveRouteDecoratorRule: SyntaxRule {
  static let weakness = Weakness.guardAboveRouteDecorator
  static let kinds: [NodeKind] = [.functionDef, .asyncFunctionDef]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let decorators = Array(tree[tree.functionDef(node).decorators])
    guard decorators.count > 1,
      let route = decorators.lastIndex(where: { context.modelledCall($0, .routeDecorator) != nil })
    else { return }
    for decorator in decorators[..<route] where context.modelledCall(decorator, .routeDecorator) == nil {
      guard let name = name(of: decorator, context), checksAccess(name) else { continue }
      context.report(
        Self.weakness, at: decorator,
        "`\(name)` stands above the decorator of the route, which serves the function without it",
        related: [(decorators[route], "this registers the function as it is below")])
    }
  }

  private func name(of decorator: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    var expression = decorator
    if tree.kind(expression) == .call { expression = tree.call(expression).function }
    switch tree.kind(expression) {
    case .name: return tree.text(tree.nameID(expression))
    case .attribute: return tree.text(tree.attribute(expression).name)
    default: return nil
    }
  }

  private func checksAccess(_ name: String) -> Bool {
    let words = Set(SensitiveNames.words(of: name))
    return !words.isDisjoint(with: [
      "login", "auth", "authenticated", "authenticate", "authorized", "authorize", "authorization", "permission",
      "permissions", "requires", "protected", "admin", "role", "roles", "superuser", "secured", "jwt",
    ]) && words.isDisjoint(with: ["no", "skip", "optional", "public", "without", "exempt"])
  }
}
