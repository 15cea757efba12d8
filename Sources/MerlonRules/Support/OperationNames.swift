import MerlonAPI

/// What the path and the handler's name of an operation say about its purpose.
///
/// Names never make a finding; they keep one away (`/login` has to be open) or tell how grave it is.
struct OperationNames {
  /// Words of the path's fixed parts and of the handler's name.
  let words: Set<String>
  let pathWords: Set<String>
  let lastPathWords: Set<String>

  init(_ route: Route) {
    let parts = route.path.split(separator: "/").map(String.init)
    var pathWords: Set<String> = []
    for part in parts where !part.hasPrefix("{") { pathWords.formUnion(SensitiveNames.words(of: part)) }
    self.pathWords = pathWords
    lastPathWords = Set(parts.last { !$0.hasPrefix("{") }.map(SensitiveNames.words(of:)) ?? [])
    let name = route.endpoint.map { String($0.qualifiedName.split(separator: ".").last ?? "") } ?? ""
    words = pathWords.union(SensitiveNames.words(of: name))
  }

  /// True for what strangers have to reach: it makes them known, or tells them how the service is.
  var isEntrance: Bool {
    !words.isDisjoint(with: Self.entrances) || Self.entrancePairs.contains { words.isSuperset(of: $0) }
  }

  /// True for pages, files and texts that are the same for everyone.
  var isPublicContent: Bool { !words.isDisjoint(with: Self.publicContent) }

  /// True for calls of other systems, which show a signature instead of a login.
  var isWebhook: Bool {
    !words.isDisjoint(with: ["webhook", "webhooks", "hook", "hooks", "callback", "callbacks", "ipn"])
  }

  /// True for forms that visitors send without an account.
  var isVisitorForm: Bool {
    !words.isDisjoint(with: [
      "contact", "newsletter", "subscribe", "unsubscribe", "feedback", "support", "inquiry", "telemetry", "track",
      "tracking", "analytics", "beacon", "csp", "consent", "waitlist", "vote", "search", "quote", "preview", "validate",
      "check", "estimate", "convert", "calculate", "render", "echo",
    ])
  }

  /// True for what only people who run the service should do.
  var isAdministrative: Bool {
    !words.isDisjoint(with: [
      "admin", "admins", "administration", "superuser", "internal", "backoffice", "maintenance", "management", "debug",
      "impersonate", "ban", "unban", "promote", "demote", "role", "roles", "permission", "permissions", "privileges",
      "settings", "config", "configuration", "audit", "purge", "backup", "restore", "migrate", "reindex", "deactivate",
      "activate", "suspend", "approve",
    ])
  }

  /// True where a password or code is shown to get in.
  var isLogin: Bool {
    !words.isDisjoint(with: ["login", "signin", "authenticate", "otp", "totp", "mfa", "2fa"])
      || Self.loginPairs.contains { words.isSuperset(of: $0) }
  }

  /// True where an account is made.
  var isRegistration: Bool { !words.isDisjoint(with: ["register", "registration", "signup"]) }

  /// True where a lost password is asked for or set again.
  var isReset: Bool {
    !words.isDisjoint(with: ["forgot", "forgotten", "recover", "recovery"])
      || (words.contains("reset") && !words.isDisjoint(with: ["password", "passwd", "account", "auth", "token"]))
  }

  private static let entrances: Set<String> = [
    "login", "signin", "logout", "signout", "register", "registration", "signup", "forgot", "forgotten", "recover",
    "recovery", "oauth", "oauth2", "oidc", "saml", "sso", "ldap", "authorize", "authenticate", "otp", "totp", "mfa",
    "2fa", "captcha", "csrf", "known", "jwks", "health", "healthz", "healthcheck", "readyz", "livez", "readiness",
    "liveness", "ping", "heartbeat", "version", "docs", "redoc", "openapi", "robots", "favicon", "manifest", "sitemap",
    "acs", "slo", "challenge", "changelog", "onboarding", "opensearch", "swagger", "webmanifest",
  ]

  private static let entrancePairs: [Set<String>] = [
    ["sign", "in"], ["sign", "up"], ["sign", "out"], ["log", "in"], ["log", "out"], ["password", "reset"],
    ["reset", "account"], ["verify", "email"], ["email", "verification"], ["confirm", "email"], ["auth", "verify"],
    ["auth", "token"], ["token", "refresh"], ["auth", "refresh"], ["access", "token"], ["password", "change"],
    ["health", "check"], ["auth", "callback"], ["auth", "guest"], ["auth", "status"], ["auth", "config"],
    ["partner", "token"], ["auth", "confirm"], ["auth", "activate"], ["account", "activate"],
  ]

  private static let loginPairs: [Set<String>] = [
    ["sign", "in"], ["log", "in"], ["auth", "token"], ["access", "token"], ["token", "password"],
  ]

  private static let publicContent: Set<String> = [
    "public", "static", "assets", "asset", "css", "js", "img", "images", "icon", "icons", "logo", "theme", "themes",
    "locale", "locales", "i18n", "translations", "index", "home", "homepage", "root", "landing", "about", "terms",
    "privacy", "page", "pages", "html", "ui", "spa", "frontend", "catalog", "catalogue", "products", "rss", "feed",
    "shared", "share", "plugin",
  ]
}

/// What the name of an entity says of how private it is.
enum EntityNames {
  /// True for things that belong to someone or that only insiders should see.
  static func isPrivate(_ entity: String) -> Bool {
    !Set(SensitiveNames.words(of: entity).map(singular)).isDisjoint(with: privateWords)
  }

  /// True for things that let someone in.
  static func isSecret(_ entity: String) -> Bool {
    !Set(SensitiveNames.words(of: entity).map(singular)).isDisjoint(with: [
      "secret", "token", "credential", "password", "setting", "config", "configuration", "environ", "env", "apikey",
    ])
  }

  /// True for money, stock and what is worth it.
  static func isMoney(_ name: String) -> Bool {
    !Set(SensitiveNames.words(of: name).map(singular)).isDisjoint(with: [
      "payment", "refund", "payout", "transfer", "withdrawal", "credit", "balance", "wallet", "price", "amount",
      "total", "charge", "voucher", "coupon", "cost", "salary", "fee", "rate", "discount",
    ])
  }

  private static func singular(_ word: String) -> String {
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), word.count > 3 { return String(word.dropLast()) }
    return word
  }

  private static let privateWords: Set<String> = [
    "user", "account", "member", "customer", "client", "employee", "patient", "person", "profile", "order", "payment",
    "invoice", "transaction", "card", "wallet", "balance", "address", "contact", "audit", "log", "session", "message",
    "chat", "conversation", "note", "document", "secret", "token", "credential", "password", "setting", "config",
    "configuration", "salary", "record", "refund", "subscription", "ticket", "report", "sale", "revenue", "turnover",
    "lead", "contract", "prescription", "diagnosis", "appointment", "booking", "reservation", "admin", "permission",
    "role", "apikey", "key", "env", "environ", "staff",
  ]
}
