import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for routes that are added to a router after it was included: dead before FastAPI 0.137, served since.
struct RouteAddedAfterIncludeRule: ProjectRule {
  static let weakness = Weakness.routeAddedAfterInclude

  func check(_ project: ProjectContext) {
    for context in project.contexts {
      var included: [String: (include: NodeID, position: UInt32)] = [:]
      let includes = project.calls(.includeRouter).filter { $0.context === context }
      for located in includes where isTopLevel(located.call.node, context) {
        guard let router = located.call["router"], context.tree.kind(router) == .name else { continue }
        let name = context.tree.text(context.tree.nameID(router))
        if included[name] == nil { included[name] = (located.call.node, context.tree.range(located.call.node).start) }
      }
      guard !included.isEmpty else { continue }
      let routes = (project.calls(.routeDecorator) + project.calls(.mount)).filter { $0.context === context }
      for located in routes {
        guard isTopLevel(located.call.node, context), let owner = owner(of: located.call.node, context),
          let (include, position) = included[owner], context.tree.range(located.call.node).start > position
        else { continue }
        context.report(
          Self.weakness, at: located.call.node,
          "`\(owner)` was included before this route is added: FastAPI below 0.137 never serves it, later ones do",
          confidence: .high, related: [(include, "included here")])
      }
    }
  }

  private func isTopLevel(_ node: NodeID, _ context: RuleContext) -> Bool {
    guard let function = functionOf(node, context) else { return true }
    // A decorator lies in the definition that it decorates; what counts is where that stands.
    return context.tree[context.tree.functionDef(function).decorators].contains(node)
      && context.module.enclosingFunction(of: function) == nil
  }

  private func functionOf(_ node: NodeID, _ context: RuleContext) -> NodeID? {
    let parent = context.module.parent(of: node)
    if context.isFunction(parent) { return parent }
    return context.module.enclosingFunction(of: node)
  }

  /// The name that the method is called on: `router` of `router.get(…)`.
  private func owner(of call: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    let function = tree.call(call).function
    guard tree.kind(function) == .attribute, tree.kind(tree.attribute(function).value) == .name else { return nil }
    return tree.text(tree.nameID(tree.attribute(function).value))
  }
}
