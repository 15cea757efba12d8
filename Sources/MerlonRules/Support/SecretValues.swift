/// What a literal says about whether it is a working secret.
enum SecretValues {
  /// True for text that can be a secret: not empty, not a reference to one, not a public or descriptive text.
  static func looksLikeSecret(_ text: String) -> Bool {
    let trimmed = text.utf8.count
    guard trimmed >= 3, trimmed <= 4096 else { return false }
    let lower = text.lowercased()
    // References and templates: the value comes from elsewhere.
    if text.hasPrefix("$") || text.hasPrefix("{{") || text.hasPrefix("<") || text.contains("${") || text.hasPrefix("%")
    {
      return false
    }
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("env:") || lower.hasPrefix("vault:")
      || lower.hasPrefix("arn:") || lower.hasPrefix("/") || lower.hasPrefix("./")
    {
      return false
    }
    // A sentence, a header's or type's name: something for people, not a key.
    if text.contains("\n") && !text.contains("-----BEGIN") { return false }
    if text.contains(" "), !text.contains("-----BEGIN") { return false }
    if publishablePrefixes.contains(where: lower.hasPrefix) { return false }
    if harmless.contains(lower) { return false }
    if Set(text.utf8).count <= 1 { return false }
    return true
  }

  /// True for a text that can be the secret called `name`: not a word or two that only name the thing
  /// (`CLIENT_SECRET = "client_secret"`, `SESSION_KEY = "eval-session"`), as constants for keys and modes do.
  static func looksLikeSecret(_ text: String, called name: String) -> Bool {
    guard looksLikeSecret(text) else { return false }
    guard isIdentifierLike(text) else { return true }
    let known = Set(SensitiveNames.words(of: name)).union(nameWords)
    let words = SensitiveNames.words(of: text)
    if words.allSatisfy({ known.contains($0) || known.contains(String($0.dropLast())) }) { return false }
    return isPlaceholder(text) || isSigningSecret(name)
  }

  /// The same for the default of a settings field: there any word is a working credential, only the field's own name and
  /// words for "none" are not.
  static func looksLikeDefault(_ text: String, called name: String) -> Bool {
    if looksLikeSecret(text, called: name) { return true }
    guard looksLikeSecret(text) else { return ["secret", "password", "changeme"].contains(text.lowercased()) }
    return SensitiveNames.words(of: text) != SensitiveNames.words(of: name)
  }

  /// Names that leave no doubt that a key or secret of cryptography is meant, so that any word is one.
  private static func isSigningSecret(_ name: String) -> Bool {
    let words = SensitiveNames.words(of: name)
    if words.count > 1, words.last == "secret", words.first != "client" { return true }
    return ["secret key", "signing key", "jwt key", "encryption key", "hmac key", "jwt secret"].contains(
      words.suffix(2).joined(separator: " "))
  }

  /// Letters in words, joined by `-`, `_`, `.` or `:`; no digit and no other sign.
  private static func isIdentifierLike(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || "-_.:".unicodeScalars.contains(scalar)
    }
  }

  /// Words that name a kind of secret or where it travels.
  private static let nameWords: Set<String> = [
    "api", "key", "keys", "token", "tokens", "secret", "secrets", "client", "access", "user", "auth", "password",
    "passwords", "id", "x", "header", "credential", "credentials", "bearer", "refresh", "session", "service", "account",
    "value", "name", "hide", "show", "the", "of", "and", "in", "for", "app", "private", "public", "signing", "jwt",
  ]

  /// True for a text that everybody knows or that asks to be replaced: worse than a key as a default, because it is
  /// public.
  static func isPlaceholder(_ text: String) -> Bool {
    let lower = text.lowercased()
    return placeholderParts.contains(where: lower.contains)
  }

  /// Client keys that are meant to be public: PostHog, Stripe and Clerk publishable, Sentry DSN and Google site keys.
  private static let publishablePrefixes = ["phc_", "pk_live_", "pk_test_", "pub_", "pubk_", "6l"]

  /// Values that name a kind, a mode or nothing.
  private static let harmless: Set<String> = [
    "none", "null", "nil", "true", "false", "bearer", "basic", "token", "password", "api_key", "apikey", "secret",
    "access_token", "refresh_token", "id_token", "authorization", "x-api-key", "api-key", "string", "str", "text",
    "hidden", "redacted", "***", "****", "*****", "******", "********", "undefined", "unset", "default", "not-set",
    "n/a", "empty",
    "jwt", "cookie", "header", "query", "oauth", "oauth2", "user", "session", "local", "unused", "dummy", "no-key",
    "not-needed",
    "not_needed", "no_key", "na", "optional", "required", "auto", "ignored", "anonymous", "guest", "fake",
  ]

  private static let placeholderParts = [
    "changeme", "change-me", "change_me", "changethis", "change-this", "change_this", "secret", "your-", "your_",
    "insecure", "example", "placeholder", "default", "password", "admin", "123456", "qwerty", "replace", "xxx",
    "letmein", "hunter2", "foobar",
  ]
}
