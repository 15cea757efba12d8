/// What the name of a variable, parameter, field or key says about what it holds.
///
/// Names are split into words (`userPassword`, `SECRET_KEY`, `api-key`), because `passport` is no password and
/// `token_url` is no token.
enum SensitiveNames {
  enum Kind: Sendable, Hashable {
    /// What a person types to log in.
    case password
    /// A key that signs or encrypts.
    case signingKey
    /// An API key, access token or similar credential.
    case credential
  }

  /// The kind of secret that a name stands for; nil for names that only mention one (`password_hash`, `token_url`,
  /// `max_tokens`, `secret_name`).
  static func kind(of name: String) -> Kind? {
    let words = words(of: name)
    guard let last = words.last, words.count <= 8 else { return nil }
    if words.contains(where: disqualifying.contains) { return nil }
    if Self.passwords.contains(last) { return .password }
    if last == "key" || last == "keys" {
      let before = words.dropLast().last
      guard let before else { return nil }
      if ["secret", "signing", "jwt", "encryption", "session", "private", "hmac", "cookie", "fernet", "aes"].contains(
        before)
      {
        return .signingKey
      }
      if ["api", "access", "auth", "admin", "master", "service", "license"].contains(before) { return .credential }
      return nil
    }
    if last == "secret" || last == "secrets" {
      return words.count > 1 || name.uppercased() == name ? .signingKey : .credential
    }
    if ["token", "apikey", "credential", "credentials"].contains(last) {
      return .credential
    }
    if last == "pepper" { return .signingKey }
    return nil
  }

  /// True for names of values that let someone in once: reset codes, one-time passwords, session ids.
  static func isOneTimeSecret(_ name: String) -> Bool {
    let words = words(of: name)
    guard let last = words.last else { return false }
    if ["otp", "totp"].contains(last) { return true }
    return oneTimePhrases.contains(words.suffix(2).joined(separator: " "))
  }

  private static let oneTimePhrases: Set<String> = [
    "reset code", "verification code", "confirmation code", "invite code", "login code", "auth code", "session id",
    "recovery code", "csrf token", "reset token", "security code", "activation code", "coupon code", "voucher code",
    "password reset", "auth token", "gift code", "magic link",
  ]

  /// True for names of numbers that identify a person or pay in their name.
  static func isPersonalNumber(_ name: String) -> Bool {
    let words = words(of: name)
    guard let last = words.last else { return false }
    if ["ssn", "cvv", "cvc", "iban", "pan"].contains(last) { return true }
    return ["card number", "credit card", "social security"].contains(words.suffix(2).joined(separator: " "))
  }

  /// True for a name that stands for a password in the clear.
  static func isPassword(_ name: String) -> Bool { kind(of: name) == .password }

  /// The words of an identifier, lower case: split at `_`, `-`, `.`, digits kept, and at changes of case.
  static func words(of name: String) -> [String] {
    // Rules ask this of every name in a project, nearly all of them ASCII; other letters are taken as lower case.
    var name = name
    return name.withUTF8 { bytes in
      var words: [String] = []
      var current: [UInt8] = []
      var previousIsLower = false
      func finish() {
        if !current.isEmpty { words.append(String(decoding: current, as: UTF8.self)) }
        current.removeAll(keepingCapacity: true)
      }
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "):
          finish()
          previousIsLower = false
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
          let nextIsLower = index + 1 < bytes.count && isLower(bytes[index + 1])
          if previousIsLower || (nextIsLower && current.count > 1) { finish() }
          current.append(byte | 0x20)
          previousIsLower = false
        default:
          current.append(byte)
          previousIsLower = isLower(byte)
        }
      }
      finish()
      return words
    }
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte >= 0x80
  }

  private static let passwords: Set<String> = ["password", "passwd", "pwd", "pw", "passphrase", "passcode", "pass"]

  /// Words that say the thing is about a secret, not the secret itself.
  private static let disqualifying: Set<String> = [
    "hash", "hashed", "hasher", "url", "uri", "endpoint", "path", "file", "dir", "name", "type", "field", "header",
    "length", "len", "min", "max", "count", "limit", "expire", "expires", "expiry", "expiration", "ttl", "age", "regex",
    "pattern", "policy", "prefix", "suffix", "id", "ids", "label", "hint", "help", "description", "message", "error",
    "form", "reset", "forgot", "change", "confirm", "required", "enabled", "valid", "invalid", "format", "column",
    "param", "parameter", "placeholder", "public", "pad", "eos", "bos", "unk", "sep", "cls", "mask", "special", "usage",
    "context", "schema", "scheme", "schemes", "validator", "manager", "provider", "class", "mode", "algorithm",
    "env", "var", "example", "bearer", "next", "page", "continuation", "sync", "csrf", "xsrf", "cursor", "stop",
    "start",
    "end", "begin", "pagination", "resume", "cancel", "cancellation", "first", "last", "num", "total", "used", "input",
    "output", "prompt", "completion", "sort", "partition", "primary", "foreign", "cache", "dict", "map", "sorted",
  ]
}
