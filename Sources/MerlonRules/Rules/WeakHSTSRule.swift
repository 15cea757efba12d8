import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for Strict-Transport-Security values that browsers forget too soon, or ignore (RFC 6797 §6.1).
struct WeakHSTSRule: SyntaxRule {
  static let weakness = Weakness.weakHsts
  static let kinds: [NodeKind] = [.assign, .dict, .tuple, .call]
  /// 180 days in seconds: below that, a visitor who comes twice a year is never protected.
  private static let leastAge = 15_552_000

  func check(_ node: NodeID, in context: RuleContext) {
    for setting in context.headerSettings(node) where setting.name == "strict-transport-security" {
      guard let text = setting.text, let flaw = Self.flaw(of: text) else { continue }
      context.report(Self.weakness, at: setting.value, flaw)
    }
  }

  static func flaw(of text: String) -> String? {
    var age: Int?
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
      if pair.first?.lowercased() == "max-age", pair.count == 2 { age = Int(pair[1]) }
    }
    guard let age else { return "without a valid `max-age` browsers ignore the header" }
    if age == 0 { return "`max-age=0` switches HTTPS-only off in every browser that knew it" }
    if age < leastAge { return "`max-age=\(age)` is forgotten after \(age / 86_400) days; a year (31536000) is usual" }
    return nil
  }
}
