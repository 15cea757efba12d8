import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for models of new accounts that accept a password of any length.
struct WeakPasswordPolicyRule: SyntaxRule {
  static let weakness = Weakness.weakPasswordPolicy
  static let kinds: [NodeKind] = [.classDef]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let definition = tree.classDef(node)
    let words = Set(SensitiveNames.words(of: tree.text(definition.name)))
    // Only where a password is chosen: at login any length must be accepted.
    guard
      !words.isDisjoint(with: ["create", "register", "registration", "signup", "new", "reset", "change", "update"]),
      context.isModelClass(node), !context.isSettingsClass(node)
    else { return }
    for field in context.fields(ofClass: node)
    where SensitiveNames.isPassword(field.name) && !field.name.contains("current") && !field.name.contains("old") {
      if let minimum = tooShortMinimum(field.default, context), !hasValidator(for: field.name, in: node, context) {
        context.report(Self.weakness, at: field.node, "`\(field.name)` accepts a password of \(minimum) characters")
        continue
      }
      guard isPlainString(field.annotation, context), !hasMinimum(field.default, context),
        !hasValidator(for: field.name, in: node, context)
      else { continue }
      context.report(Self.weakness, at: field.node, "`\(field.name)` accepts a password of one character")
    }
  }

  private func isPlainString(_ annotation: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    if tree.kind(annotation) == .subscript {
      // Annotated[str, Field(max_length=100)]: a field that is written here says what it limits.
      let generic = tree.subscript_(annotation)
      guard context.semantics.qualifiedName(of: generic.value) == "typing.Annotated",
        tree.kind(generic.slice) == .tuple
      else { return false }
      let parts = tree.elements(generic.slice)
      return parts.first.map { isPlainString($0, context) } == true
        && parts.dropFirst().allSatisfy { context.modelledCall($0, .field) != nil && !hasMinimum($0, context) }
    }
    // An alias (`NewPassword = Annotated[str, …]`) brings its own limits.
    guard context.tree.kind(annotation) == .name || context.tree.kind(annotation) == .attribute,
      let spelled = context.spelledName(annotation), spelled == "str" || spelled == "SecretStr",
      let name = context.semantics.qualifiedName(of: annotation)
    else { return false }
    return name == "builtins.str" || name == "pydantic.SecretStr"
  }

  /// A least length below eight characters, the least that NIST SP 800-63B-4 (3.1.1.2) lets a verifier accept.
  private func tooShortMinimum(_ value: NodeID, _ context: RuleContext) -> Int? {
    guard !value.isNone, let field = context.modelledCall(value, .field), let minimum = context.int(field["minLength"]),
      (2..<8).contains(minimum), field[named: "pattern"] == nil, !field.isOpen
    else { return nil }
    return Int(minimum)
  }

  private func hasMinimum(_ value: NodeID, _ context: RuleContext) -> Bool {
    guard !value.isNone, let field = context.modelledCall(value, .field) else { return false }
    return field["minLength"] != nil || field[named: "pattern"] != nil || field[named: "regex"] != nil || field.isOpen
  }

  /// A validator method that names the field, or any model validator.
  private func hasValidator(for name: String, in node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    for statement in tree[tree.classDef(node).body] where context.isFunction(statement) {
      for decorator in tree[tree.functionDef(statement).decorators] {
        let text = tree.text(decorator)
        if text.contains("validator"), text.contains(name) || text.contains("model_validator") || text.contains("root")
        {
          return true
        }
      }
    }
    return false
  }
}
