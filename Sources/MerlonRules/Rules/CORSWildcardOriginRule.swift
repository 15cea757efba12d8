import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for CORS set-ups that let every site read answers, without credentials.
struct CORSWildcardOriginRule: CallRule {
  static let weakness = Weakness.corsWildcardOrigin
  static let concepts: [Concept] = [.corsMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.allowsEveryOrigin(call["origins"]), context.valueWhenUnset(call["credentials"])?.bool != true else {
      return
    }
    // Without the argument, credentials are off; with one that cannot be read, they may be on.
    context.report(
      Self.weakness, at: call.node, "every site may read the answers of this service from a visitor's browser")
  }
}
