import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for templates that are compiled outside of the sandbox from text which the code does not hold: stored ones, as
/// those of users and of prompts, are programs of whoever wrote them.
struct TemplateSourceNotConstantRule: CallRule {
  static let weakness = Weakness.templateInjection
  static let concepts: [Concept] = [.templateFromString]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let source = call["source"], !context.isConstant(source), !isOfTheCode(source, context) else { return }
    let made = environment(call, context)
    guard !made.contains(where: { isSandbox($0.0, context) }), !isSandbox(receiver(call, context), context) else {
      return
    }
    context.report(
      Self.weakness, at: call.node,
      "a template is compiled from text that is not in the code, outside of a sandbox: whoever writes it runs code",
      confidence: .medium, severity: isParameter(source, context) ? .low : .medium,
      related: made)
  }

  private func receiver(_ call: ModelledCall, _ context: RuleContext) -> NodeID {
    let function = context.tree.call(call.node).function
    return context.tree.kind(function) == .attribute ? context.tree.attribute(function).value : .none
  }

  private func isSandbox(_ node: NodeID, _ context: RuleContext) -> Bool {
    guard !node.isNone else { return false }
    return (context.semantics.origins(of: node) + [node]).contains { origin in
      context.tree.kind(origin) == .call
        && (context.spelledName(context.tree.call(origin).function)?.contains("Sandbox") ?? false)
    }
  }

  /// Where the environment is made that `self.environment.from_string(…)` belongs to.
  private func environment(_ call: ModelledCall, _ context: RuleContext) -> [(NodeID, String)] {
    let tree = context.tree
    let function = tree.call(call.node).function
    guard tree.kind(function) == .attribute else { return [] }
    let receiver = tree.attribute(function).value
    guard tree.kind(receiver) == .attribute, context.spelledName(tree.attribute(receiver).value) == "self",
      let owner = context.module.enclosingClass(of: call.node)
    else { return [] }
    let name = tree.text(tree.attribute(receiver).name)
    var found: [(NodeID, String)] = []
    tree.walk(owner) { node in
      if tree.kind(node) == .assign, tree.kind(tree.assign(node).value) == .call,
        tree[tree.assign(node).targets].contains(where: {
          tree.kind($0) == .attribute && tree.text(tree.attribute($0).name) == name
        })
      {
        found.append((tree.assign(node).value, "the environment is made here, without a sandbox"))
      }
      return found.isEmpty
    }
    return found
  }

  /// A parameter of a helper may well be given a constant.
  private func isParameter(_ source: NodeID, _ context: RuleContext) -> Bool {
    guard context.tree.kind(source) == .name, let symbol = context.module.symbol(of: source) else { return false }
    return context.module.bindings(of: symbol).contains { $0.kind == .parameter }
  }

  /// Texts that are read from files beside the code, or that names in capitals hold.
  private func isOfTheCode(_ source: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    if context.semantics.constant(of: source)?.string != nil { return true }
    return context.semantics.origins(of: source).contains { origin in
      switch tree.kind(origin) {
      case .constant: return true
      case .name: return tree.text(origin).allSatisfy { $0.isUppercase || $0 == "_" || $0.isNumber }
      case .attribute:
        return tree.text(tree.attribute(origin).name).allSatisfy { $0.isUppercase || $0 == "_" || $0.isNumber }
      case .call:
        let name = context.spelledName(tree.call(origin).function) ?? ""
        return ["read_text", "read", "dedent", "open", "get_source", "render_template"].contains {
          name == $0 || name.hasSuffix("." + $0)
        }
      default: return false
      }
    }
  }
}
