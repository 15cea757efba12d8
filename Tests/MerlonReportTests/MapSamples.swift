import MerlonAPI
import MerlonBase
import MerlonReport

/// A model that has one of everything, and a hostile one.
enum MapSamples {
  static func code(_ name: String, _ path: String, _ line: Int) -> CodeReference {
    CodeReference(
      module: String(path.dropLast(3)).split(separator: "/").joined(separator: "."), qualifiedName: name,
      location: Samples.location(path, (line, 0), (line, 20)), firstLine: line - 1)
  }

  static func route(
    _ method: String, _ path: String, _ level: AccessRequirement.Level, _ handler: String, line: Int,
    file: String = "shop/routers/items.py", roles: [String] = []
  ) -> Route {
    var route = Route(kind: .http, path: path, methods: [method])
    route.endpoint = code(handler, file, line)
    route.access.level = level
    route.access.requirements = roles
    if level != .anonymous {
      var scheme = Dependency(
        callable: CodeReference(module: "fastapi.security.oauth2", qualifiedName: "OAuth2PasswordBearer"),
        kind: .instance, depth: 2)
      scheme.variable = "shop.security:oauth2_scheme"
      scheme.isSecurityScheme = true
      scheme.parent = 0
      var facts = GuardFacts()
      facts.credentials = [.bearerToken]
      facts.gaps = [GuardGap(kind: .credentialNotVerified, message: "reads the token and verifies nothing")]
      scheme.guardFacts = facts
      var user = Dependency(callable: code("get_current_user", "shop/security.py", 31), kind: .function, depth: 1)
      user.guardFacts = GuardFacts()
      user.guardFacts?.enforces = level == .unknown ? [] : [.authentication]
      user.guardFacts?.credentials = [.bearerToken]
      user.guardFacts?.returnsPrincipal = true
      route.dependencies = [user, scheme]
      route.access.enforcedBy = ["get_current_user"]
      var use = SecurityUse(schemeName: "OAuth2PasswordBearer", type: "oauth2")
      use.variable = "shop.security:oauth2_scheme"
      route.security = [use]
    }
    if !roles.isEmpty {
      var check = Dependency(
        callable: code("require_role.<locals>.check", "shop/security.py", 58), kind: .function, depth: 1)
      check.declaredBy = .router
      check.guardFacts = GuardFacts()
      check.guardFacts?.enforces = [.authorization]
      check.guardFacts?.requirements = roles
      route.dependencies.append(check)
      route.access.enforcedBy.append("require_role.<locals>.check")
    }
    return route
  }

  static func model() -> APIModel {
    var application = Application(module: "shop.main", name: "app")
    application.location = Samples.location("shop/main.py", (12, 0), (12, 30))
    application.info = DocumentInfo(title: "Shop", version: "1.4.0", openAPIVersion: "3.1.0")
    application.documentation = DocumentationPaths(openAPI: "/openapi.json", docs: "/docs", redoc: "/redoc")
    var middleware = Middleware(className: "starlette.middleware.cors.CORSMiddleware")
    middleware.arguments = ["allow_origins": "['*']"]
    application.middleware = [middleware]
    var cors = CORSPolicy()
    cors.allowOrigins = ["*"]
    application.cors = [cors]
    application.securitySchemes = ["OAuth2PasswordBearer": .object([.init(key: "type", value: .string("oauth2"))])]
    application.routes = routes()
    var admin = Application(module: "shop.admin", name: "internal")
    admin.isMounted = true
    admin.routes = [route("GET", "/jobs", .anonymous, "jobs", line: 9, file: "shop/admin.py")]
    return APIModel(applications: [application, admin])
  }

  private static func routes() -> [Route] {
    var health = route("GET", "/health", .anonymous, "health", line: 20, file: "shop/main.py")
    health.access.isPublicOnPurpose = true
    var login = route("POST", "/token", .anonymous, "login", line: 25, file: "shop/routers/auth.py")
    login.access.isRateLimited = true
    login.effects = [
      Effect(kind: .credential, target: "token", location: Samples.location("shop/routers/auth.py", (30, 4), (30, 20)))
    ]
    login.parameters = [
      Parameter(name: "username", place: .form, type: "str"), Parameter(name: "password", place: .form, type: "str"),
    ]
    var list = route("GET", "/items", .anonymous, "list_items", line: 14)
    list.tags = ["items"]
    list.response.model = "list[ItemOut]"
    list.response.fields = [ResponseField(path: "[].name", type: "str", owner: "ItemOut")]
    var limit = Parameter(name: "limit", place: .query, type: "int", isRequired: false)
    limit.defaultValue = .number(20)
    limit.constraints = ["le": .number(100), "ge": .number(1)]
    list.parameters = [limit]
    list.summary = "List what is for sale"
    let create = route("POST", "/items", .authorized, "create_item", line: 40, roles: ["editor", "admin"])
    var remove = route("DELETE", "/items/{item_id}", .anonymous, "delete_item", line: 61)
    remove.effects = [
      Effect(kind: .delete, target: "Item", location: Samples.location("shop/routers/items.py", (64, 4), (64, 30)))
    ]
    remove.parameters = [Parameter(name: "item_id", place: .path, type: "int")]
    var order = route(
      "GET", "/orders/{order_id}", .authenticated, "read_order", line: 22, file: "shop/routers/orders.py")
    order.objectAccesses = [
      ObjectAccess(
        effect: .read, entity: "Order", parameter: "order_id", place: .path, tie: .none,
        location: Samples.location("shop/routers/orders.py", (24, 12), (24, 40)))
    ]
    order.parameters = [Parameter(name: "order_id", place: .path, type: "int")]
    var own = route("PUT", "/orders/{order_id}", .owner, "change_order", line: 35, file: "shop/routers/orders.py")
    own.handlerFacts = GuardFacts()
    own.handlerFacts?.enforces = [.ownership]
    own.objectAccesses = [
      ObjectAccess(
        effect: .update, entity: "Order", parameter: "order_id", place: .path, tie: .compared,
        location: Samples.location("shop/routers/orders.py", (38, 4), (38, 30)))
    ]
    var users = route(
      "GET", "/admin/users", .authorized, "users", line: 12, file: "shop/routers/admin.py", roles: ["admin"])
    users.isInSchema = false
    var again = route("GET", "/items/", .authenticated, "list_items_again", line: 90)
    again.isDeprecated = true
    var report = route("GET", "/reports/{year}", .unknown, "report", line: 50, file: "shop/routers/admin.py")
    report.dependencies[0].guardFacts?.gaps = [
      GuardGap(kind: .switchedOffByDefault, message: "`settings.auth_enabled` is off by default")
    ]
    report.conditions = ["settings.reports"]
    var socket = Route(kind: .websocket, path: "/ws/{room}")
    socket.endpoint = code("chat", "shop/routers/chat.py", 17)
    socket.traits = [
      OperationTrait(
        kind: .acceptedBeforeCheck, subject: "chat", message: "the connection is accepted before anything is checked",
        location: Samples.location("shop/routers/chat.py", (19, 4), (19, 30)))
    ]
    var files = Route(kind: .mount, path: "/static")
    files.mountedClass = "starlette.staticfiles.StaticFiles"
    files.directory = "static"
    files.location = Samples.location("shop/main.py", (44, 0), (44, 50))
    var mount = Route(kind: .mount, path: "/internal")
    mount.mountedClass = "fastapi.applications.FastAPI"
    mount.location = Samples.location("shop/main.py", (46, 0), (46, 50))
    var jobs = route("GET", "/internal/jobs", .anonymous, "jobs", line: 9, file: "shop/admin.py")
    jobs.mountedAt = "/internal"
    return [health, login, list, create, remove, again, order, own, users, report, socket, files, mount, jobs]
  }

