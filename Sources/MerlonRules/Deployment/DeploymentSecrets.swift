/// Judges values that deployment files give to variables.
enum DeploymentSecrets {
  enum Verdict: Sendable, Hashable {
    /// Made to be secret, and written down.
    case secret
    /// A word that everybody knows, or that asks to be replaced.
    case placeholder
    /// An address with user and password in it.
    case credentialsInURL(isPlaceholder: Bool)

    var isPlaceholder: Bool {
      switch self {
      case .secret: false
      case .placeholder: true
      case .credentialsInURL(let isPlaceholder): isPlaceholder
      }
    }
  }

  /// What a variable's literal value is; nil for what is no secret.
  static func judge(name: String, value: String) -> Verdict? {
    let value = value.trimmed
    guard value.utf8.count >= 3, value.utf8.count <= 16_384 else { return nil }
    if isProviderToken(value) || value.contains("PRIVATE KEY-----") { return .secret }
    if let password = password(inURL: value) {
      guard !password.contains("$"), !password.isEmpty, !password.hasPrefix("<"), !isMask(password) else { return nil }
      return .credentialsInURL(isPlaceholder: isWellKnown(password))
    }
    if isReference(value) { return nil }
    let kind = SensitiveNames.kind(of: name)
    if kind != nil {
      if isWellKnown(value), !isMask(value) {
        // `PASSWORD=password` is a working password; `API_KEY=none` is no key.
        if kind == .password { return notAValue.contains(value.lowercased()) ? nil : .placeholder }
        // Whatever a signing key is set to signs; `your-api-key` opens nothing at someone else's service.
        if kind == .signingKey { return SecretValues.looksLikeSecret(value) ? .placeholder : nil }
        if value.lowercased().hasPrefix("your") { return nil }
        return SecretValues.looksLikeSecret(value, called: name) ? .placeholder : nil
      }
      if kind == .password { return SecretValues.looksLikeSecret(value) ? .secret : nil }
      return SecretValues.looksLikeSecret(value, called: name) ? .secret : nil
    }
    let words = SensitiveNames.words(of: name)
    if words.last == "key", words.count > 1, !publicKeyWords.contains(words[words.count - 2]), looksRandom(value) {
      return .secret
    }
    return nil
  }

  /// The default of a Compose variable (`${NAME:-default}`) when the value is nothing but it; nil otherwise.
  static func publicDefault(_ value: String) -> String? {
    let parts = VariableText.parts(of: value.trimmed)
    guard parts.count == 1, case .variable(_, let fallback?, _) = parts[0], !fallback.isEmpty else { return nil }
    return publicDefault(fallback) ?? (fallback.contains("$") ? nil : fallback)
  }

  /// True for words that are the first to be tried.
  static func isWellKnown(_ value: String) -> Bool {
    let lower = value.lowercased()
    return wellKnown.contains(lower) || SecretValues.isPlaceholder(value) || value.utf8.count <= 8
  }

  /// Text that was made by a random generator, by its look: letters with digits, no words of prose, no path.
  static func looksRandom(_ value: String) -> Bool {
    let utf8 = value.utf8
    if SecretValues.isPlaceholder(value) { return false }
    guard utf8.count >= 12, !value.contains("/"), !value.contains(" "), !value.contains(".") else {
      return utf8.count >= 40 && utf8.allSatisfy { isNameByte($0) || "+/=-.".utf8.contains($0) }
    }
    let digits = utf8.count { (0x30...0x39).contains($0) }
    let letters = utf8.count { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    return digits >= 2 && letters >= 3
  }

  /// Tokens that carry their issuer's mark.
  static func isProviderToken(_ value: String) -> Bool {
    guard value.utf8.count >= 20, !value.contains(" "), !value.contains("$"), looksRandom(value) else { return false }
    return providerPrefixes.contains(where: value.hasPrefix)
  }

  /// The password of `scheme://user:password@host`.
  static func password(inURL value: String) -> String? {
    let bytes = Array(value.utf8)
    guard let mark = find(Array("://".utf8), in: bytes), mark > 0 else { return nil }
    let rest = bytes[(mark + 3)...]
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && !isBlank($0) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let userInfo = authority[..<at]
    guard let colon = userInfo.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return String(decoding: userInfo[(colon + 1)...], as: UTF8.self)
  }

  static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
    guard let first = needle.first, bytes.count >= needle.count else { return nil }
    var index = start
    while index <= bytes.count - needle.count {
      if bytes[index] == first, bytes[index..<(index + needle.count)].elementsEqual(needle) { return index }
      index += 1
    }
    return nil
  }

  /// Values that come from elsewhere: variables, files, templates.
  private static func isReference(_ value: String) -> Bool {
    value.hasPrefix("$") || value.contains("${") || value.hasPrefix("/") || value.hasPrefix("<") || value.hasPrefix("%")
      || value.contains("{{") || value.contains("$(")
  }

  private static func isMask(_ value: String) -> Bool { value.allSatisfy { "*x.-_X".contains($0) } }

  private static let notAValue: Set<String> = ["none", "null", "true", "false", "nil", "yes", "no", "undefined"]

  private static let publicKeyWords: Set<String> = [
    "public", "pub", "primary", "foreign", "cache", "sort", "partition", "host", "index", "site", "publishable",
    "anon", "ssh", "gpg", "pgp", "registry", "idempotency", "object", "bucket", "s3", "project", "measurement",
  ]

  private static let wellKnown: Set<String> = [
    "postgres", "postgresql", "mysql", "root", "admin", "guest", "user", "test", "dev", "minioadmin", "redis",
    "rabbitmq", "mongo", "mongodb", "elastic", "neo4j", "airflow", "example", "pass", "app", "db", "demo", "local",
    "langfuse", "sa", "fastapi", "sk-1234",
  ]

  private static let providerPrefixes = [
    "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-proj-", "sk-ant-", "sk_live_", "rk_live_", "AKIA", "ASIA",
    "xoxb-", "xoxp-", "hf_", "npm_", "pypi-", "SG.", "AIza", "dop_v1_", "shpat_",
  ]
}

extension String {
  /// Without white space and quotes at both ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\"" || first == "'" || first == "\n" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\"" || last == "'" || last == "\n" { text.removeLast() }
    return String(text)
  }
}
