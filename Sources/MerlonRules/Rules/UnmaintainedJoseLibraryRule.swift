import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for imports of python-jose. Once a module: the first import is the place.
struct UnmaintainedJoseLibraryRule: SyntaxRule {
  static let weakness = Weakness.unmaintainedJoseLibrary
  static let kinds: [NodeKind] = [.module]

  func check(_ node: NodeID, in context: RuleContext) {
    guard let place = context.firstImport(of: .unmaintainedJose) else { return }
    context.report(
      Self.weakness, at: place, "python-jose is barely maintained and had algorithm confusion (CVE-2024-33663)")
  }
}
