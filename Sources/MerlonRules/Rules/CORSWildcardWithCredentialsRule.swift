import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for CORS set-ups that let every site read answers with the visitor's cookies.
///
/// Starlette answers `*` with credentials by echoing the caller's origin, so browsers do not save the service.
struct CORSWildcardWithCredentialsRule: CallRule {
  static let weakness = Weakness.corsWildcardWithCredentials
  static let concepts: [Concept] = [.corsMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.allowsEveryOrigin(call["origins"]), context.valueWhenUnset(call["credentials"])?.bool == true else {
      return
    }
    context.report(
      Self.weakness, at: call.node,
      "every origin is allowed together with credentials: any site can read answers in the name of a visitor")
  }
}

extension RuleContext {
  /// True when a list of origins holds `*`, or is a setting whose default does.
  func allowsEveryOrigin(_ expression: NodeID?) -> Bool {
    guard let value = valueWhenUnset(expression) else { return false }
    if let elements = value.elements { return elements.contains(.string("*")) }
    return value.string == "*"
  }
}
