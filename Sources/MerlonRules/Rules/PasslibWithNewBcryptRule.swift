import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for imports of passlib.
struct PasslibWithNewBcryptRule: SyntaxRule {
  static let weakness = Weakness.passlibWithNewBcrypt
  static let kinds: [NodeKind] = [.module]

  func check(_ node: NodeID, in context: RuleContext) {
    guard let place = context.firstImport(of: .unmaintainedPasslib) else { return }
    context.report(Self.weakness, at: place, "passlib has had no release since 2020 and fails with current bcrypt")
  }
}
