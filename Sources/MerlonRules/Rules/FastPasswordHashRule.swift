import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for passwords that are hashed with something made to be fast, or with a scheme that is broken.
struct FastPasswordHashRule: CallRule {
  static let weakness = Weakness.fastPasswordHash
  static let concepts: [Concept] = [.weakHash, .fastHash, .hashByName, .passwordHash, .passwordContext]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.passwordHash) {
      if call.has(mark: "weak") {
        context.report(
          Self.weakness, at: call.node, "`\(call.entity.name)` can be reversed by trying billions of guesses a second")
      }
      return
    }
    if call.has(.passwordContext) {
      guard let schemes = context.strings(call["schemes"]), let first = schemes.first, Self.weakSchemes.contains(first)
      else {
        return
      }
      context.report(Self.weakness, at: call.node, "`\(first)` is made to be fast: guesses cost an attacker nothing")
      return
    }
    guard context.bool(call["usedForSecurity"]) != false, let data = call["data"],
      let name = passwordName(data, context), !isCacheKey(call.node, context)
    else { return }
    context.report(
      Self.weakness, at: call.node,
      "`\(name)` is hashed with a function made to be fast: guesses cost an attacker nothing")
  }

  /// The password that an expression holds: by its own name, or the name of a parameter that it is made of.
  private func passwordName(_ data: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    var found: String?
    tree.walk(data) { node in
      if found != nil { return false }
      if let name = context.spelledName(node), SensitiveNames.isPassword(name) { found = name }
      return found == nil
    }
    return found
  }

  /// A hash that becomes part of a longer text, or of something called a cache key or fingerprint, only tells apart.
  private func isCacheKey(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var current = node
    for _ in 0..<16 {
      current = context.module.parent(of: current)
      if tree.kind(current) == .formattedValue { return true }
      if current.isNone || tree.kind(current).isStatement { break }
    }
    var names = [context.enclosingFunctionName(node)]
    if tree.kind(current) == .assign, let target = tree[tree.assign(current).targets].first {
      names.append(context.spelledName(target) ?? "")
    }
    let words = Set(names.flatMap(SensitiveNames.words))
    return !words.isDisjoint(with: ["cache", "fingerprint", "pwned", "breach", "breached", "hibp", "etag"])
  }

  private static let weakSchemes: Set<String> = [
    "md5_crypt", "sha1_crypt", "des_crypt", "ldap_md5", "ldap_sha1", "plaintext", "ldap_plaintext", "hex_md5",
    "hex_sha1",
    "hex_sha256", "nthash", "lmhash", "mysql323", "mysql41", "apr_md5_crypt",
  ]
}
