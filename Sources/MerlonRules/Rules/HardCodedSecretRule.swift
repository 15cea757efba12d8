import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for secrets that are assigned in the source: variables, attributes and entries whose names say that they hold one.
struct HardCodedSecretRule: SyntaxRule {
  static let weakness = Weakness.hardCodedSecret
  static let kinds: [NodeKind] = [.assign, .annAssign]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let value: NodeID
    var targets: [NodeID] = []
    if tree.kind(node) == .assign {
      let assign = tree.assign(node)
      value = assign.value
      targets = Array(tree[assign.targets])
    } else {
      let assign = tree.annAssign(node)
      value = assign.value
      targets = [assign.target]
    }
    guard !value.isNone else { return }
    if isSettingsField(node, context) { return }
    for target in targets {
      guard let name = context.spelledName(target),
        let kind = SensitiveNames.kind(of: name) ?? bytesKeyKind(name, value, context),
        let secret = literalSecret(value, called: name, context)
      else { continue }
      if kind == .password, !isStoredCredential(target, context) || isRefused(name) { continue }
      context.report(
        Self.weakness, at: value, "`\(name)` is written into the source, where every reader of the repository has it",
        confidence: confidence(kind: kind, text: secret))
    }
  }

  /// `GIFT_CARD_KEY = b"…"`: bytes that are called a key are one; a text may be the key of a mapping.
  private func bytesKeyKind(_ name: String, _ value: NodeID, _ context: RuleContext) -> SensitiveNames.Kind? {
    guard SensitiveNames.words(of: name).last == "key", let bytes = context.tree.bytesValue(value), bytes.count >= 16
    else {
      return nil
    }
    return .signingKey
  }

  /// The secret text that a value holds: a literal, or `SecretStr("…")`.
  private func literalSecret(_ value: NodeID, called name: String, _ context: RuleContext) -> String? {
    let tree = context.tree
    var value = value
    if tree.kind(value) == .call, let name = context.semantics.qualifiedName(of: tree.call(value).function),
      name.hasSuffix("SecretStr") || name.hasSuffix("SecretBytes") || name.hasSuffix(".Secret"),
      let first = tree[tree.call(value).arguments].first
    {
      value = first
    }
    guard tree.kind(value) == .constant || tree.kind(value) == .binOp || tree.kind(value) == .call else { return nil }
    if tree.kind(value) == .call, !isTextConversion(value, tree) { return nil }
    let text: String
    switch context.constant(value) {
    case .string(let string)?: text = string
    case .bytes(let bytes)?: text = String(decoding: bytes, as: UTF8.self)
    default: return nil
    }
    return SecretValues.looksLikeSecret(text, called: name) ? text : nil
  }

  private func isTextConversion(_ call: NodeID, _ tree: Tree) -> Bool {
    let function = tree.call(call).function
    guard tree.kind(function) == .attribute else { return false }
    return ["encode", "strip"].contains(tree.text(tree.attribute(function).name))
  }

  /// Fields of settings classes with a literal default are the matter of `secret-with-public-default`; members of an
  /// enumeration name kinds of secrets.
  private func isSettingsField(_ node: NodeID, _ context: RuleContext) -> Bool {
    guard let owner = context.module.enclosingClass(of: node), context.module.enclosingFunction(of: node) == nil else {
      return false
    }
    return context.isModelClass(owner) || context.isEnumeration(owner)
  }

  /// A local `password = "…"` is often a form's or an example's value; a module's or class's constant is a credential.
  private func isStoredCredential(_ target: NodeID, _ context: RuleContext) -> Bool {
    context.module.enclosingFunction(of: target) == nil
  }

  /// Names of passwords that a program knows in order to refuse them.
  private func isRefused(_ name: String) -> Bool {
    !Set(SensitiveNames.words(of: name)).isDisjoint(with: [
      "legacy", "forbidden", "disallowed", "blocked", "banned", "revoked", "compromised",
    ])
  }

  private func confidence(kind: SensitiveNames.Kind, text: String) -> Confidence {
    switch kind {
    case .signingKey: .high
    case .credential, .password: text.utf8.count >= 8 ? .high : .medium
    }
  }
}
