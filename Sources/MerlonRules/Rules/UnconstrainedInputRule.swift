import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for input that nothing describes: bodies that are read by hand, dictionaries, models that allow unknown fields,
/// and amounts of money that may be negative or no number at all. One finding an operation or model.
struct UnconstrainedInputRule: ModelRule {
  static let weakness = Weakness.unconstrainedInput

  func check(_ model: APIModel, in context: ModelContext) {
    var models: [String: Operation] = [:]
    var order: [String] = []
    for operation in context.operations
    where operation.route.kind == .http && !operation.isSafeMethod && operation.access.level != .authorized {
      let bodies = operation.route.parameters.filter { $0.place == .body || $0.place == .form }
      if let open = bodies.first(where: { Self.holdsAnything($0.type) }) {
        guard isUsed(operation) else { continue }
        context.report(
          Self.weakness, on: operation, "`\(open.name)` of `\(operation.title)` may hold anything (`\(open.type)`)",
          confidence: .medium, effects: operation.effects)
      } else if let raw = operation.route.traits.first(where: { $0.kind == .rawBody }), !operation.changes.isEmpty,
        !OperationNames(operation.route).isWebhook
      {
        context.report(
          Self.weakness, on: operation, "the body of `\(operation.title)` is read by hand and not validated",
          confidence: .medium, effects: operation.changes,
          flow: [FlowStep(location: raw.location, message: raw.message)])
      }
      for body in bodies where body.content == .model || body.content == .collection {
        let name = Self.className(body.type)
        if models[name] == nil { order.append(name) }
        models[name] = models[name] ?? operation
      }
    }
    guard let project = context.project else { return }
    let classes = Classes(project, named: Set(order))
    for name in order {
      guard let operation = models[name], let (rules, node) = classes.only(name) else { continue }
      check(node, rules, operation, context)
    }
  }

  /// True for types that say nothing about their content.
  static func holdsAnything(_ type: String) -> Bool {
    let plain = type.replacingSuffix(" | None")
    return ["Any", "dict", "object", "list[dict]", "list[Any]", "list"].contains(plain)
      || plain.hasPrefix("dict[str, Any")
      || plain.hasPrefix("list[dict[str, Any") || plain.hasPrefix("dict[Any") || plain.hasPrefix("dict[str, object")
  }

  /// True where it matters what comes in.
  private func isUsed(_ operation: Operation) -> Bool {
    operation.effects.contains { $0.kind != .send } || !operation.route.objectAccesses.isEmpty
      || operation.route.traits.contains { $0.kind == .massAssignment || $0.kind == .privilegeFromInput }
  }

  /// `Item` of `list[Item] | None`.
  private static func className(_ type: String) -> String {
    var name = type.replacingSuffix(" | None")
    if name.hasPrefix("list["), name.hasSuffix("]") { name = String(name.dropFirst(5).dropLast()) }
    return name.split(separator: ".").last.map(String.init) ?? name
  }

  private func check(_ node: NodeID, _ rules: RuleContext, _ operation: Operation, _ context: ModelContext) {
    let tree = rules.tree
    for field in rules.fields(ofClass: node) where EntityNames.isMoney(field.name) {
      guard isPlainFloat(field.annotation, rules), !isBounded(field.default, rules),
        !isValidated(field.name, in: node, rules)
      else { continue }
      context.report(
        Self.weakness, on: operation, at: rules.module.location(field.node),
        "`\(field.name)` may be negative, NaN or infinite", subject: field.name, confidence: .medium,
        severity: .medium, effects: operation.changes)
      return
    }
    guard allowsUnknown(node, rules) else { return }
    let definition = tree.classDef(node)
    context.report(
      Self.weakness, on: operation, at: context.head(of: rules.module.location(node)),
      "`\(tree.text(definition.name))` takes fields that it does not know", subject: tree.text(definition.name),
      confidence: .medium, effects: operation.changes)
  }

  private func isPlainFloat(_ annotation: NodeID, _ rules: RuleContext) -> Bool {
    let text = rules.tree.text(annotation)
    return ["float", "float | None", "Optional[float]"].contains(text)
  }

  private func isBounded(_ value: NodeID, _ rules: RuleContext) -> Bool {
    guard !value.isNone, rules.tree.kind(value) == .call else { return false }
    return ["ge", "gt", "le", "lt", "allow_inf_nan", "multiple_of"].contains { rules.keyword($0, of: value) != nil }
  }

  private func isValidated(_ name: String, in node: NodeID, _ rules: RuleContext) -> Bool {
    let tree = rules.tree
    return tree[tree.classDef(node).body].contains { statement in
      rules.isFunction(statement)
        && tree[tree.functionDef(statement).decorators].contains {
          let text = tree.text($0)
          return text.contains("validator") && (text.contains(name) || text.contains("model_validator"))
        }
    }
  }

  /// `model_config = ConfigDict(extra="allow")`, or `class Config: extra = "allow"`.
  private func allowsUnknown(_ node: NodeID, _ rules: RuleContext) -> Bool {
    let tree = rules.tree
    return tree[tree.classDef(node).body].contains { statement in
      switch tree.kind(statement) {
      case .assign:
        guard let target = tree[tree.assign(statement).targets].first, rules.isName(target, "model_config") else {
          return false
        }
        let value = tree.assign(statement).value
        return rules.string(rules.keyword("extra", of: value)) == "allow"
      case .classDef:
        return tree.text(tree.classDef(statement).name) == "Config"
          && tree[tree.classDef(statement).body].contains { inner in
            guard tree.kind(inner) == .assign, let target = tree[tree.assign(inner).targets].first,
              rules.isName(target, "extra")
            else { return false }
            return tree.text(tree.assign(inner).value).hasSuffix("allow")
              || rules.string(tree.assign(inner).value) == "allow"
          }
      default: return false
      }
    }
  }
}

/// The classes of a project by their plain names.
private struct Classes {
  private let project: ProjectContext
  private let found: [String: [(RuleContext, NodeID)]]

  init(_ project: ProjectContext, named names: Set<String>) {
    self.project = project
    found = project.classes(named: names)
  }

  /// The class, where there is one of this name and no more.
  func only(_ name: String) -> (RuleContext, NodeID)? {
    project.program.noteQuestion(ProjectQuestion.classes, name)
    guard let all = found[name], all.count == 1, let only = all.first else { return nil }
    project.program.noteLook(at: only.0.module)
    return only
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
