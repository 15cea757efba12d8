import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for environment variables with a secret's name whose default stands in the source.
struct SecretWithPublicDefaultRule: CallRule {
  static let weakness = Weakness.secretWithPublicDefault
  static let concepts: [Concept] = [.environmentValue]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let name = context.string(call["name"]), let kind = SensitiveNames.kind(of: name),
      let fallback = call["default"], let text = context.string(fallback),
      SecretValues.looksLikeSecret(text, called: name) || isWeak(text)
    else { return }
    report(name: name, at: fallback, kind: kind, text: text, context)
  }

  private func isWeak(_ text: String) -> Bool {
    ["secret", "password", "admin", "test", "dev"].contains(text.lowercased())
  }

  private func report(
    name: String, at node: NodeID, kind: SensitiveNames.Kind, text: String, _ context: RuleContext
  ) {
    context.report(
      Self.weakness, at: node,
      "when `\(name)` is not set, the service runs with a secret that everyone can read in the source",
      confidence: kind == .signingKey || SecretValues.isPlaceholder(text) ? .high : .medium)
  }
}

/// Looks for `os.getenv("SECRET_KEY") or "literal"`.
struct SecretWithAlternativeRule: SyntaxRule {
  static let weakness = Weakness.secretWithPublicDefault
  static let kinds: [NodeKind] = [.boolOp]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let expression = tree.boolOp(node)
    guard expression.op == .or else { return }
    let values = Array(tree[expression.values])
    guard values.count >= 2, let last = values.last, tree.kind(last) == .constant, let text = tree.stringValue(last),
      SecretValues.looksLikeSecret(text)
    else { return }
    for value in values.dropLast() {
      guard let call = context.modelledCall(value, .environmentValue), let name = context.string(call["name"]),
        SensitiveNames.kind(of: name) != nil, SecretValues.looksLikeSecret(text, called: name)
      else { continue }
      context.report(
        Self.weakness, at: last,
        "when `\(name)` is not set, the service runs with a secret that everyone can read in the source")
      return
    }
  }
}

/// Looks for fields of settings classes that hold a secret and have a literal default.
struct SettingsSecretDefaultRule: SyntaxRule {
  static let weakness = Weakness.secretWithPublicDefault
  static let kinds: [NodeKind] = [.annAssign, .assign]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    guard let owner = context.module.enclosingClass(of: node), context.module.enclosingFunction(of: node) == nil,
      context.isSettingsClass(owner)
    else { return }
    var target = NodeID.none
    var value = NodeID.none
    if tree.kind(node) == .annAssign {
      (target, value) = (tree.annAssign(node).target, tree.annAssign(node).value)
    } else if let first = tree[tree.assign(node).targets].first {
      (target, value) = (first, tree.assign(node).value)
    }
    guard !value.isNone, let name = context.spelledName(target), let kind = SensitiveNames.kind(of: name) else {
      return
    }
    if let field = context.modelledCall(value, .field) {
      guard let fallback = field["default"] else { return }
      value = fallback
    } else if tree.kind(value) == .call,
      let called = context.semantics.qualifiedName(of: tree.call(value).function), called.hasSuffix("SecretStr"),
      let first = tree[tree.call(value).arguments].first
    {
      value = first
    }
    guard tree.kind(value) == .constant, let text = context.string(value),
      SecretValues.looksLikeDefault(text, called: name)
    else {
      return
    }
    context.report(
      Self.weakness, at: value,
      "when `\(name)` is not set in the environment, the service runs with a secret that everyone can read in the source",
      confidence: kind == .signingKey || SecretValues.isPlaceholder(text) ? .high : .medium)
  }
}
