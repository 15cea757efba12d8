import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for XML parsing that resolves or expands entities of the document.
struct XMLExternalEntitiesRule: CallRule {
  static let weakness = Weakness.xmlExternalEntities
  static let concepts: [Concept] = [.xmlParse, .xmlParser]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.xmlParser) {
      if context.bool(call["resolveEntities"]) == true {
        context.report(
          Self.weakness, at: call.node, "the parser resolves external entities: a document can read local files")
      } else if context.bool(call["noNetwork"]) == false || context.bool(call["hugeTree"]) == true {
        context.report(
          Self.weakness, at: call.node, "the parser may fetch from the network or expand without limit",
          confidence: .medium)
      }
      return
    }
    guard let data = call["data"], !context.isConstant(data), call["parser"] == nil,
      let function = context.module.enclosingFunction(of: call.node)
    else { return }
    // Files of the package itself are trusted; what a request brings is not.
    guard context.isOperation(function) || context.readsRequest(data) else { return }
    context.report(
      Self.weakness, at: call.node,
      call.has(mark: "externalEntities")
        ? "the parser resolves entities that the document declares"
        : "the parser expands entities that the document declares: a small document can fill the memory",
      severity: call.has(mark: "externalEntities") ? .high : nil)
  }
}
