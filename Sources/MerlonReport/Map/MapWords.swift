import MerlonAPI

/// The words that maps use for the values of the model.
extension AccessRequirement {
  /// Who may call, in one or two words.
  var word: String {
    switch level {
    case .anonymous: isPublicOnPurpose ? "public" : "open"
    case .unknown: "unsure"
    case .authenticated: "authenticated"
    case .authorized: "role"
    case .owner: "owner"
    }
  }
}

extension Enforcement {
  var word: String {
    switch self {
    case .authentication: "authentication"
    case .authorization: "role or scope"
    case .ownership: "ownership"
    case .rate: "rate limit"
    case .origin: "origin"
    }
  }
}

extension CredentialSource {
  var word: String {
    switch self {
    case .bearerToken: "bearer"
    case .basic: "basic"
    case .apiKeyHeader, .apiKeyQuery: "api key"
    case .cookie: "cookie"
    case .session: "session"
    case .clientCertificate: "certificate"
    case .webSocketMessage: "message"
    case .other: "other"
    }
  }
}

extension SecurityUse {
  /// The kind of credential that the scheme reads.
  var word: String {
    switch type {
    case "http": httpScheme?.lowercased() ?? "http"
    case "apiKey": place == "cookie" ? "cookie" : "api key"
    case "oauth2", "openIdConnect": "bearer"
    default: type
    }
  }
}

extension ObjectAccess.Tie {
  /// How the caller takes part, behind "the object is".
  var phrase: String {
    switch self {
    case .queried: "queried by the caller's identity"
    case .compared: "compared with the caller"
    case .checkedByDependency: "checked by a dependency"
    case .otherIdentifierChecked: "not checked: only another identifier is"
    case .own: "the caller's own"
    case .role: "open to whom the role lets in"
    case .none: "not tied to the caller"
    case .unknown: "perhaps checked by a call that could not be followed"
    }
  }

  /// True where a caller may reach the object of another one.
  var isOpen: Bool { self == .none || self == .otherIdentifierChecked }
}

extension Effect.Kind {
  var word: String {
    switch self {
    case .read: "reads"
    case .create: "creates"
    case .update: "changes"
    case .delete: "deletes"
    case .send: "sends"
    case .execute: "runs"
    case .fileRead: "reads files"
    case .fileWrite: "writes files"
    case .credential: "handles credentials"
    case .payment: "pays"
    }
  }
}

extension Route.Kind {
  /// What stands in the place of a method.
  var label: String {
    switch self {
    case .http, .starlette: "ANY"
    case .websocket: "WS"
    case .mount: "MOUNT"
    case .frontend: "FILES"
    case .host: "HOST"
    }
  }
}
