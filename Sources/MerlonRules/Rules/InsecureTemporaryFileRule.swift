import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for temporary names that another process can take first.
struct InsecureTemporaryFileRule: CallRule {
  static let weakness = Weakness.insecureTemporaryFile
  static let concepts: [Concept] = [.insecureTemporaryFile, .openFile]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.insecureTemporaryFile) {
      context.report(Self.weakness, at: call.node, "only a name is chosen: another process can create the file first")
      return
    }
    guard let path = call["path"], let mode = context.string(call["mode"]),
      mode.contains("w") || mode.contains("a"), !mode.contains("x")
    else { return }
    guard let text = leadingText(path, context), text.hasPrefix("/tmp/") || text.hasPrefix("/var/tmp/"),
      text.split(separator: "/").count <= (text.hasPrefix("/var") ? 3 : 2)
    else { return }
    context.report(
      Self.weakness, at: call.node, "a file with a predictable name is written to a folder that everyone can write to")
  }

  /// The constant text that a path begins with.
  private func leadingText(_ path: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    if let text = context.string(path) { return text }
    for origin in context.semantics.origins(of: path) {
      if tree.kind(origin) == .joinedStr, let first = tree.elements(origin).first { return tree.stringValue(first) }
      if tree.kind(origin) == .binOp { return context.string(tree.binOp(origin).left) }
    }
    return nil
  }
}
