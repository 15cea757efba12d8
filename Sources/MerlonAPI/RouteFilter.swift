public import MerlonBase

/// Which operations of a model are shown. Every condition that is given must hold; of a list, one entry.
public struct RouteFilter: Sendable, Hashable {
  /// `module:name`; nil for all.
  public var application: String?
  /// Only what anyone may call and the configuration does not call public on purpose.
  public var isUnprotectedOnly: Bool
  /// Upper case; `WEBSOCKET`, `MOUNT` and the like for routes without methods.
  public var methods: Set<String>
  public var tags: Set<String>
  /// Roles, scopes or permissions, in lower case.
  public var roles: Set<String>
  /// Patterns for path templates: `*` for one part, `**` for any number.
  public var paths: [GlobPattern]

  public init(
    application: String? = nil, isUnprotectedOnly: Bool = false, methods: [String] = [], tags: [String] = [],
    roles: [String] = [], paths: [String] = []
  ) {
    self.application = application
    self.isUnprotectedOnly = isUnprotectedOnly
    self.methods = Set(methods.map { $0.uppercased() })
    self.tags = Set(tags)
    self.roles = Set(roles.map { $0.lowercased() })
    self.paths = paths.map { GlobPattern($0) }
  }

  /// Whether operations are left out, not only applications.
  public var selectsRoutes: Bool {
    isUnprotectedOnly || !methods.isEmpty || !tags.isEmpty || !roles.isEmpty || !paths.isEmpty
  }

  /// The route with the methods that are asked for; nil when it is not to be shown.
  public func selected(_ route: Route) -> Route? {
    if isUnprotectedOnly, !route.isUnprotected { return nil }
    if !tags.isEmpty, tags.isDisjoint(with: route.tags) { return nil }
    if !roles.isEmpty, roles.isDisjoint(with: route.roleNames.map { $0.lowercased() }) { return nil }
    if !paths.isEmpty, !paths.contains(where: { $0.matches(route.path.utf8) }) { return nil }
    if methods.isEmpty { return route }
    let kept = route.methods.filter { methods.contains($0.uppercased()) }
    if kept.isEmpty { return route.methods.isEmpty && methods.contains(route.kind.rawValue.uppercased()) ? route : nil }
    var route = route
    route.methods = kept
    return route
  }

  /// The model with what is to be shown, and the number of routes left out. Applications without any such route are
  /// left out too, as long as routes are selected.
  public func apply(to model: APIModel) -> (model: APIModel, hidden: Int) {
    var result = model
    if let application { result.applications.removeAll { $0.qualifiedName != application } }
    guard selectsRoutes else { return (result, 0) }
    var hidden = 0
    for index in result.applications.indices {
      let routes = result.applications[index].routes
      result.applications[index].routes = routes.compactMap(selected)
      hidden += routes.count - result.applications[index].routes.count
    }
    result.applications.removeAll { $0.routes.isEmpty }
    return (result, hidden)
  }
}

extension Application {
  /// `module:name`, as servers are told which application to run.
  public var qualifiedName: String { module.isEmpty ? name : module + ":" + name }
}

extension Route {
  /// Whether anyone may call it, without the configuration saying that this is meant.
  public var isUnprotected: Bool { access.level == .anonymous && !access.isPublicOnPurpose }

  /// The single names in `requiredRoles`: `admin|manager` asks for one of two.
  public var roleNames: [String] {
    requiredRoles.flatMap { $0.split(separator: "|").map(String.init) }
  }

  /// Roles, scopes and permissions that are asked for, each once, in the order of the code; with `|` between those of
  /// which one is enough.
  public var requiredRoles: [String] {
    var seen: Set<String> = []
    return (access.requirements + security.flatMap(\.scopes)).filter { seen.insert($0).inserted }
  }

  /// Whether a call changes something: by its method, or by what its code is known to do.
  public var changesState: Bool {
    let safe: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]
    if kind == .http || kind == .starlette, methods.contains(where: { !safe.contains($0.uppercased()) }) { return true }
    return effects.contains { effect in
      switch effect.kind {
      case .read, .fileRead: false
      case .create, .update, .delete, .send, .execute, .fileWrite, .credential, .payment: true
      }
    }
  }
}
