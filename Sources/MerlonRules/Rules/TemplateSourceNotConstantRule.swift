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
    context.report(
      Self.weakness, at: call.node,
      "a template is compiled from text that is not in the code, outside of a sandbox: whoever writes it runs code",
      confidence: .medium, severity: isParameter(source, context) ? .low : .medium)
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
