import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for cookies that carry a session or token without the flags that protect them.
struct CookieWithoutFlagsRule: CallRule {
  static let weakness = Weakness.cookieWithoutFlags
  static let concepts: [Concept] = [.setCookie]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard !call.isOpen else { return }
    let name = context.string(call["name"]) ?? call["name"].flatMap(context.spelledName) ?? ""
    let value = call["value"].flatMap(context.spelledName) ?? ""
    guard Self.carriesSession(name) || Self.carriesSession(value) else { return }
    var missing: [String] = []
    if isOff(call["secure"], context) { missing.append("`secure`") }
    if isOff(call["httpOnly"], context) { missing.append("`httponly`") }
    if let sameSite = context.string(call["sameSite"]), sameSite.lowercased() == "none", !missing.isEmpty {
      missing.append("a `samesite` other than `none`")
    }
    guard !missing.isEmpty else { return }
    context.report(
      Self.weakness, at: call.node, "the cookie `\(name)` is set without \(missing.joined(separator: " and "))")
  }

  /// Starlette's defaults are off for both flags, and `lax` for `samesite`.
  private func isOff(_ flag: NodeID?, _ context: RuleContext) -> Bool {
    guard let flag else { return true }
    return context.bool(flag) == false
  }

  static func carriesSession(_ name: String) -> Bool {
    let words = SensitiveNames.words(of: name)
    if words.contains("csrf") || words.contains("xsrf") { return false }
    return words.contains { ["session", "sessionid", "sid", "token", "jwt", "auth", "refresh"].contains($0) }
  }
}
