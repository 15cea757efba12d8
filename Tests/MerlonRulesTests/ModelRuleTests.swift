import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonRules
import Testing

/// Rules that judge the model of the API, on models made by hand: what each needs, without any Python.
@Suite struct ModelRuleTests {
  // MARK: Missing authentication

  @Test("An unguarded DELETE beside guarded operations is reported with high severity and its sibling")
  func unguardedDelete() {
    let findings = check([
      route("POST", "/items", "create", level: .authenticated, effects: [effect(.create, "Item")]),
      route("DELETE", "/items/{id}", "delete", effects: [effect(.delete, "Item")]),
    ])
    #expect(findings.map(\.id) == ["MRL210"])
    #expect(findings.first?.severity == .high)
    #expect(findings.first?.operation?.title == "DELETE /items/{id}")
    #expect(findings.first?.operation?.siblings.map(\.path) == ["/items"])
    #expect(findings.first?.operation?.effects.map(\.message) == ["deletes `Item`"])
  }

  @Test("An application without any authentication gives no finding for each operation")
  func openByDesign() {
    let findings = check([
      route("POST", "/items", "create", effects: [effect(.create, "Item")]),
      route("DELETE", "/items/{id}", "delete", effects: [effect(.delete, "Item")]),
    ])
    #expect(findings == [])
  }

  @Test(
    "What strangers have to reach is not reported",
    arguments: [
      ("GET", "/health", Effect.Kind.read, "Status"), ("POST", "/auth/login", .credential, "Token"),
      ("POST", "/auth/register", .create, "User"), ("POST", "/password/reset", .credential, "User"),
      ("GET", "/products", .read, "Product"), ("GET", "/static/{name}", .fileRead, ""),
      ("POST", "/contact", .send, ""), ("GET", "/.well-known/jwks.json", .read, "Key"),
    ])
  func publicOperations(method: String, path: String, kind: Effect.Kind, target: String) {
    let findings = check([
      route("POST", "/items", "create", level: .authenticated, effects: [effect(.create, "Item")]),
      route(method, path, "other", effects: [effect(kind, target)]),
    ])
    #expect(findings.filter { $0.id == "MRL210" && $0.confidence >= .medium } == [])
  }

  @Test("An operation that the configuration calls public is not reported")
  func publicOnPurpose() {
    var open = route("DELETE", "/items/{id}", "delete", effects: [effect(.delete, "Item")])
    open.access.isPublicOnPurpose = true
    #expect(check([route("POST", "/items", "create", level: .authenticated), open]) == [])
  }

  @Test("A dependency that the configuration demands is missed where it is not there")
  func requiredDependency() {
    var guarded = route("GET", "/items", "list", level: .authenticated)
    guarded.dependencies = [dependency("shop.security.current_user", enforces: [.authentication])]
    let findings = check(
      [guarded, route("GET", "/version", "version")], required: "shop.security.current_user")
    #expect(findings.map { $0.operation?.path } == ["/version"])
  }

  // MARK: Guards that can be passed

  @Test("A guard that lets strangers through is reported where it matters")
  func optionalAuthentication() {
    var open = route("DELETE", "/notes/{id}", "delete", effects: [effect(.delete, "Note")])
    open.dependencies = [dependency("shop.optional_user", gap: .missingCredentialAccepted)]
    var harmless = route("GET", "/products", "list", effects: [effect(.read, "Product")])
    harmless.dependencies = open.dependencies
    let findings = check([route("GET", "/notes", "list_notes", level: .authenticated), open, harmless])
    #expect(findings.map(\.id) == ["MRL215"])
  }

  @Test("A guard that verifies nothing is reported once, for all operations behind it")
  func credentialNotVerified() {
    var first = route("GET", "/notes", "list_notes", effects: [effect(.read, "Note")])
    first.dependencies = [dependency("shop.current_token", gap: .credentialNotVerified)]
    var second = route("DELETE", "/notes/{id}", "delete_note", effects: [effect(.delete, "Note")])
    second.dependencies = first.dependencies
    let findings = check([first, second])
    #expect(findings.map(\.id) == ["MRL219"])
    #expect(findings.first?.operation?.path == "/notes/{id}")
  }

