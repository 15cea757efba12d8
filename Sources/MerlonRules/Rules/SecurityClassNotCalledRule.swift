import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for `Depends(HTTPBearer)`: the class instead of an instance. FastAPI then calls the constructor, which checks
/// nothing: measured, a request without credentials is answered with 200.
struct SecurityClassNotCalledRule: CallRule {
  static let weakness = Weakness.securityClassNotCalled
  static let concepts: [Concept] = [.depends]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let dependency = call["dependency"], context.tree.kind(dependency) != .call,
      let entity = context.entity(of: dependency), entity.kind == .class, entity.concepts.contains(.securityScheme),
      context.semantics.type(of: dependency)?.isClassObject != false
    else { return }
    let name = context.spelledName(dependency) ?? entity.name
    context.report(
      Self.weakness, at: call.node, "`\(name)` is handed over without `()`: no credential is ever asked for")
  }
}
