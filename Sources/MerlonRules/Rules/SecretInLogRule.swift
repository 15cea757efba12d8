import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for secrets among what is logged or printed.
struct SecretInLogRule: CallRule {
  static let weakness = Weakness.secretInLog
  static let concepts: [Concept] = [.loggerCall, .print]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let tree = context.tree
    // Fields of structured logs are keyword arguments; `exc_info` and its like hold no text.
    let fields = tree[tree.call(call.node).keywords].map { tree.keyword($0).value }
    let parts = Array(tree[tree.call(call.node).arguments]) + fields
    for part in parts {
      guard let (place, name) = secret(in: part, context) else { continue }
      context.report(
        Self.weakness, at: place, "`\(name)` is written to the \(call.has(.print) ? "output, which logs keep" : "log")",
        confidence: .high)
      return
    }
  }

  /// A secret that is put into a message: as argument, in an f-string, by `%` or `.format`.
  private func secret(in expression: NodeID, _ context: RuleContext) -> (NodeID, String)? {
    let tree = context.tree
    var found: (NodeID, String)?
    tree.walk(expression) { node in
      if found != nil { return false }
      switch tree.kind(node) {
      case .call:
        // len(token), bool(password), mask(token), hash(password), token.startswith(…): not the secret itself.
        let call = tree.call(node)
        let called = context.spelledName(call.function) ?? ""
        guard tree.kind(call.function) == .attribute else { return ["str", "repr"].contains(called) }
        if called == "get_secret_value" || called == "decode" || called == "format" {
          if called != "format" { found = context.spelledName(node).flatMap { isSecret($0) ? (node, $0) : nil } }
          return called == "format"
        }
        return false
      case .subscript:
        // token[:4] shows a part.
        if tree.kind(tree.subscript_(node).slice) == .slice { return false }
        if let name = context.spelledName(node), isSecret(name) { found = (node, name) }
        return false
      case .name, .attribute:
        if isMaskedOrNamed(node, context) { return false }
        if let name = context.spelledName(node), isSecret(name), isText(node, context) {
          found = (node, name)
        } else if tree.kind(node) == .name, let name = secretOrigin(of: node, context) {
          found = (node, name)
        }
        return false
      case .compare, .ifExp, .unaryOp, .boolOp, .lambda, .constant: return false
      default: return true
      }
    }
    return found
  }

  /// True for a name that was given a masked text (`key = key[:4] + "***"`), or one that holds a constant which is no
  /// secret (`CHANGE_PASSWORD = "/users/password"`).
  private func isMaskedOrNamed(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    if let text = context.string(node), let name = context.spelledName(node) {
      return !SecretValues.looksLikeSecret(text, called: name)
    }
    return context.semantics.origins(of: node).contains { origin in
      guard tree.kind(origin) == .binOp else { return false }
      let left = tree.binOp(origin).left
      return tree.kind(left) == .subscript && tree.kind(tree.subscript_(left).slice) == .slice
    }
  }

  /// The secret that a local name was given: `shown = body.password`, `url = f"…{api_key}…"`.
  private func secretOrigin(of node: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    for origin in context.semantics.origins(of: node) where origin != node {
      switch tree.kind(origin) {
      case .attribute, .subscript:
        if let name = context.spelledName(origin), isSecret(name), isText(origin, context) { return name }
      case .joinedStr:
        for part in tree.elements(origin) where tree.kind(part) == .formattedValue {
          let value = tree.formattedValue(part).value
          guard tree.kind(value) == .name || tree.kind(value) == .attribute, let name = context.spelledName(value),
            isSecret(name), isText(value, context)
          else { continue }
          return name
        }
      default: continue
      }
    }
    return nil
  }

  private func isSecret(_ name: String) -> Bool {
    if SensitiveNames.isPersonalNumber(name) { return true }
    guard SensitiveNames.kind(of: name) != nil else { return false }
    // `token` in a parser and `key` of a mapping are words, not credentials.
    return !["token", "tokens", "pass", "salt", "secrets", "credentials"].contains(name.lowercased())
  }

  /// A `SecretStr` shows stars.
  private func isText(_ node: NodeID, _ context: RuleContext) -> Bool {
    guard let type = context.semantics.type(of: node)?.qualifiedName else { return true }
    return !type.hasPrefix("pydantic.Secret") && type != "builtins.bool" && type != "builtins.int"
  }
}
