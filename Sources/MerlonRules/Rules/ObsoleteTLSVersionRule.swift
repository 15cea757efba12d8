import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for uses of TLS and SSL versions that RFC 8996 and RFC 7568 withdraw.
struct ObsoleteTLSVersionRule: SyntaxRule {
  static let weakness = Weakness.obsoleteTlsVersion
  static let kinds: [NodeKind] = [.attribute, .name]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    // Comparing with an old version, or forbidding it, is no use of it.
    let parent = context.module.parent(of: node)
    switch tree.kind(parent) {
    case .call, .keyword, .assign, .annAssign, .return, .dict: break
    default: return
    }
    // Names are many: only those that some model gives the concept are resolved.
    guard tree.context(node) == .load, let spelled = context.spelledName(node),
      context.models.names(of: .obsoleteTLSVersion).contains(spelled), context.denotes(node, .obsoleteTLSVersion)
    else { return }
    if tree.kind(parent) == .assign, let target = tree[tree.assign(parent).targets].first,
      context.spelledName(target) == "maximum_version"
    {
      context.report(Self.weakness, at: node, "connections are limited to `\(spelled)`, which is broken")
      return
    }
    context.report(Self.weakness, at: node, "`\(spelled)` is broken and withdrawn (RFC 8996)")
  }
}
