import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for security schemes that a module declares and that nothing in the project reads.
struct OAuth2SchemeNeverUsedRule: ProjectRule {
  static let weakness = Weakness.oauth2SchemeNeverUsed

  func check(_ project: ProjectContext) {
    let schemes = project.calls(.oauth2Scheme).compactMap(Scheme.init)
    guard !schemes.isEmpty, !project.calls(.application).isEmpty else { return }
    var unread = Set(project.calls(.securityScheme).compactMap(Scheme.init).map(\.name))
    for context in project.contexts where !unread.isEmpty { unread.subtract(namesRead(in: context, among: unread)) }
    // Where none is used, the project shows how a scheme is made, or leaves it to those who use it.
    guard unread.count < project.calls(.securityScheme).count else { return }
    for scheme in schemes where unread.contains(scheme.name) {
      scheme.located.context.report(
        Self.weakness, at: scheme.located.call.node, "no operation depends on `\(scheme.name)`")
    }
  }

  /// A scheme that is the value of a variable of a module.
  private struct Scheme {
    let located: LocatedCall
    let name: String

    init?(_ located: LocatedCall) {
      let (context, tree) = (located.context, located.context.tree)
      let statement = context.module.enclosingStatement(of: located.call.node)
      guard context.module.enclosingFunction(of: located.call.node) == nil,
        context.module.enclosingClass(of: located.call.node) == nil, tree.kind(statement) == .assign,
        tree.assign(statement).value == located.call.node, let target = tree[tree.assign(statement).targets].first,
        tree.kind(target) == .name
      else { return nil }
      self.located = located
      name = tree.text(tree.nameID(target))
    }
  }

  /// Which of the names a module reads, as a name, an attribute or an import of another name.
  private func namesRead(in context: RuleContext, among names: Set<String>) -> Set<String> {
    let tree = context.tree
    var read: Set<String> = []
    var written: [NodeID] = []
    tree.walk(tree.root) { node in
      switch tree.kind(node) {
      case .assign: written += tree[tree.assign(node).targets]
      case .name:
        let name = tree.text(tree.nameID(node))
        if names.contains(name), !written.contains(node) { read.insert(name) }
      case .attribute:
        let name = tree.text(tree.attribute(node).name)
        if names.contains(name) { read.insert(name) }
      case .alias:
        let alias = tree.alias(node)
        let name = tree.text(alias.name)
        if names.contains(name), !tree.text(alias.asName).isEmpty { read.insert(name) }
      case .constant:
        // `__all__` hands it to users of a package.
        if let text = tree.stringValue(node), names.contains(text) { read.insert(text) }
      default: break
      }
      return true
    }
    return read
  }
}
