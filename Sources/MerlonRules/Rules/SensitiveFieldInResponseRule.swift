import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for response models that hold a password, its hash or a secret.
struct SensitiveFieldInResponseRule: ProjectRule {
  static let weakness = Weakness.sensitiveFieldInResponse

  func check(_ project: ProjectContext) {
    let contexts = Dictionary(project.contexts.map { ($0.module.id, $0) }, uniquingKeysWith: { first, _ in first })
    var places: [Field: [FlowStep]] = [:]
    for located in project.calls(.routeDecorator) where !located.call.has(mark: "websocket") {
      for field in fields(of: located) {
        places[field, default: []].append(
          located.context.step(located.call.node, "this operation answers with the model"))
      }
    }
    for (field, operations) in places.sorted(by: { $0.key.node < $1.key.node }) {
      guard let context = contexts[field.module] else { continue }
      context.report(
        Self.weakness, at: field.node,
        "`\(field.name)` is part of what \(operations.count == 1 ? "an operation answers" : "\(operations.count) operations answer")",
        elsewhere: Array(operations.prefix(5)))
    }
  }

  private struct Field: Hashable {
    let module: ModuleID
    let node: NodeID
    let name: String
  }

  private func fields(of located: LocatedCall) -> [Field] {
    let (context, call) = (located.context, located.call)
    let function = context.module.parent(of: call.node)
    guard context.isFunction(function) else { return [] }
    let returns = context.tree.functionDef(function).returns
    guard let model = call["responseModel"] ?? (returns.isNone ? nil : returns) else { return [] }
    let excluded = Set(context.strings(call[named: "response_model_exclude"]) ?? [])
    // The model itself, or what a list, an optional or a union holds.
    let types = context.semantics.annotationTypes(model)
    let definitions = (types + types.flatMap(\.arguments)).compactMap(\.definition)
    return definitions.flatMap { sensitiveFields($0, excluded: excluded, context) }
  }

  private func sensitiveFields(
    _ definition: Definition, excluded: Set<String>, _ context: RuleContext
  ) -> [Field] {
    guard let tree = context.program.module(definition.module)?.tree, tree.kind(definition.node) == .classDef else {
      return []
    }
    var result: [Field] = []
    for statement in tree[tree.classDef(definition.node).body] where tree.kind(statement) == .annAssign {
      let assign = tree.annAssign(statement)
      guard tree.kind(assign.target) == .name else { continue }
      let name = tree.text(tree.nameID(assign.target))
      guard isSensitive(name), !excluded.contains(name), !tree.text(assign.value).contains("exclude=True"),
        !tree.text(assign.annotation).contains("Secret"), !Self.tellsNothing(tree.text(assign.annotation)),
        !isMasked(name, in: definition.node, tree)
      else { continue }
      result.append(Field(module: definition.module, node: statement, name: name))
    }
    return result
  }

  /// True for a type that holds no text: `has_password: bool`.
  private static func tellsNothing(_ annotation: String) -> Bool {
    ["bool", "int", "float", "date", "datetime"].contains {
      annotation == $0 || annotation == "\($0) | None" || annotation == "Optional[\($0)]"
    }
  }

  /// True when a validator or serializer of the class names the field: it is there to hide the value.
  private func isMasked(_ name: String, in node: NodeID, _ tree: Tree) -> Bool {
    tree[tree.classDef(node).body].contains { statement in
      guard tree.kind(statement) == .functionDef else { return false }
      return tree[tree.functionDef(statement).decorators].contains { decorator in
        let text = tree.text(decorator)
        return (text.contains("validator") || text.contains("serializer")) && text.contains("\"\(name)\"")
      }
    }
  }

  private func isSensitive(_ name: String) -> Bool {
    if SensitiveNames.isPassword(name) { return true }
    return [
      "password_hash", "hashed_password", "hashed_pw", "pwd_hash", "secret_key", "private_key", "client_secret",
      "totp_secret",
    ]
    .contains(name)
  }
}
