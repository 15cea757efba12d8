/// A Content-Security-Policy, read by the grammar of CSP Level 3 §2.2, and what is weak about it.
package struct ContentSecurityPolicy: Sendable {
  /// Directives in order, names lower case; a repeated one is ignored (§2.2.1).
  package let directives: [(name: String, values: [String])]

  package init(_ text: String) {
    var directives: [(name: String, values: [String])] = []
    for part in text.split(separator: ";") {
      let words = part.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }).map(String.init)
      guard let name = words.first?.lowercased(), !directives.contains(where: { $0.name == name }) else { continue }
      directives.append((name, Array(words.dropFirst())))
    }
    self.directives = directives
  }

  func values(_ name: String) -> [String]? { directives.first { $0.name == name }?.values }

  /// Sources of a fetch directive, through its fallback `default-src`.
  private func sources(_ name: String) -> [String]? { values(name) ?? values("default-src") }

  /// A weakness of the policy in words, the worst first.
  package enum Flaw: Sendable, Hashable {
    case noScriptControl
    case anyScript(String)
    case inlineScript
    case evalScript
    case anyObject
    case baseNotSet
    case framingNotSet

    package var message: String {
      switch self {
      case .noScriptControl: "the policy says nothing of scripts (`script-src` or `default-src`)"
      case .anyScript(let source): "`\(source)` lets scripts of any origin run"
      case .inlineScript: "`'unsafe-inline'` lets injected scripts run"
      case .evalScript: "`'unsafe-eval'` lets text run as script"
      case .anyObject: "plug-in content is not restricted (`object-src 'none'`)"
      case .baseNotSet: "`base-uri` is not set: an injected `<base>` redirects relative scripts"
      case .framingNotSet: "`frame-ancestors` is not set: `default-src` does not cover it"
      }
    }

    /// True for flaws that let a script of an attacker run.
    package var isSevere: Bool {
      switch self {
      case .noScriptControl, .anyScript, .inlineScript: true
      default: false
      }
    }
  }

  /// True when the policy says from where anything may be loaded. One that only forbids framing, or only upgrades
  /// requests, does what it says and no more.
  package var restrictsSources: Bool {
    directives.contains { $0.name.hasSuffix("-src") || $0.name.hasPrefix("script-src") }
  }

  package var flaws: [Flaw] {
    var result: [Flaw] = []
    if let scripts = sources("script-src") {
      // What elements and attributes may do stands in directives of their own, where they are given (§6.1.11, §6.1.12).
      let lists = [scripts] + ["script-src-elem", "script-src-attr"].compactMap(values)
      for flaw in lists.flatMap(Self.scriptFlaws) where !result.contains(flaw) { result.append(flaw) }
    } else {
      result.append(.noScriptControl)
    }
    if let objects = sources("object-src"), !objects.contains("'none'"), objects.contains("*") {
      result.append(.anyObject)
    }
    if values("object-src") == nil, values("default-src") == nil { result.append(.anyObject) }
    let defaultIsNone = values("default-src") == ["'none'"]
    if values("base-uri") == nil, !(defaultIsNone && values("script-src") == nil) { result.append(.baseNotSet) }
    if values("frame-ancestors") == nil { result.append(.framingNotSet) }
    return result
  }

  private static func scriptFlaws(_ sources: [String]) -> [Flaw] {
    var result: [Flaw] = []
    let sources = sources.map { $0.lowercased() }
    let hasNonceOrHash = sources.contains(where: isNonceOrHash)
    let isStrict = sources.contains("'strict-dynamic'")
    // 'strict-dynamic' makes browsers ignore host and scheme sources (§8.2).
    if !isStrict, let any = sources.first(where: { everyOrigin.contains($0) }) { result.append(.anyScript(any)) }
    // A nonce, a hash or 'strict-dynamic' makes browsers ignore 'unsafe-inline' (§6.7.3.2).
    if sources.contains("'unsafe-inline'"), !hasNonceOrHash, !isStrict { result.append(.inlineScript) }
    if sources.contains("'unsafe-eval'") { result.append(.evalScript) }
    return result
  }

  /// `'nonce-…'`, `'sha256-…'`, `'sha384-…'` and `'sha512-…'` with a base64 value (§2.3.1); browsers drop others.
  private static func isNonceOrHash(_ source: String) -> Bool {
    for prefix in ["'nonce-", "'sha256-", "'sha384-", "'sha512-"] where source.hasPrefix(prefix) {
      guard source.hasSuffix("'") else { return false }
      let value = source.utf8.dropFirst(prefix.utf8.count).dropLast()
      return !value.isEmpty
        && value.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
          default: "+/=-_".utf8.contains(byte)
          }
        }
    }
    return false
  }

  private static let everyOrigin: Set<String> = [
    "*", "http:", "https:", "data:", "http://*", "https://*", "blob:", "filesystem:",
  ]
}
