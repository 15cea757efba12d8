import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for exception texts that are sent to the caller: `HTTPException(500, detail=str(e))`, `JSONResponse({"error": str(e)})`.
///
/// The text of an exception that the application raises itself for callers (its own classes, `ValueError` raised with a
/// message in the same block, HTTP and validation errors) is meant for them.
struct ExceptionTextInResponseRule: CallRule {
  static let weakness = Weakness.exceptionTextInResponse
  static let concepts: [Concept] = [.httpException, .response]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let content = call["detail"] ?? call["content"],
      let exception = context.exceptionText(in: content, at: call.node)
    else { return }
    context.report(
      Self.weakness, at: content,
      "the text of `\(exception)` is sent to the caller: it can name files, tables and queries",
      confidence: context.isBroadHandler(around: call.node) ? .high : .medium,
      severity: context.isBroadHandler(around: call.node) ? .medium : .low)
  }
}

/// Looks for exception texts among what an operation returns: `return {"error": str(e)}`.
struct ExceptionTextReturnedRule: SyntaxRule {
  static let weakness = Weakness.exceptionTextInResponse
  static let kinds: [NodeKind] = [.return]

  func check(_ node: NodeID, in context: RuleContext) {
    let value = context.tree.value(node)
    guard context.tree.kind(value) == .dict, let function = context.module.enclosingFunction(of: node),
      context.isOperation(function), let exception = context.exceptionText(in: value, at: node)
    else { return }
    context.report(
      Self.weakness, at: value,
      "the text of `\(exception)` is sent to the caller: it can name files, tables and queries",
      confidence: context.isBroadHandler(around: node) ? .high : .medium,
      severity: context.isBroadHandler(around: node) ? .medium : .low)
  }
}