  // MARK: Authorisation

  @Test("An operation without the role that its siblings ask for is reported")
  func missingRole() {
    let findings = check([
      route("GET", "/admin/users", "list_users", level: .authorized, effects: [effect(.read, "User")]),
      route("POST", "/admin/users", "create_user", level: .authorized, effects: [effect(.create, "User")]),
      route("PUT", "/admin/users/{id}/role", "change_role", level: .authenticated, effects: [effect(.update, "User")]),
    ])
    #expect(findings.map(\.id) == ["MRL212"])
    #expect(findings.first?.operation?.path == "/admin/users/{id}/role")
  }

  @Test("An object that nothing ties to the caller is reported, one that is bound is not")
  func objectLevel() {
    var own = route("GET", "/orders/{id}", "read_own", level: .authenticated)
    own.objectAccesses = [access(.read, "Order", .queried, line: 40)]
    var foreign = route("PATCH", "/orders/{id}", "change", level: .authenticated)
    foreign.objectAccesses = [access(.update, "Order", .none, line: 50)]
    var shared = route("GET", "/products/{id}", "read_product", level: .authenticated)
    shared.objectAccesses = [access(.read, "Product", .none, line: 60)]
    let findings = check([own, foreign, shared])
    #expect(findings.map(\.id) == ["MRL211"])
    #expect(findings.first?.operation?.path == "/orders/{id}")
  }

  @Test("An inner object behind a checked container is reported")
  func containerAndInner() {
    var inner = route("DELETE", "/folders/{folder_id}/notes/{id}", "delete", level: .authenticated)
    inner.objectAccesses = [access(.delete, "Note", .otherIdentifierChecked, line: 40)]
    #expect(check([inner]).map(\.id) == ["MRL220"])
  }

  @Test("A guarded path that an earlier open template answers is reported")
  func shadowed() {
    var earlier = route("GET", "/reports/{name}", "read_report")
    earlier.parameters = [parameter("name", .path, .text)]
    let later = route("GET", "/reports/finance", "finance", level: .authorized)
    #expect(check([earlier, later]).map(\.id) == ["MRL214"])
    earlier.parameters = [parameter("name", .path, .number)]
    #expect(check([earlier, later]) == [])
    #expect(check([later, earlier]) == [])
  }

  @Test("A handler that is served twice, once past its guard, is reported")
  func includedTwice() {
    let findings = check([
      route("DELETE", "/v2/notes/{id}", "delete", level: .authenticated, effects: [effect(.delete, "Note")]),
      route("DELETE", "/v1/notes/{id}", "delete", effects: [effect(.delete, "Note")]),
    ])
    #expect(findings.contains { $0.id == "MRL225" })
  }

  @Test("An unmarked parameter of a guard that decides access is the caller's")
  func accessParameter() {
    var operation = route("DELETE", "/accounts/{name}", "delete", level: .authenticated)
    operation.dependencies = [dependency("shop.require_user", enforces: [.authentication])]
    var flag = parameter("is_admin", .query, .boolean)
    flag.isUnmarked = true
    flag.declaredBy = "shop.require_user"
    operation.parameters = [flag]
    #expect(check([operation]).map(\.id) == ["MRL221"])
    operation.parameters[0].isUnmarked = false
    #expect(check([operation]) == [])
  }

  @Test("A WebSocket that asks nobody is reported where others ask")
  func webSocket() {
    var socket = route("", "/chat/{room}", "chat")
    socket.kind = .websocket
    socket.methods = []
    #expect(check([socket]) == [])
    #expect(check([route("GET", "/rooms", "rooms", level: .authenticated), socket]).map(\.id) == ["MRL216"])
  }

