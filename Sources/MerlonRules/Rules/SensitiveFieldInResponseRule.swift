import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for response models that hold a password, its hash or a secret.
struct SensitiveFieldInResponseRule: SyntaxRule {
  static let weakness = Weakness.sensitiveFieldInResponse
  static let kinds: [NodeKind] = [.functionDef, .asyncFunctionDef]
  init() {}

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    for call in context.decoratorCalls(node) where call.has(.routeDecorator) {
      let returns = tree.functionDef(node).returns
      guard let model = call["responseModel"] ?? (returns.isNone ? nil : returns) else { continue }
      let excluded = Set(context.strings(call[named: "response_model_exclude"]) ?? [])
      // The model itself, or what a list, an optional or a union holds.
      let types = context.semantics.annotationTypes(model)
      let definitions = (types + types.flatMap(\.arguments)).compactMap(\.definition)
      guard let field = definitions.lazy.compactMap({ sensitiveField($0, excluded: excluded, context) }).first else {
        continue
      }
      context.report(
        Self.weakness, at: model, "the response model `\(context.spelledName(model) ?? tree.text(model))` has the field `\(field)`")
    }
  }

  private func sensitiveField(
    _ definition: Definition, excluded: Set<String>, _ context: RuleContext
  ) -> String? {
    guard let tree = context.program.module(definition.module)?.tree, tree.kind(definition.node) == .classDef else {
      return nil
    }
    for statement in tree[tree.classDef(definition.node).body] where tree.kind(statement) == .annAssign {
      let assign = tree.annAssign(statement)
      guard tree.kind(assign.target) == .name else { continue }
      let name = tree.text(tree.nameID(assign.target))
      guard isSensitive(name), !excluded.contains(name), !tree.text(assign.value).contains("exclude=True") else { continue }
      return name
    }
    return nil
  }

  private func isSensitive(_ name: String) -> Bool {
    if SensitiveNames.isPassword(name) { return true }
    return ["password_hash", "hashed_password", "hashed_pw", "pwd_hash", "secret_key", "private_key", "client_secret", "totp_secret"]
      .contains(name)
  }
}
