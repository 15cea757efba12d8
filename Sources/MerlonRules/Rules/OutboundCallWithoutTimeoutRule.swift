import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for outbound requests that wait for ever.
struct OutboundCallWithoutTimeoutRule: CallRule {
  static let weakness = Weakness.outboundCallWithoutTimeout
  static let concepts: [Concept] = [.httpRequest, .httpClient]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if let timeout = call["timeout"] {
      guard case .none? = context.constant(timeout) else { return }
      context.report(Self.weakness, at: call.node, "`timeout=None` waits for ever when the other side does not answer")
      return
    }
    guard call.has(.httpRequest), !call.isOpen, !call.has(mark: "defaultTimeout") else { return }
    context.report(Self.weakness, at: call.node, "the request has no timeout: a silent peer holds this worker for ever")
  }
}
