import MerlonAPI
import MerlonBase

/// The model as people read it: applications, what lies below each mount, and a row for every route. All encoders for
/// people start from it.
struct MapView {
  /// Those that are served by themselves; what is mounted in one of them stands behind its mount.
  let applications: [ApplicationView]
  /// Names of the applications that are mounted in others and not shown by themselves.
  let mounted: [String]
  let limits: [Limit]
  /// Those of all applications together.
  let counts: AccessCounts

  init(_ report: MapReport) {
    let all = report.model.applications
    // A mounted one is shown when it was asked for alone.
    let served = all.contains { !$0.isMounted } ? all.filter { !$0.isMounted } : all
    applications = served.map(ApplicationView.init)
    mounted = all.filter { application in application.isMounted && !served.contains { $0.isMounted } }
      .map(\.qualifiedName)
    limits = report.limits.sorted { ($0.kind, $0.path ?? "", $0.message) < ($1.kind, $1.path ?? "", $1.message) }
    counts = AccessCounts(applications.flatMap(\.rows))
  }
}

struct ApplicationView {
  let application: Application
  let name: String
  /// In the order in which requests are matched; the application's own first, then those below each mount.
  let groups: [Group]
  let counts: AccessCounts

  struct Group {
    /// Path of the mount; nil for the application's own routes.
    let mount: String?
    let rows: [MapRow]
  }

  var rows: [MapRow] { groups.flatMap(\.rows) }

  init(_ application: Application) {
    self.application = application
    name = application.qualifiedName
    var answered: Set<String> = []
    var order: [String?] = [nil]
    var rows: [String?: [MapRow]] = [:]
    let mounts = Set(application.routes.compactMap(\.mountedAt))
    for route in application.routes where !MapRow.isDocumentation(route) {
      // Its operations stand below it.
      if route.kind == .mount, mounts.contains(route.path) { continue }
      if rows[route.mountedAt] == nil, route.mountedAt != nil { order.append(route.mountedAt) }
      var row = MapRow(route)
      let methods = route.methods.isEmpty ? [route.kind.rawValue] : route.methods
      let template = PathTemplate.normalised(route.path)
      // Insertion is tried for every method, so that a later route finds all of them taken.
      let isNew = methods.map { answered.insert($0 + " " + template).inserted }
      if route.kind != .mount, !isNew.contains(true) { row.marks.append(.shadowed) }
      rows[route.mountedAt, default: []].append(row)
    }
    groups = order.compactMap { mount in rows[mount].map { Group(mount: mount, rows: $0) } }
    counts = AccessCounts(groups.flatMap(\.rows))
  }

  /// `fastapi.FastAPI` says nothing beside its name; what is left of the document's title and version does.
  var title: String? {
    guard let title = application.info.title, title != "FastAPI" else { return nil }
    return [title, application.info.version].compactMap { $0 }.joined(separator: " ")
  }

  /// Paths under which the application describes itself, open to anyone since no dependency covers them.
  var documentationPaths: [String] {
    let paths = application.documentation
    guard paths.openAPI != nil else { return [] }
    return [paths.openAPI, paths.docs, paths.redoc].compactMap { $0 }
  }

