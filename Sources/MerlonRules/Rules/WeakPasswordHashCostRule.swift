import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for password hashes whose work factor is below what OWASP's password storage guidance names.
struct WeakPasswordHashCostRule: CallRule {
  static let weakness = Weakness.weakPasswordHashCost
  static let concepts: [Concept] = [.passwordContext, .passwordHash, .keyDerivation]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.keyDerivation) {
      if let iterations = context.int(call["iterations"]), iterations < 100_000 {
        context.report(
          Self.weakness, at: call.node, "\(iterations) iterations are too few: PBKDF2 needs 600,000 with SHA-256")
      } else if let cost = context.int(call["cost"]), cost < 1 << 14 {
        context.report(Self.weakness, at: call.node, "scrypt with n=\(cost) is too cheap: 2^17 is the usual cost")
      }
      return
    }
    guard let rounds = context.int(call["rounds"] ?? call[named: "bcrypt__rounds"]), rounds < 10 else { return }
    context.report(Self.weakness, at: call.node, "a cost of \(rounds) is too low for bcrypt: 12 is the usual one")
  }
}
