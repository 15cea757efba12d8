import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for broken hashes (MD5, SHA-1) where they protect something.
///
/// Silent with `usedforsecurity=False`, and for names that say checksum, cache or ETag: there a broken hash does no
/// harm. Passwords are the matter of `fast-password-hash`.
struct WeakHashRule: CallRule {
  static let weakness = Weakness.weakHash
  static let concepts: [Concept] = [.weakHash, .hashByName, .hmacNew]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.bool(call["usedForSecurity"]) != false else { return }
    // HMAC with MD5 or SHA-1 is not known to be broken.
    guard !call.has(.hmacNew) else { return }
    var algorithm = call.entity.marks.sorted().first ?? ""
    if call.has(.hashByName) {
      guard let name = context.string(call["algorithm"]),
        ["md5", "sha1", "md4", "sha-1", "ripemd160"].contains(name.lowercased())
      else { return }
      algorithm = name.lowercased()
    }
    guard let purpose = purpose(of: call, in: context) else { return }
    context.report(
      Self.weakness, at: call.node, "`\(algorithm)` is broken and \(purpose)", confidence: .medium)
  }

  /// What the hash protects, as far as the names around it say; nil when nothing speaks of security.
  private func purpose(of call: ModelledCall, in context: RuleContext) -> String? {
    var names = [context.enclosingFunctionName(call.node)]
    if let data = call["data"] {
      context.tree.walk(data) { node in
        if let name = context.spelledName(node) { names.append(name) }
        return true
      }
      if names.contains(where: SensitiveNames.isPassword) { return nil }
    }
    let statement = context.module.enclosingStatement(of: call.node)
    if context.tree.kind(statement) == .assign {
      for target in context.tree[context.tree.assign(statement).targets] {
        if let name = context.spelledName(target) { names.append(name) }
      }
    }
    let words = Set(names.flatMap(SensitiveNames.words))
    guard
      words.isDisjoint(with: [
        "etag", "cache", "checksum", "cached", "dedupe", "dedup", "fingerprint", "color", "gravatar",
      ])
    else { return nil }
    if !words.isDisjoint(with: [
      "signature", "sign", "signed", "token", "secret", "auth", "session", "mac", "csrf", "nonce", "otp",
    ]) {
      return "protects `\(names.first { !$0.isEmpty } ?? "a token")`"
    }
    return nil
  }
}
