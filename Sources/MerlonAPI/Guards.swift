public import MerlonBase

/// What a callable that runs before (or in) an operation makes sure of.
public struct GuardFacts: Sendable, Hashable {
  /// What no request passes without, on every path through the callable; empty when every request can pass.
  public var enforces: Set<Enforcement>
  /// What it enforces once the settings that decide about it are set; a superset of `enforces`.
  public var whenConfigured: Set<Enforcement>
  /// Where it takes credentials from.
  public var credentials: Set<CredentialSource>
  /// Roles, scopes and permissions that it compares with, as far as they are constants.
  public var requirements: [String]
  /// Ways past it, the reasons why it does not enforce what it seems to.
  public var gaps: [GuardGap]
  /// Paths, prefixes and methods that a middleware lets through unchecked.
  public var exemptions: [PathExemption]
  /// True when what it returns stands for the caller (a user, claims, a principal's id).
  public var returnsPrincipal: Bool
  /// True when a caller without a valid credential goes on with nothing (`None`): whoever uses the result must look.
  public var isOptional: Bool
  /// True when it answers 401 or 403 to somebody, whether or not it could be told to whom.
  public var refusesStrangers: Bool
  /// The places that show it: where the credential is read, verified, refused.
  public var evidence: [FlowStep]

  public init() {
    enforces = []
    whenConfigured = []
    credentials = []
    requirements = []
    gaps = []
    exemptions = []
    returnsPrincipal = false
    isOptional = false
    refusesStrangers = false
    evidence = []
  }
}

public enum Enforcement: String, Sendable, Hashable, CaseIterable {
  /// The caller has shown a credential that was verified.
  case authentication
  /// A role, scope, permission or superuser flag was compared.
  case authorization
  /// The object belongs to the caller.
  case ownership
  /// The number of requests is limited.
  case rate
  /// The request comes from this site: origin, CSRF token.
  case origin
}

public enum CredentialSource: String, Sendable, Hashable, CaseIterable {
  case bearerToken, basic, apiKeyHeader, apiKeyQuery, cookie, session, clientCertificate, webSocketMessage, other
}

/// Why a guard can be passed.
public struct GuardGap: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// `auto_error=False` (or `Optional` credential) and a path where `None` goes through.
    case missingCredentialAccepted
    /// An exception of the verification is caught and the request goes on.
    case exceptionSwallowed
    /// The check's result is not looked at.
    case resultIgnored
    /// A setting whose default is "off" decides whether anything is checked.
    case switchedOffByDefault
    /// The credential is read and nobody verifies it (`OAuth2PasswordBearer` alone).
    case credentialNotVerified
    /// Scopes are declared and nobody reads them.
    case scopesNotRead
    /// Whether it is verified could not be told: the verification lies in code that is not there.
    case notUnderstood
  }

  public var kind: Kind
  /// One sentence, lower case start, no full stop.
  public var message: String
  public var location: SourceLocation?

  public init(kind: Kind, message: String, location: SourceLocation? = nil) {
    self.kind = kind
    self.message = message
    self.location = location
  }
}

/// Requests that a middleware does not check.
public struct PathExemption: Sendable, Hashable {
  public enum Match: String, Sendable, Hashable { case equal, prefix, suffix, contains, pattern, method }

  public var match: Match
  public var text: String
  /// Where the compared value comes from: `request.url.path`, `scope["path"]`, …
  public var subject: String
  /// True when the requests that do *not* match are the ones that go unchecked.
  public var isNegated: Bool
  public var location: SourceLocation?

  public init(
    match: Match, text: String, subject: String, isNegated: Bool = false, location: SourceLocation? = nil
  ) {
    self.match = match
    self.text = text
    self.subject = subject
    self.isNegated = isNegated
    self.location = location
  }
}

/// Who may call an operation.
public struct AccessRequirement: Sendable, Hashable {
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// Anyone.
    case anonymous
    /// Anyone with a verified credential.
    case authenticated
    /// Callers with a role, scope or permission.
    case authorized
    /// The owner of the object.
    case owner
    /// There is a guard, and whether it holds could not be told.
    case unknown
  }

  public var level: Level
  /// Roles, scopes and permissions.
  public var requirements: [String]
  /// What enforces it, by name: dependencies, middleware, the handler itself.
  public var enforcedBy: [String]
  public var isRateLimited: Bool
  /// True when the configuration says that the operation is public on purpose.
  public var isPublicOnPurpose: Bool

  public init() {
    level = .anonymous
    requirements = []
    enforcedBy = []
    isRateLimited = false
    isPublicOnPurpose = false
  }
}
