import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for imports of bleach.
struct DeprecatedSanitizerLibraryRule: SyntaxRule {
  static let weakness = Weakness.deprecatedSanitizerLibrary
  static let kinds: [NodeKind] = [.module]

  func check(_ node: NodeID, in context: RuleContext) {
    guard let place = context.firstImport(of: .unmaintainedSanitizer) else { return }
    context.report(Self.weakness, at: place, "bleach is deprecated: new ways around it are not closed")
  }
}