  static func report(_ model: APIModel = model(), limits: [Limit]? = nil) -> MapReport {
    MapReport(
      toolVersion: "0.1.0", startTime: "2026-11-24T11:00:00Z", root: "backend", isComplete: true, model: model,
      limits: limits ?? [
        Limit(
          kind: "computed-path", message: "the path `settings.prefix` is not known", path: "shop/main.py",
          position: SourcePosition(line: 30, column: 4)),
        Limit(kind: "version-assumed", message: "no lock file names the version of FastAPI"),
      ],
      statistics: MapStatistics(files: 23, lines: 4120, seconds: 0.123, hidden: 0),
      fastAPI: FrameworkFact(version: "0.115.6", source: "uv.lock"))
  }

  static func options(color: Bool = false, width: Int? = nil, verbose: Bool = false) -> MapRenderOptions {
    MapRenderOptions(pathPrefix: "backend/", usesColor: color, width: width, isVerbose: verbose)
  }

  static func text(
    _ format: MapFormat, _ report: MapReport = report(), _ options: MapRenderOptions = options()
  ) -> String {
    String(decoding: render(report, format: format, options: options), as: UTF8.self)
  }

  /// Every text of the model chosen by someone who attacks the readers of maps.
  static func hostile() -> MapReport {
    let bad = Hostile.text
    let place = Samples.location(Hostile.path, (1, 0), (3, 2))
    let reference = CodeReference(module: bad, qualifiedName: bad, location: place, firstLine: 1)
    var route = Route(kind: .http, path: "/" + bad, methods: ["GET", bad])
    route.endpoint = reference
    route.location = place
    var facts = GuardFacts()
    facts.enforces = [.authentication, .authorization]
    facts.requirements = [bad, "=cmd|' /C calc'!A0"]
    facts.gaps = [GuardGap(kind: .exceptionSwallowed, message: bad, location: place)]
    facts.exemptions = [PathExemption(match: .prefix, text: bad, subject: bad)]
    var dependency = Dependency(callable: reference, kind: .function, depth: 1)
    dependency.guardFacts = facts
    dependency.variable = bad
    dependency.scopes = [bad]
    route.dependencies = [dependency]
    route.security = [SecurityUse(schemeName: bad, type: bad, scopes: [bad])]
    route.tags = [bad, "=1+1"]
    route.summary = bad
    route.response.model = bad
    route.access.level = .authorized
    route.access.requirements = [bad, "=cmd|' /C calc'!A0"]
    route.access.enforcedBy = [bad]
    route.conditions = [bad]
    route.effects = [Effect(kind: .read, target: bad, location: place)]
    route.objectAccesses = [
      ObjectAccess(effect: .read, entity: bad, parameter: bad, place: .path, tie: .none, location: place)
    ]
    route.traits = [OperationTrait(kind: .rawBody, subject: bad, message: bad, location: place)]
    route.mountedAt = "/" + bad
    var parameter = Parameter(name: bad, place: .query, type: bad)
    parameter.constraints = [bad: .string(bad)]
    route.parameters = [parameter]
    var application = Application(module: bad, name: bad)
    application.info = DocumentInfo(title: bad, version: bad)
    application.documentation = DocumentationPaths(openAPI: "/" + bad, docs: bad, redoc: nil)
    application.middleware = [Middleware(className: bad)]
    application.routes = [route]
    var report = report(
      APIModel(applications: [application]),
      limits: [Limit(kind: bad, message: bad, path: Hostile.path, position: SourcePosition(line: 1, column: 2))])
    report.root = bad
    report.selection = ["--tag", bad]
    report.fastAPI = FrameworkFact(version: bad, source: bad)
    return report
  }
}
