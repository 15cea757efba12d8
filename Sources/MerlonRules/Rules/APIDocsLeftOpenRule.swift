import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for applications that mean to close their documentation and leave `/openapi.json` open.
///
/// `docs_url=None` alone leaves the schema (and `/redoc`); only `openapi_url=None` closes all three.
struct APIDocsLeftOpenRule: CallRule {
  static let weakness = Weakness.apiDocsLeftOpen
  static let concepts: [Concept] = [.application]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard !call.isOpen, call["openapiURL"] == nil else { return }
    // `docs_url=None` and `docs_url=None if production else "/docs"` both say that production shall have no docs.
    let closesDocs = isClosed(call["docsURL"], context)
    let closesRedoc = isClosed(call["redocURL"], context)
    guard closesDocs || closesRedoc else { return }
    if closesDocs, call["redocURL"] == nil {
      context.report(
        Self.weakness, at: call.node,
        "`docs_url=None` leaves `/redoc` and `/openapi.json` open; `openapi_url=None` closes all")
    } else if closesDocs, closesRedoc {
      context.report(
        Self.weakness, at: call.node, "the pages are closed, but `/openapi.json` still tells every operation")
    }
  }

  private func isClosed(_ url: NodeID?, _ context: RuleContext) -> Bool {
    guard let url else { return false }
    return context.semantics.origins(of: url).contains { origin in
      if case .none? = context.constant(origin) { return true }
      return false
    }
  }
}