  /// Security schemes and other credentials by name, with the number of operations that ask for each: the inventory.
  var schemes: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in rows {
      for name in row.schemes { counts[name, default: 0] += row.operations }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

/// How many operations each kind of caller may call.
struct AccessCounts {
  private(set) var operations = 0
  private(set) var open = 0
  private(set) var `public` = 0
  private(set) var unsure = 0
  private(set) var authenticated = 0
  private(set) var role = 0
  private(set) var owner = 0

  init(_ rows: [MapRow]) {
    for row in rows {
      operations += row.operations
      let access = row.route.access
      switch access.level {
      case .anonymous:
        if access.isPublicOnPurpose { `public` += row.operations } else { open += row.operations }
      case .unknown: unsure += row.operations
      case .authenticated: authenticated += row.operations
      case .authorized: role += row.operations
      case .owner: owner += row.operations
      }
    }
  }

  /// Those that are not zero, the most exposed first.
  var parts: [(word: String, count: Int)] {
    [
      ("open", open), ("public on purpose", `public`), ("unsure", unsure), ("authenticated", authenticated),
      ("by role", role), ("by owner", owner),
    ].filter { $0.1 > 0 }
  }
}

/// A route as a line of a map.
struct MapRow {
  enum Mark: Hashable {
    /// Not in the document.
    case hidden
    case deprecated
    /// An earlier route answers all of its requests.
    case shadowed
    /// No dependency of the application covers it.
    case outside
    case rateLimited
    /// A guard of the chain can be passed.
    case gap
    /// An object that the caller chooses is not tied to the caller.
    case objectNotTied
    case conditional

    var text: String {
      switch self {
      case .hidden: "not in the document"
      case .deprecated: "deprecated"
      case .shadowed: "shadowed by an earlier route"
      case .outside: "outside the dependencies"
      case .rateLimited: "rate limited"
      case .gap: "a guard can be passed"
      case .objectNotTied: "object not tied to the caller"
      case .conditional: "conditional"
      }
    }

    /// True for what a reviewer has to look at.
    var isWarning: Bool {
      switch self {
      case .shadowed, .outside, .gap, .objectNotTied: true
      case .hidden, .deprecated, .rateLimited, .conditional: false
      }
    }
  }

  let route: Route
  var marks: [Mark]
  /// Names of schemes and other credentials that are asked for.
  let schemes: [String]
  /// Kinds of credentials: `bearer`, `cookie`.
  let credentials: [String]
  /// Roles and scopes, `owner` among them.
  let authorization: [String]
  /// What enforces access, by short names.
  let guards: [String]

  init(_ route: Route) {
    self.route = route
    let enforcing = route.dependencies.filter { $0.guardFacts?.enforces.isEmpty == false }
    var credentials = route.security.map(\.word)
    for facts in route.dependencies.compactMap(\.guardFacts) + [route.handlerFacts].compactMap({ $0 })
    where facts.enforces.contains(.authentication) {
      credentials += facts.credentials.sorted { $0.rawValue < $1.rawValue }.map(\.word)
    }
    self.credentials = Self.unique(credentials)
    schemes = Self.unique(route.security.isEmpty ? self.credentials : route.security.map(\.schemeName))
    var authorization = route.requiredRoles
    if route.access.level == .owner { authorization.append("owner") }
    if route.access.level == .authorized, authorization.isEmpty { authorization = ["role"] }
    self.authorization = authorization
    let names = route.access.enforcedBy.isEmpty ? enforcing.map(\.shownName) : route.access.enforcedBy
    let known = Self.unique(names.map(Self.shortName))
    guards = known.isEmpty && route.access.level == .unknown ? Self.unjudged(route) : known
    marks = Self.marks(of: route)
  }

  /// What looks like a guard, with a question mark: where nothing could be told, a reviewer has to read these.
  private static func unjudged(_ route: Route) -> [String] {
    let candidates = route.dependencies.filter { dependency in
      guard dependency.depth == 1, let facts = dependency.guardFacts else { return false }
      return !facts.gaps.isEmpty || !facts.credentials.isEmpty
    }
    return unique(candidates.map { shortName($0.shownName) + "?" })
  }

  private static func marks(of route: Route) -> [Mark] {
    var marks: [Mark] = []
    switch route.kind {
    case .mount, .starlette, .host: marks.append(.outside)
    case .http, .websocket, .frontend: break
    }
    let facts = route.dependencies.compactMap(\.guardFacts) + [route.handlerFacts].compactMap { $0 }
    // What is only a credential's reader verifies nothing and is no gap where something behind it does.
    if route.access.level != .anonymous,
      facts.contains(where: { $0.gaps.contains { $0.kind != .credentialNotVerified && $0.kind != .notUnderstood } })
    {
      marks.append(.gap)
    }
    if route.access.level != .anonymous, route.objectAccesses.contains(where: { $0.tie.isOpen }) {
      marks.append(.objectNotTied)
    }
    if !route.isInSchema, route.kind == .http { marks.append(.hidden) }
    if route.isDeprecated { marks.append(.deprecated) }
    if route.access.isRateLimited { marks.append(.rateLimited) }
    if !route.conditions.isEmpty { marks.append(.conditional) }
    return marks
  }

  /// Methods, or what stands in their place.
  var method: String { route.methods.isEmpty ? route.kind.label : route.methods.joined(separator: ",") }

  /// One for each method.
  var operations: Int { max(1, route.methods.count) }

  /// What stands in the column of authentication.
  var authentication: String {
    switch route.access.level {
    case .anonymous, .unknown: route.access.word
    case .authenticated, .authorized, .owner: credentials.isEmpty ? "yes" : credentials.joined(separator: ", ")
    }
  }

  /// `file:line` of the handler, else of the registration.
  func place(prefix: String) -> String {
    guard let location = route.endpoint?.location ?? route.location else { return route.endpoint?.fullName ?? "" }
    return "\(prefix)\(location.path):\(location.start.line)"
  }

  /// What answers: the handler's name, the class of a mount, the folder of files.
  var handler: String {
    if let directory = route.directory { return directory }
    return route.endpoint?.qualifiedName ?? route.mountedClass.map(Self.shortName) ?? ""
  }

  /// The routes that FastAPI adds for its own documentation: the application's head tells of them.
  static func isDocumentation(_ route: Route) -> Bool {
    route.kind == .starlette && route.endpoint?.module.hasPrefix("fastapi.") == true
  }

  static func shortName(_ name: String) -> String {
    let parts = name.split(separator: ".")
    guard let last = parts.last else { return name }
    // What a factory makes is known by the factory: `require_role` of `require_role.<locals>.check`.
    if parts.count >= 3, parts[parts.count - 2] == "<locals>" { return parts[parts.count - 3] + "()" }
    return String(last)
  }

  private static func unique(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension Dependency {
  /// The variable that holds an instance, else the callable.
  var shownName: String {
    if let variable { return variable.split(separator: ":").last.map(String.init) ?? variable }
    return callable.qualifiedName
  }
}
