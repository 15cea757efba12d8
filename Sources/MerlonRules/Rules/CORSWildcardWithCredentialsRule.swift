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
    guard context.allowsEveryOrigin(call["origins"]), context.bool(call["credentials"]) == true else { return }
    context.report(
      Self.weakness, at: call.node,
      "every origin is allowed together with credentials: any site can read answers in the name of a visitor")
  }
}

extension RuleContext {
  /// True when a list of origins holds `*`, or is a setting whose default does.
  func allowsEveryOrigin(_ expression: NodeID?) -> Bool {
    guard let expression else { return false }
    if case .list(let elements)? = constant(expression) { return elements.contains(.string("*")) }
    if case .tuple(let elements)? = constant(expression) { return elements.contains(.string("*")) }
    if case .set(let elements)? = constant(expression) { return elements.contains(.string("*")) }
    return string(expression) == "*"
  }
}
