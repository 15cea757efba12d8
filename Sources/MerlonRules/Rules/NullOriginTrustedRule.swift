import MerlonBase
import MerlonCatalog
import MerlonPython

/// Looks for lists of origins or of names for this machine that hold `null`.
struct NullOriginTrustedRule: SyntaxRule {
  static let weakness = Weakness.nullOriginTrusted
  static let kinds: [NodeKind] = [.list, .tuple, .set]

  func check(_ node: NodeID, in context: RuleContext) {
    let texts = context.tree.elements(node).map { context.tree.stringValue($0) }
    guard texts.contains("null"), texts.count > 1 else { return }
    let others = texts.compactMap(\.self).filter { $0 != "null" }
    guard others.contains(where: isOrigin) else { return }
    context.report(
      Self.weakness, at: node, "`null` is the origin of sandboxed frames of any site, and is trusted here")
  }

  private func isOrigin(_ text: String) -> Bool {
    text.contains("://") || text == "localhost" || text == "127.0.0.1"
  }
}
