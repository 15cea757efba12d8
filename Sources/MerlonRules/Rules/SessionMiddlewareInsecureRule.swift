import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for session cookies that travel over plain HTTP, or to every site, or for ever.
struct SessionMiddlewareInsecureRule: CallRule {
  static let weakness = Weakness.sessionMiddlewareInsecure
  static let concepts: [Concept] = [.sessionMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard !call.isOpen else { return }
    var flaws: [String] = []
    if let httpsOnly = call["httpsOnly"] {
      if context.bool(httpsOnly) == false { flaws.append("`https_only` is off") }
    } else {
      flaws.append("`https_only` is not set")
    }
    if let sameSite = context.string(call["sameSite"]), sameSite.lowercased() == "none" {
      flaws.append("`same_site` is `none`")
    }
    if let maxAge = call["maxAge"], case .none? = context.constant(maxAge) { flaws.append("the session never ends") }
    guard !flaws.isEmpty else { return }
    context.report(
      Self.weakness, at: call.node, "the session cookie is not protected: \(flaws.joined(separator: ", "))")
  }
}
