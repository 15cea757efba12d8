/// A Content-Security-Policy, read by the grammar of CSP Level 3 §2.2, and what is weak about it.
struct ContentSecurityPolicy: Sendable {
  /// Directives in order, names lower case; a repeated one is ignored (§2.2.1).
  let directives: [(name: String, values: [String])]

  init(_ text: String) {
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
  enum Flaw: Sendable, Hashable {
    case noScriptControl
    case anyScript(String)
    case inlineScript
    case evalScript
    case anyObject
    case baseNotSet
    case framingNotSet

    var message: String {
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
    var isSevere: Bool {
      switch self {
      case .noScriptControl, .anyScript, .inlineScript: true
      default: false
      }
    }
  }

  var flaws: [Flaw] {
    var result: [Flaw] = []
    if let scripts = sources("script-src")?.map({ $0.lowercased() }) {
      let hasNonceOrHash = scripts.contains { $0.hasPrefix("'nonce-") || $0.hasPrefix("'sha") }
      let isStrict = scripts.contains("'strict-dynamic'")
      if !(isStrict && hasNonceOrHash) {
        if let any = scripts.first(where: { ["*", "http:", "https:", "data:", "http://*", "https://*"].contains($0) }) {
          result.append(.anyScript(any))
        }
        // A nonce or hash makes browsers ignore 'unsafe-inline' (§6.7.3.3).
        if scripts.contains("'unsafe-inline'"), !hasNonceOrHash { result.append(.inlineScript) }
      }
      if scripts.contains("'unsafe-eval'") { result.append(.evalScript) }
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
}
