import MerlonAPI
import MerlonBase
import Testing

@Suite struct APIDifferenceTests {
  private static func route(
    _ method: String, _ path: String, _ level: AccessRequirement.Level, roles: [String] = []
  ) -> Route {
    var route = Route(kind: .http, path: path, methods: [method])
    route.access.level = level
    route.access.requirements = roles
    return route
  }

  private static func model(_ routes: [Route]) -> APIModel {
    var application = Application(module: "shop.main", name: "app")
    application.routes = routes
    return APIModel(applications: [application])
  }

  private static func differences(_ old: [Route], _ new: [Route]) -> [String] {
    APIDifference.all(of: ExposureChange.all(from: model(old), to: model(new))).map {
      "\($0.severity.rawValue) \($0.kind) \($0.method) \($0.path)"
    }
  }

  @Test(arguments: [
    ("DELETE", AccessRequirement.Level.authenticated, AccessRequirement.Level.anonymous, "critical access-lowered"),
    ("GET", .authenticated, .anonymous, "high access-lowered"),
    ("GET", .owner, .authenticated, "high access-lowered"),
    ("GET", .authenticated, .unknown, "medium access-lowered"),
    ("GET", .anonymous, .authenticated, "info access-raised"),
  ])
  func whatIsOpenedWeighsMoreThanWhatIsClosed(
    method: String, before: AccessRequirement.Level, after: AccessRequirement.Level, expected: String
  ) {
    let found = Self.differences([Self.route(method, "/a", before)], [Self.route(method, "/a", after)])
    #expect(found == ["\(expected) \(method) /a"])
  }

  @Test func aNewOperationWeighsByWhoMayCallItAndWhatItDoes() {
    let new = [
      Self.route("POST", "/open", .anonymous), Self.route("GET", "/seen", .anonymous),
      Self.route("POST", "/closed", .authorized, roles: ["admin"]),
    ]
    #expect(
      Self.differences([], new) == [
        "medium route-added POST /open", "low route-added GET /seen", "info route-added POST /closed",
      ])
  }

  @Test func whatIsPublicOnPurposeIsNoAlarm() {
    var route = Self.route("POST", "/login", .anonymous)
    route.access.isPublicOnPurpose = true
    #expect(Self.differences([], [route]) == ["info route-added POST /login"])
    #expect(
      Self.differences([Self.route("POST", "/login", .authenticated)], [route]) == ["low access-lowered POST /login"])
  }

  @Test func aRoleThatIsNoLongerAskedForIsHigh() {
    let found = Self.differences(
      [Self.route("GET", "/a", .authorized, roles: ["admin", "staff"])],
      [Self.route("GET", "/a", .authorized, roles: ["staff"])])
    #expect(found == ["high guard-lost GET /a"])
  }

  @Test func aSecretInAnAnswerIsHighAndAnotherFieldLow() {
    let old = Self.route("GET", "/me", .authenticated)
    var new = old
    new.response.fields = [
      ResponseField(path: "email", type: "str", owner: "User"),
      ResponseField(path: "hashed_password", type: "str", owner: "User"),
    ]
    let found = APIDifference.all(of: ExposureChange.all(from: Self.model([old]), to: Self.model([new])))
    #expect(found.map(\.severity) == [.high, .low])
    #expect(found.first?.message == "the answer now has the field `hashed_password`")
  }

  @Test func undocumentedAndShadowOperationsAreTold() {
    let code = Self.model([
      Self.route("GET", "/items/{item_id}", .anonymous), Self.route("POST", "/import", .anonymous),
      Self.route("GET", "/secret", .authenticated),
    ])
    let document = Self.model([Self.route("GET", "/items/{id}", .anonymous), Self.route("GET", "/old", .anonymous)])
    let found = APIDifference.all(of: APIComparison(code: code, document: document))
    #expect(
      found.map { "\($0.severity.rawValue) \($0.kind) \($0.path)" } == [
        "high undocumented /import", "medium shadow /old", "low undocumented /secret",
      ])
  }

  // MARK: Filters

  private static let shop: APIModel = {
    var login = route("POST", "/login", .anonymous)
    login.access.isPublicOnPurpose = true
    var items = Route(kind: .http, path: "/items/{item_id}", methods: ["GET", "PUT"])
    items.tags = ["items"]
    var socket = Route(kind: .websocket, path: "/ws")
    socket.access.level = .authenticated
    return model([login, items, route("GET", "/admin/users", .authorized, roles: ["Admin"]), socket])
  }()

  @Test(arguments: [
    (RouteFilter(), ["/login", "/items/{item_id}", "/admin/users", "/ws"]),
    (RouteFilter(isUnprotectedOnly: true), ["/items/{item_id}"]),
    (RouteFilter(methods: ["put"]), ["/items/{item_id}"]),
    (RouteFilter(methods: ["websocket"]), ["/ws"]),
    (RouteFilter(tags: ["items"]), ["/items/{item_id}"]),
    (RouteFilter(roles: ["admin"]), ["/admin/users"]),
    (RouteFilter(paths: ["/items/*"]), ["/items/{item_id}"]),
    (RouteFilter(paths: ["/*"]), ["/login", "/ws"]),
    (RouteFilter(paths: ["/**"]), ["/login", "/items/{item_id}", "/admin/users", "/ws"]),
    (RouteFilter(tags: ["items"], roles: ["admin"]), []),
    (RouteFilter(application: "other:app"), []),
  ])
  func aFilterShowsWhatMeetsAllOfItsConditions(filter: RouteFilter, paths: [String]) {
    let (model, hidden) = filter.apply(to: Self.shop)
    #expect(model.applications.flatMap(\.routes).map(\.path) == paths)
    #expect(hidden == (filter.selectsRoutes ? 4 - paths.count : 0))
  }

  @Test func ofSeveralMethodsOnlyThoseAskedForAreShown() {
    let model = RouteFilter(methods: ["PUT"]).apply(to: Self.shop).model
    #expect(model.applications.first?.routes.first?.methods == ["PUT"])
  }
}
