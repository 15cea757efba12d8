import MerlonBase
import MerlonCatalog
import MerlonProgram
import MerlonPython

/// Looks for `os.path.commonprefix` as a check that a path lies in a folder, whoever chooses the path: it compares
/// characters, so `/srv/data-private` passes for `/srv/data`.
struct CommonPrefixContainmentRule: SyntaxRule {
  static let weakness = Weakness.pathTraversal
  static let kinds: [NodeKind] = [.compare]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let parts = tree.compare(node)
    for side in [parts.left] + Array(tree[parts.comparators]) where tree.kind(side) == .call {
      guard context.semantics.qualifiedName(of: tree.call(side).function) == "os.path.commonprefix" else { continue }
      context.report(
        Self.weakness, at: side,
        "`commonprefix` compares characters, not folders: a folder whose name begins alike passes; use `commonpath`",
        confidence: .medium, severity: .medium)
      return
    }
  }
}
