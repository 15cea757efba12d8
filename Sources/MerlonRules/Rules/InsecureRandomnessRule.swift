import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for tokens, passwords and codes made by a generator whose next value can be computed from earlier ones.
struct InsecureRandomnessRule: CallRule {
  static let weakness = Weakness.insecureRandomness
  static let concepts: [Concept] = [.insecureRandom]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let name = secretName(of: call.node, in: context) else { return }
    context.report(
      Self.weakness, at: call.node,
      "`\(name)` is made with a predictable generator: an attacker can compute the next one")
  }

  /// The secret that the value becomes: the assigned name, the keyword, the key, or the enclosing function.
  private func secretName(of node: NodeID, in context: RuleContext) -> String? {
    let tree = context.tree
    var current = node
    for _ in 0..<24 {
      let parent = context.module.parent(of: current)
      switch tree.kind(parent) {
      case .assign:
        for target in tree[tree.assign(parent).targets] {
          if let name = context.spelledName(target), isSecret(name) { return name }
        }
        return functionName(node, context)
      case .annAssign:
        if let name = context.spelledName(tree.annAssign(parent).target), isSecret(name) { return name }
        return functionName(node, context)
      case .keyword:
        let name = tree.text(tree.keyword(parent).name)
        if isSecret(name) { return name }
      case .dict:
        let dict = tree.dict(parent)
        for (key, value) in zip(tree[dict.keys], tree[dict.values]) where value == current {
          if let name = tree.stringValue(key), isSecret(name) { return name }
        }
      case .functionDef, .asyncFunctionDef, .classDef, .module, .none: return functionName(node, context)
      case .compare, .if, .while, .for, .subscript: return nil
      default: break
      }
      if tree.kind(parent).isStatement { return functionName(node, context) }
      current = parent
    }
    return nil
  }

  private func functionName(_ node: NodeID, _ context: RuleContext) -> String? {
    let name = context.enclosingFunctionName(node)
    let words = SensitiveNames.words(of: name)
    if SensitiveNames.isOneTimeSecret(name) { return name }
    guard let first = words.first,
      ["generate", "make", "create", "new", "gen", "random", "issue", "build"].contains(first),
      isSecret(words.dropFirst().joined(separator: "_"))
    else { return nil }
    return name
  }

  private func isSecret(_ name: String) -> Bool {
    if SensitiveNames.kind(of: name) != nil { return true }
    if SensitiveNames.isOneTimeSecret(name) { return true }
    guard let last = SensitiveNames.words(of: name).last else { return false }
    return ["nonce", "pin", "salt", "csrf"].contains(last)
  }
}