  @Test("A middleware that exempts the end of a path lets a path with a parameter through")
  func exemption() {
    var application = Application(module: "shop", name: "app")
    var middleware = Middleware(className: "shop.Guard")
    var facts = GuardFacts()
    facts.enforces = [.authentication]
    facts.exemptions = [
      PathExemption(match: .suffix, text: ".js", subject: "scope[\"path\"]", location: place(5))
    ]
    middleware.guardFacts = facts
    application.middleware = [middleware]
    var deletion = route("DELETE", "/notes/{name}", "delete", level: .authenticated, effects: [effect(.delete, "Note")])
    deletion.parameters = [parameter("name", .path, .text)]
    application.routes = [deletion]
    let findings = check(APIModel(applications: [application]))
    #expect(findings.map(\.id) == ["MRL222"])
    #expect(findings.first?.location.start.line == 5)
  }

  // MARK: Identity

  @Test("A finding keeps its fingerprint when the code moves")
  func fingerprint() {
    func findings(line: Int) -> [Finding] {
      var found = check([
        route("POST", "/items", "create", level: .authenticated),
        route("DELETE", "/items/{id}", "delete", effects: [effect(.delete, "Item", line: line)], line: line),
      ])
      Fingerprint.assign(to: &found)
      return found
    }
    #expect(findings(line: 10).map(\.fingerprint) == findings(line: 90).map(\.fingerprint))
    #expect(findings(line: 10).first?.location != findings(line: 90).first?.location)
  }

  // MARK: Making models

  private func check(_ routes: [Route], required: String? = nil) -> [Finding] {
    var application = Application(module: "shop", name: "app")
    application.routes = routes
    return check(APIModel(applications: [application]), required: required)
  }

  private func check(_ model: APIModel, required: String? = nil) -> [Finding] {
    RuleRunner { _ in true }.checkModel(
      model, of: nil,
      options: RuleOptions(headersAtProxy: false, fastAPIVersion: nil, requiredDependency: required), others: []
    ).filter { $0.confidence >= .medium }
  }

  private func place(_ line: Int) -> MerlonBase.SourceLocation {
    MerlonBase.SourceLocation(
      path: "shop.py", range: TextRange(start: UInt32(line * 100), end: UInt32(line * 100 + 20)),
      start: SourcePosition(line: line, column: 0), end: SourcePosition(line: line, column: 20))
  }

  private func route(
    _ method: String, _ path: String, _ handler: String, level: AccessRequirement.Level = .anonymous,
    effects: [Effect] = [], line: Int? = nil
  ) -> Route {
    var route = Route(kind: .http, path: path, methods: [method])
    let line = line ?? 10 + Int(path.utf8.reduce(UInt8(0), ^)) + method.utf8.count
    route.endpoint = CodeReference(module: "shop", qualifiedName: handler, location: place(line + 1), firstLine: line)
    route.location = place(line)
    route.access.level = level
    route.effects = effects
    return route
  }

  private func effect(_ kind: Effect.Kind, _ target: String, line: Int = 70) -> Effect {
    Effect(kind: kind, target: target, location: place(line + 2))
  }

  private func access(_ kind: Effect.Kind, _ entity: String, _ tie: ObjectAccess.Tie, line: Int) -> ObjectAccess {
    ObjectAccess(effect: kind, entity: entity, parameter: "id", place: .path, tie: tie, location: place(line))
  }

  private func parameter(_ name: String, _ place: Parameter.Place, _ content: Parameter.Content) -> Parameter {
    var parameter = Parameter(name: name, place: place)
    parameter.content = content
    return parameter
  }

  private func dependency(
    _ name: String, enforces: Set<Enforcement> = [], gap: GuardGap.Kind? = nil
  ) -> Dependency {
    let parts = name.split(separator: ".").map(String.init)
    var result = Dependency(
      callable: CodeReference(
        module: parts.dropLast().joined(separator: "."), qualifiedName: parts.last ?? "", location: place(3)),
      kind: .function, depth: 1)
    var facts = GuardFacts()
    facts.enforces = enforces
    facts.gaps = gap.map { [GuardGap(kind: $0, message: "nothing is verified", location: place(4))] } ?? []
    result.guardFacts = facts
    return result
  }
}
