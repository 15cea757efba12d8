import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for applications in debug mode, which answer errors with source code and local paths.
struct DebugModeEnabledRule: CallRule {
  static let weakness = Weakness.debugModeEnabled
  static let concepts: [Concept] = [.application]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let debug = call["debug"], context.valueWhenUnset(debug)?.bool == true else { return }
    context.report(
      Self.weakness, at: call.node, "debug mode answers every error with a traceback and the source around it",
      related: context.tree.kind(debug) == .constant ? [] : [(debug, "the value comes from here")])
  }
}

/// Looks for `app.debug = True`.
struct DebugModeSetRule: SyntaxRule {
  static let weakness = Weakness.debugModeEnabled
  static let kinds: [NodeKind] = [.assign]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let assign = tree.assign(node)
    for target in tree[assign.targets] where tree.kind(target) == .attribute {
      let attribute = tree.attribute(target)
      guard tree.text(attribute.name) == "debug", context.bool(assign.value) == true,
        let type = context.semantics.type(of: attribute.value), !type.isClassObject,
        context.entity(named: type.qualifiedName)?.concepts.contains(.application) == true
      else { continue }
      context.report(
        Self.weakness, at: node, "debug mode answers every error with a traceback and the source around it")
    }
  }
}
