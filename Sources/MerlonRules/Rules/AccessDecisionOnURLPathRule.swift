import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for access decisions on `request.url.path`, which the `Host` header takes part in (CVE-2026-48710).
struct AccessDecisionOnURLPathRule: SyntaxRule {
  static let weakness = Weakness.accessDecisionOnUrlPath
  static let kinds: [NodeKind] = [.attribute]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let attribute = tree.attribute(node)
    guard tree.text(attribute.name) == "path", tree.kind(attribute.value) == .attribute,
      tree.text(tree.attribute(attribute.value).name) == "url",
      let type = context.semantics.type(of: tree.attribute(attribute.value).value),
      context.entity(named: type.qualifiedName)?.concepts.contains(.request) == true,
      let function = context.module.enclosingFunction(of: node), context.isFunction(function),
      decides(node, context), refuses(function, context)
    else { return }
    context.report(
      Self.weakness, at: node,
      "access is decided by `request.url.path`, which a caller can bend with the `Host` header",
      confidence: .medium)
  }

  /// True when the path, or a name that holds it, stands in a condition.
  private func decides(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var current = node
    for _ in 0..<12 {
      let parent = context.module.parent(of: current)
      switch tree.kind(parent) {
      case .if: return tree.conditional(parent).test == current
      case .assign, .namedExpr: return true
      case .compare, .boolOp, .unaryOp, .call, .attribute, .generatorExp, .comprehension: current = parent
      default: return false
      }
    }
    return false
  }

  /// True when the function can refuse a request as unauthenticated or forbidden, by the status 401 or 403.
  private func refuses(_ function: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var found = false
    tree.walk(function) { node in
      if tree.kind(node) == .constant, let status = tree.integerValue(node), status == 401 || status == 403 {
        found = true
      }
      if tree.kind(node) == .attribute {
        let name = tree.text(tree.attribute(node).name)
        if name.hasPrefix("HTTP_401") || name.hasPrefix("HTTP_403") { found = true }
      }
      return !found
    }
    return found
  }
}
