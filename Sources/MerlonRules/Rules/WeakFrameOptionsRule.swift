import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for X-Frame-Options values that browsers ignore (RFC 7034 §2.1).
struct WeakFrameOptionsRule: SyntaxRule {
  static let weakness = Weakness.weakFrameOptions
  static let kinds: [NodeKind] = [.assign, .dict, .tuple, .call]

  func check(_ node: NodeID, in context: RuleContext) {
    for setting in context.headerSettings(node) where setting.name == "x-frame-options" {
      guard let text = setting.text else { continue }
      let value = text.uppercased()
      guard value != "DENY", value != "SAMEORIGIN" else { continue }
      context.report(Self.weakness, at: setting.value, "browsers ignore `\(text)`: the page can be framed by any site")
    }
  }
}
