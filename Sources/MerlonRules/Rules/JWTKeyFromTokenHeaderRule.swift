import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for keys, or places of keys, that the token itself names in its header (`jku`, `x5u`, `jwk`, `x5c`), and for a
/// `kid` that becomes part of a path.
struct JWTKeyFromTokenHeaderRule: SyntaxRule {
  static let weakness = Weakness.jwtKeyFromTokenHeader
  static let kinds: [NodeKind] = [.subscript, .call]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    guard let (receiver, field) = headerField(node, tree), context.comes(receiver, from: .jwtUnverifiedHeader) else {
      return
    }
    switch field {
    case "jku", "x5u":
      context.report(
        Self.weakness, at: node, "the key is fetched from an address that the token itself names (`\(field)`)")
    case "jwk", "x5c":
      context.report(Self.weakness, at: node, "the key comes out of the token that it is to verify (`\(field)`)")
    case "kid":
      guard let use = pathUse(of: node, in: context) else { return }
      context.report(
        Self.weakness, at: node, "the token's `kid` becomes part of a file name, so a caller chooses the key file",
        related: [(use, "used here")])
    default: return
    }
  }

  /// `header["kid"]` or `header.get("kid")`.
  private func headerField(_ node: NodeID, _ tree: Tree) -> (NodeID, String)? {
    if tree.kind(node) == .subscript {
      let part = tree.subscript_(node)
      return tree.stringValue(part.slice).map { (part.value, $0) }
    }
    let call = tree.call(node)
    guard tree.kind(call.function) == .attribute, tree.text(tree.attribute(call.function).name) == "get",
      let key = tree[call.arguments].first.flatMap(tree.stringValue)
    else { return nil }
    return (tree.attribute(call.function).value, key)
  }

  /// Where the value is put into a path or opened, in the same function.
  private func pathUse(of node: NodeID, in context: RuleContext) -> NodeID? {
    let tree = context.tree
    guard let function = context.module.enclosingFunction(of: node) else { return nil }
    var use: NodeID?
    context.walkOwnBody(function) { other in
      guard use == nil, tree.kind(other) == .call else { return }
      let opens = context.modelledCalls(other).contains { $0.has(.openFile) }
      let name = context.semantics.qualifiedName(of: tree.call(other).function) ?? ""
      guard opens || name == "pathlib.Path" || name == "os.path.join" || name.hasSuffix(".read_text") else { return }
      tree.walk(other) { inner in
        if inner == node || (tree.kind(inner) == .name && context.semantics.origins(of: inner).contains(node)) {
          use = other
        }
        return use == nil
      }
    }
    return use
  }
}
