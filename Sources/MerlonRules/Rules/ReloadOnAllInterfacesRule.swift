import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for a development server (`reload=True`) that listens on all interfaces.
///
/// Under `if __name__ == "__main__":` it is how people start the service by hand, and how many images start it too; the
/// address makes the difference.
struct ReloadOnAllInterfacesRule: CallRule {
  static let weakness = Weakness.reloadOnAllInterfaces
  static let concepts: [Concept] = [.serverRun]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.bool(call["reload"]) == true, let host = context.string(call["host"]),
      ["0.0.0.0", "::", ""].contains(host)
    else { return }
    context.report(
      Self.weakness, at: call.node, "the server reloads on every change of a file and listens on all interfaces")
  }
}
