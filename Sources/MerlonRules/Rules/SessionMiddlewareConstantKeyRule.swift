import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for session cookies that are signed with a key from the source.
struct SessionMiddlewareConstantKeyRule: CallRule {
  static let weakness = Weakness.sessionMiddlewareConstantKey
  static let concepts: [Concept] = [.sessionMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let key = call["key"], let text = context.string(key), !text.isEmpty else { return }
    context.report(
      Self.weakness, at: key, "the session key stands in the source: who reads it can write any session")
  }
}
