import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for Jinja2 environments that do not escape values in HTML.
struct TemplateAutoescapeDisabledRule: CallRule {
  static let weakness = Weakness.templateAutoescapeDisabled
  static let concepts: [Concept] = [.templateEnvironment, .templateFromString]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if let autoescape = call["autoescape"] {
      guard context.bool(autoescape) == false else { return }
      context.report(Self.weakness, at: call.node, "values are put into templates unescaped")
      return
    }
    if call.has(.templateFromString) {
      // `environment.from_string` escapes as its environment does; a bare `Template` never does.
      guard !call.has(mark: "environment"), !call.isOpen,
        let source = context.string(call["source"]), source.contains("</")
      else { return }
      context.report(
        Self.weakness, at: call.node, "a template of its own escapes nothing: values are put into HTML as they are")
      return
    }
    guard !call.isOpen, rendersHTML(call, context) else { return }
    context.report(
      Self.weakness, at: call.node, "`autoescape` is off by default: values are put into HTML templates unescaped")
  }

  /// Many environments make prompts, configuration or code; only HTML needs escaping. Taken as HTML when the module
  /// answers with HTML or names an HTML template.
  private func rendersHTML(_ call: ModelledCall, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var found = false
    tree.walk(tree.root) { node in
      switch tree.kind(node) {
      case .constant:
        if let text = tree.stringValue(node), text.hasSuffix(".html") || text.hasSuffix(".htm") { found = true }
      case .call: if context.modelledCalls(node).contains(where: { $0.has(.htmlResponse) }) { found = true }
      default: break
      }
      return !found
    }
    return found
  }
}
