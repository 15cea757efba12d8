import MerlonAPI
import MerlonBase
import Testing

@Suite struct APIComparisonTests {
  private func model(_ routes: [Route], server: String? = nil) -> APIModel {
    var application = Application(module: "shop", name: "app")
    application.routes = routes
    if let server { application.servers = [.object([.init(key: "url", value: .string(server))])] }
    return APIModel(applications: [application])
  }

  private func route(_ method: String, _ path: String, _ parameters: [Parameter] = []) -> Route {
    var route = Route(kind: .http, path: path, methods: [method])
    route.parameters = parameters
    return route
  }

  @Test func namesOfPathParametersDoNotMatter() {
    let comparison = APIComparison(
      code: model([route("GET", "/items/{item_id:int}", [Parameter(name: "item_id", place: .path)])]),
      document: model([route("GET", "/items/{id}", [Parameter(name: "id", place: .path)])]))
    #expect(comparison.undocumented.isEmpty && comparison.shadow.isEmpty)
    #expect(comparison.differing.isEmpty)
  }

  @Test func operationsOfOneSideOnlyAreNamed() {
    let comparison = APIComparison(
      code: model([route("GET", "/a"), route("POST", "/admin")]),
      document: model([route("GET", "/a/"), route("GET", "/old")]))
    #expect(comparison.undocumented.map(\.path) == ["/admin"])
    #expect(comparison.shadow.map(\.path) == ["/old"])
    #expect(comparison.differing.map(\.differences) == [[.trailingSlash]])
  }

  @Test func thePathOfAServerIsAPrefix() {
    let comparison = APIComparison(
      code: model([route("GET", "/v1/a"), route("GET", "/v1/b")]),
      document: model([route("GET", "/a"), route("GET", "/b")], server: "https://api.example.com/v1/"))
    #expect(comparison.undocumented.isEmpty && comparison.shadow.isEmpty)
  }

  @Test func parametersAndSecurityAreHeldAgainstEachOther() {
    var guarded = route(
      "GET", "/a", [Parameter(name: "x-token", place: .header), Parameter(name: "debug", place: .query)])
    guarded.security = [SecurityUse(schemeName: "Bearer", type: "http")]
    let comparison = APIComparison(
      code: model([guarded]),
      document: model([route("GET", "/a", [Parameter(name: "X-Token", place: .header, isRequired: false)])]))
    #expect(
      comparison.differing.first?.differences == [
        .parameterOnlyInCode(.query, "debug"), .requiredOnlyInCode(.header, "x-token"),
        .security(code: ["http"], document: []),
      ])
  }

  private func guarded(_ level: AccessRequirement.Level, by guards: [String], fields: [String] = []) -> Route {
    var route = route("GET", "/a")
    route.access.level = level
    route.access.enforcedBy = guards
    route.response.fields = fields.map { ResponseField(path: $0, type: "str", owner: "shop.User") }
    return route
  }

  @Test func aChangeThatOpensAnOperationIsSeen() {
    let changes = ExposureChange.all(
      from: model([guarded(.authorized, by: ["require_admin"], fields: ["name"])]),
      to: model([guarded(.authenticated, by: ["current_user"], fields: ["name", "password"]), route("POST", "/b")]))
    #expect(
      changes.map { [$0.kind.rawValue, $0.subject] } == [
        ["accessLowered", ""], ["fieldReturned", "password"], ["guardAdded", "current_user"],
        ["guardLost", "require_admin"], ["routeAdded", ""],
      ])
    #expect(changes.first?.before == "authorized")
    #expect(changes.first?.after == "authenticated")
    #expect(changes.map(\.kind.isWider) == [true, true, false, true, true])
  }

  @Test func nothingChangesInTheSameModel() {
    let same = model([guarded(.owner, by: ["owner"], fields: ["a"]), route("GET", "/b")])
    #expect(ExposureChange.all(from: same, to: same).isEmpty)
  }
}
