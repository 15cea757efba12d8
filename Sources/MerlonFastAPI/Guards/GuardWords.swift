import MerlonAPI

/// What names say: of headers, cookies, fields and functions. Only used where nothing better is known.
enum GuardWords {
  /// The words of an identifier or header name, lower case.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var current: [UInt8] = []
    var isPreviousLower = false
    func finish() {
      if !current.isEmpty { words.append(String(decoding: current, as: UTF8.self)) }
      current.removeAll(keepingCapacity: true)
    }
    let bytes = Array(name.utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        current.append(byte)
        isPreviousLower = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        let isNextLower = index + 1 < bytes.count && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index + 1])
        if isPreviousLower || (isNextLower && current.count > 1) { finish() }
        current.append(byte | 0x20)
        isPreviousLower = false
      default:
        finish()
        isPreviousLower = false
      }
    }
    finish()
    return words
  }

  private static func has(_ name: String, _ set: Set<String>) -> Bool { words(of: name).contains { set.contains($0) } }

  private static let credentialWords: Set<String> = [
    "token", "tokens", "authorization", "auth", "bearer", "apikey", "secret", "credential", "credentials", "jwt",
    "signature", "password", "passwd", "session", "sid", "sessionid", "hmac", "creds", "authentication", "ticket",
    "assertion", "pat", "sig",
  ]
  private static let keyOwners: Set<String> = [
    "api", "access", "auth", "x", "admin", "secret", "service", "master", "client", "internal", "user", "license",
    "header", "query", "cookie", "provided", "raw", "received", "given", "request",
  ]

  /// True for names of what a caller shows to prove who it is.
  static func isCredential(_ name: String) -> Bool {
    let words = words(of: name)
    if isForgeryToken(name) { return false }
    if words.contains(where: credentialWords.contains) {
      return words.last != "id" || words.contains("session")
    }
    guard let last = words.last, last == "key" || last == "keys" else { return false }
    return words.count == 1 || words.dropLast().contains { keyOwners.contains($0) }
  }

  static func isForgeryToken(_ name: String) -> Bool { has(name, ["csrf", "xsrf", "csrftoken"]) }

  static func isOrigin(_ name: String) -> Bool {
    isForgeryToken(name) || ["origin", "referer", "referrer", "sec-fetch-site"].contains(name.lowercased())
  }

  /// Cookies that carry no identity.
  static func isHarmlessCookie(_ name: String) -> Bool {
    has(name, ["lang", "language", "locale", "theme", "consent", "timezone", "tz", "color", "state", "nonce"])
  }

  /// True for names of attributes that hold the caller on a request's state or in its session.
  static func isPrincipal(_ name: String) -> Bool {
    has(
      name,
      [
        "user", "principal", "account", "identity", "claims", "member", "username", "uid", "sub", "subject", "caller",
        "actor", "userinfo", "email", "authenticated", "admin", "profile", "login", "credentials", "current", "tenant",
      ])
  }

  private static let roleWords: Set<String> = [
    "role", "roles", "scope", "scopes", "permission", "permissions", "perms", "perm", "group", "groups", "admin",
    "superuser", "staff", "privilege", "privileges", "level", "tier", "authorities", "grants", "capabilities",
    "entitlements", "superadmin", "moderator", "rank", "rights", "acl", "policies", "root", "administrator",
  ]

  static func isRole(_ name: String) -> Bool {
    let words = words(of: name)
    if words.contains(where: roleWords.contains) { return words.last != "id" }
    return words == ["user", "type"] || words == ["account", "type"] || words == ["is", "owner"]
  }

  /// The role that a flag of the caller stands for: `admin` for `is_admin`.
  static func roleOfFlag(_ name: String) -> String? {
    var words = words(of: name)
    guard words.contains(where: { roleWords.contains($0) }) else { return nil }
    if let first = words.first,
      ["is", "has", "can", "user", "check", "require", "requires", "ensure", "get"].contains(first)
    {
      words.removeFirst()
    }
    guard let last = words.last,
      !["role", "roles", "scope", "scopes", "permission", "permissions", "groups", "group"].contains(last)
    else { return nil }
    return words.joined(separator: "_")
  }

  static func isIdentity(_ name: String) -> Bool {
    [
      "id", "user_id", "uid", "sub", "username", "email", "pk", "uuid", "userid", "user_name", "login", "name",
      "org_id",
      "organization_id", "tenant_id", "team_id", "account_id", "workspace_id", "company_id",
    ].contains(name.lowercased())
  }

  /// True for names of fields that say whose an object is.
  static func isOwner(_ name: String) -> Bool {
    let words = words(of: name)
    if words.contains(where: { ["owner", "owners", "author", "creator", "tenant"].contains($0) }) { return true }
    let text = words.joined(separator: "_")
    return [
      "user_id", "created_by", "account_id", "org_id", "organization_id", "customer_id", "member_id", "team_id",
      "user", "creator_id", "uploaded_by", "workspace_id", "company_id", "user_email", "user_name", "belongs_to",
      "assignee_id", "recipient_id", "sender_id", "sub",
    ].contains(text)
  }

  /// Methods and functions that only change the form of what they get.
  static func isTransparent(_ name: String) -> Bool { transparent.contains(name) }

  private static let transparent: Set<String> = [
    "strip", "lstrip", "rstrip", "split", "rsplit", "partition", "rpartition", "lower", "upper", "casefold", "encode",
    "decode_header", "removeprefix", "removesuffix", "replace", "format", "join", "title", "str", "bytes", "len",
    "list", "set", "tuple", "frozenset", "dict", "sorted", "reversed", "iter", "next", "bool", "int", "b64decode",
    "urlsafe_b64decode", "b64encode", "urlsafe_b64encode", "standard_b64decode", "a85decode", "unquote", "quote",
    "loads", "dumps", "sha256", "sha1", "sha512", "md5", "blake2b", "sha3_256", "hexdigest", "digest", "new", "copy",
    "fromhex", "hex", "cast", "filter", "map", "zip", "enumerate", "items", "values", "keys", "model_dump", "min",
    "max", "intersection", "union", "difference", "UUID", "startswith", "endswith", "find", "index", "isdigit",
    "isalnum", "get_authorization_scheme_param", "parse_qs", "unquote_plus", "getlist", "get_secret_value",
    "decode_bytes",
    "deepcopy", "SecretStr", "hash_token", "hash_key", "hash", "wait_for", "shield", "ensure_future", "create_task",
  ]

  private static let verifications: Set<String> = [
    "verify", "verified", "authenticate", "authenticated", "introspect", "introspection", "validate", "validated",
    "validates", "check", "checks", "unsign", "decrypt", "authorize", "valid", "login", "resolve", "require",
    "requires", "ensure", "assert", "lookup", "loads", "decode", "authentication", "construct",
  ]

  /// True for names of functions that may verify what they get.
  static func isVerification(_ name: String) -> Bool { has(name, verifications) }

  /// True for names of functions that ask a store or service.
  static func isLookup(_ name: String) -> Bool {
    has(
      name,
      [
        "get", "find", "fetch", "query", "select", "first", "one", "scalar", "scalars", "execute", "exec", "filter",
        "where", "lookup", "load", "search", "read", "retrieve", "fetchone", "fetchrow", "hget", "hgetall", "exists",
        "post", "request", "send", "by", "from", "resolve", "pop", "all", "count", "retrieve", "info", "session",
        "validate", "verify", "authenticate", "introspect", "check", "is", "has", "current", "user",
      ])
  }

  /// True for names of functions that decide what a caller may do.
  static func isPermissionCheck(_ name: String) -> Bool {
    has(
      name,
      [
        "permission", "permissions", "permitted", "allowed", "allow", "authorize", "authorized", "role", "roles",
        "scope", "scopes", "access", "enforce", "can", "admin", "superuser", "policy", "acl", "privilege", "rbac",
        "authz", "grant", "entitled",
      ])
  }

  /// True for names of functions that raise unless the caller may.
  static func isPermissionDemand(_ name: String) -> Bool {
    let words = words(of: name)
    return !Set(words).isDisjoint(with: [
      "require", "requires", "ensure", "assert", "enforce", "authorize", "demand", "check", "verify", "raise",
      "validate",
    ])
  }

  /// True for names of lookups that raise when nothing is found.
  static func raisesWhenMissing(_ name: String) -> Bool {
    ["one", "scalar_one", "get_or_404", "get_object_or_404", "get_or_raise", "raise_for_status", "get_one"].contains(
      name)
  }
}
