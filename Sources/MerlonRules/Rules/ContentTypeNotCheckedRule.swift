import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for applications that read JSON from requests that do not say it is JSON (`strict_content_type=False`).
struct ContentTypeNotCheckedRule: CallRule {
  static let weakness = Weakness.contentTypeNotChecked
  static let concepts: [Concept] = [.application, .router]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.bool(call["strictContentType"]) == false else { return }
    context.report(
      Self.weakness, at: call.node,
      "bodies without a JSON content type are read as JSON: other sites can send them without a preflight")
  }
}
