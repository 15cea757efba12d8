package import MerlonAPI
package import MerlonBase

/// An operation as rules see it: a route, and the application that serves it.
package struct Operation: Sendable {
  /// Position of the application in the model.
  package let applicationIndex: Int
  /// Position of the route in the application: the order in which requests are matched.
  package let routeIndex: Int
  package let route: Route

  package var access: AccessRequirement { route.access }
  package var effects: [Effect] { route.effects }

  /// True when whoever knows the address may call it.
  package var isOpen: Bool {
    switch route.access.level {
    case .anonymous: return unreadGuards.isEmpty
    case .unknown:
      // A middleware that could not be judged stands before everything; what counts is what is nearer.
      let facts = route.dependencies.compactMap(\.guardFacts) + [route.handlerFacts].compactMap { $0 }
      return !facts.contains { facts in
        facts.gaps.contains { $0.kind == .notUnderstood || $0.kind == .switchedOffByDefault }
      } && hasJudgedGuards
    case .authenticated, .authorized, .owner: return false
    }
  }

  /// Dependencies that are named for keeping strangers out and of which nothing could be told: neither that they refuse
  /// nor how they are passed. Calling such an operation open would be a guess.
  var unreadGuards: [String] {
    route.dependencies.filter { dependency in
      guard let facts = dependency.guardFacts, facts.enforces.isEmpty, facts.gaps.isEmpty, !facts.isOptional else {
        return false
      }
      let words = Set(SensitiveNames.words(of: dependency.callable.qualifiedName))
      return words.isDisjoint(with: ["optional", "maybe"])
        && (!words.isDisjoint(with: [
          "auth", "authenticate", "authenticated", "authentication", "authorize", "authorization", "permission",
          "permissions", "login", "apikey", "guard", "protected", "admin",
        ]) || words.isSuperset(of: ["current", "user"]) || words.isSuperset(of: ["api", "key"]))
        && !(dependency.kind == .class && dependency.callable.module.hasPrefix("fastapi."))
    }.map(\.callable.fullName)
  }

  /// True when guards were read at all: a model of another origin has none.
  private var hasJudgedGuards: Bool {
    route.handlerFacts != nil || route.dependencies.contains { $0.guardFacts != nil }
  }
  /// True when something was seen that asks who is calling, even if it can be passed.
  package var isGuarded: Bool {
    !isOpen || route.dependencies.contains { $0.guardFacts?.gaps.contains { $0.kind.isAttempt } ?? false }
  }

  /// `GET`, several as `GET, HEAD`.
  package var method: String {
    switch route.kind {
    case .websocket: "WEBSOCKET"
    case .mount: "MOUNT"
    case .host: "HOST"
    case .frontend: "FRONTEND"
    case .http, .starlette: route.methods.isEmpty ? "ANY" : route.methods.joined(separator: ", ")
    }
  }

  /// `GET /users/{user_id}`.
  package var title: String { method + " " + route.path }

  /// True when none of its methods is meant to change anything (RFC 9110, 9.2.1).
  package var isSafeMethod: Bool {
    !route.methods.isEmpty && route.methods.allSatisfy { ["GET", "HEAD", "OPTIONS", "TRACE"].contains($0) }
  }

  /// The handler with its decorators; nil where its source is not there.
  package var definition: SourceLocation? {
    guard var place = route.endpoint?.location else { return nil }
    if let first = route.endpoint?.firstLine, first < place.start.line {
      place.start = SourcePosition(line: first, column: 0)
    }
    return place
  }

  /// Module that defines the handler: what stands in one module is usually one router.
  package var group: String { route.endpoint?.module ?? "" }

  /// Guards that refuse, by dotted name: dependencies that enforce something.
  package var guardNames: [String] {
    route.dependencies.filter { !($0.guardFacts?.enforces.isEmpty ?? true) }.map(\.callable.fullName)
  }

  /// True when a guard says who is calling, not only that he may.
  package var knowsCaller: Bool {
    let enforcing = route.dependencies.filter { !($0.guardFacts?.enforces.isEmpty ?? true) }
    // What only a middleware or the operation itself checks is a key or signature, unless it says whose.
    guard !enforcing.isEmpty else {
      return route.handlerFacts?.returnsPrincipal ?? true
        || route.dependencies.contains { dependency in
          dependency.parameter != nil && Self.namesCaller(dependency) && dependency.guardFacts?.isOptional == false
        }
    }
    return enforcing.contains { $0.guardFacts?.returnsPrincipal ?? false || Self.namesCaller($0) }
      || route.handlerFacts?.returnsPrincipal ?? false
  }

  private static func namesCaller(_ dependency: Dependency) -> Bool {
    !Set(SensitiveNames.words(of: dependency.callable.qualifiedName)).isDisjoint(with: [
      "user", "account", "principal", "identity", "member", "customer", "current", "claims", "caller",
    ])
  }

  /// What the dependencies of the route and its own code enforce; middleware left out.
  package var enforcements: Set<Enforcement> {
    var result = route.handlerFacts?.enforces ?? []
    for dependency in route.dependencies { result.formUnion(dependency.guardFacts?.enforces ?? []) }
    return result
  }
}

extension GuardGap.Kind {
  /// True when the guard was meant to refuse; a credential that is only optional was not.
  var isAttempt: Bool { self != .missingCredentialAccepted }
}
