import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for code that sets some security headers on every answer and forgets others.
struct SecurityHeadersIncompleteRule: SyntaxRule {
  static let weakness = Weakness.securityHeadersIncomplete
  static let kinds: [NodeKind] = [.functionDef, .asyncFunctionDef]

  func check(_ node: NodeID, in context: RuleContext) {
    guard isMiddleware(node, context) else { return }
    var names: Set<String> = []
    var first: NodeID?
    context.tree.walk(node) { inner in
      for setting in context.headerSettings(inner) {
        names.insert(setting.name)
        first = first ?? setting.node
      }
      return true
    }
    guard let first, names.count >= 2 else { return }
    // Others may be set by a helper or a table of this module.
    let tree = context.tree
    tree.walk(tree.root) { inner in
      if tree.kind(inner) == .constant, tree.range(inner).count < 48 {
        let text = tree.stringValue(inner) ?? tree.bytesValue(inner).map { String(decoding: $0, as: UTF8.self) }
        if let text { names.insert(text.lowercased()) }
      }
      return true
    }
    var missing = SecurityHeader.names.filter { !names.contains($0) }
    // `frame-ancestors` says what X-Frame-Options says, and more (AT-30.1).
    if names.contains("content-security-policy") { missing.removeAll { $0 == "x-frame-options" } }
    missing.removeAll { $0 == "referrer-policy" }
    guard !missing.isEmpty else { return }
    context.report(
      Self.weakness, at: first,
      "this middleware sets security headers but not \(missing.map { "`\($0)`" }.joined(separator: ", "))")
  }

  /// A function that every answer passes: `@app.middleware("http")`, `dispatch`, `__call__` and `send` wrappers.
  private func isMiddleware(_ function: NodeID, _ context: RuleContext) -> Bool {
    if context.decoratorCalls(function).contains(where: { $0.has(.middlewareDecorator) }) { return true }
    let name = context.tree.text(context.tree.functionDef(function).name)
    return name == "dispatch" || name == "__call__"
  }
}
