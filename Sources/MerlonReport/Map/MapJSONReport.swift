import MerlonAPI
import MerlonBase

/// The map for programs: the whole model, field by field. `docs/map.md` describes it.
struct MapJSONReport {
  /// Major part: readers of an older one may break. Minor part: something was added.
  static let schemaVersion = "1.0"

  let report: MapReport
  var json = JSONWriter(layout: .indented)

  init(report: MapReport) {
    self.report = report
  }

  consuming func bytes() -> [UInt8] {
    json.beginObject()
    member("schema_version", Self.schemaVersion)
    object("tool") {
      $0.member("name", "merlon")
      $0.member("version", $0.report.toolVersion)
      $0.member("information_uri", Merlon.informationURI)
    }
    if !report.startTime.isEmpty { member("started_at", report.startTime) }
    member("root", report.root)
    member("complete", report.isComplete)
    object("versions") {
      for (name, fact) in [("fastapi", $0.report.fastAPI), ("pydantic", $0.report.pydantic)] {
        guard let fact else { continue }
        $0.object(name) {
          $0.member("version", fact.version)
          $0.member("source", fact.source)
        }
      }
    }
    object("statistics") {
      $0.member("files", $0.report.statistics.files)
      $0.member("lines", $0.report.statistics.lines)
      $0.json.key("seconds")
      $0.json.value($0.report.statistics.seconds)
      $0.member("hidden", $0.report.statistics.hidden)
    }
    strings("selection", report.selection)
    list("apps", report.model.applications) { $0.write($1) }
    list("limits", report.limits) { $0.write($1) }
    json.endObject()
    json.newline()
    return json.bytes
  }

  // MARK: Applications

  private mutating func write(_ application: Application) {
    member("module", application.module)
    member("name", application.name)
    location(application.location)
    member("title", application.info.title)
    member("version", application.info.version)
    member("openapi_version", application.info.openAPIVersion)
    member("openapi_url", application.documentation.openAPI)
    member("docs_url", application.documentation.docs)
    member("redoc_url", application.documentation.redoc)
    member("mounted", application.isMounted)
    list("middleware", application.middleware) {
      $0.member("class", $1.className)
      $0.texts("arguments", $1.arguments)
      if let function = $1.function { $0.reference("function", function) }
      $0.location($1.location)
      $0.facts("guard", $1.guardFacts)
    }
    list("cors", application.cors) {
      $0.optionalStrings("allow_origins", $1.allowOrigins)
      $0.optionalStrings("allow_methods", $1.allowMethods)
      $0.optionalStrings("allow_headers", $1.allowHeaders)
      $0.json.key("allow_credentials")
      if let flag = $1.allowCredentials { $0.json.value(flag) } else { $0.json.null() }
      $0.member("allow_origin_regex", $1.allowOriginRegex)
    }
    list("exception_handlers", application.exceptionHandlers) {
      $0.member("exception", $1.exception)
      $0.reference("handler", $1.handler)
    }
    object("security_schemes") {
      for (name, scheme) in application.securitySchemes.sorted(by: { $0.key < $1.key }) { $0.member(name, scheme) }
    }
    list("routes", application.routes) { $0.write($1) }
    list("webhooks", application.webhooks) { $0.write($1) }
  }

  // MARK: Routes

  private mutating func write(_ route: Route) {
    member("kind", route.kind.rawValue)
    member("path", route.path)
    strings("methods", route.methods)
    member("name", route.name)
    if let endpoint = route.endpoint { reference("endpoint", endpoint) }
    location(route.location)
    strings("tags", route.tags)
    member("include_in_schema", route.isInSchema)
    member("deprecated", route.isDeprecated)
    member("operation_id", route.operationID)
    member("summary", route.summary)
    member("mounted_at", route.mountedAt)
    member("mounted_class", route.mountedClass)
    member("directory", route.directory)
    member("route_class", route.routeClass)
    strings("conditions", route.conditions)
    if let size = route.maxBodySize { member("max_body_size", size) }
    write(route.access)
    list("dependencies", route.dependencies) { $0.write($1) }
    list("security", route.security) { $0.write($1) }
    facts("handler_guard", route.handlerFacts)
    object("params") { json in
      for (name, places) in Self.parameterLists {
        json.list(name, route.parameters.filter { places.contains($0.place) }) { $0.write($1) }
      }
    }
    member("response_model", route.response.model)
    member("response_model_from_annotation", route.response.isModelFromAnnotation)
    json.key("status_code")
    if let code = route.response.statusCode { json.value(code) } else { json.null() }
    member("response_class", route.response.responseClass)
    texts("response_filters", route.response.filters)
    list("response_fields", route.response.fields) {
      $0.member("path", $1.path)
      $0.member("type", $1.type)
      $0.member("owner", $1.owner)
    }
    list("effects", route.effects) {
      $0.member("kind", $1.kind.rawValue)
      $0.member("target", $1.target)
      $0.location($1.location)
      $0.steps("through", $1.through)
    }
    list("objects", route.objectAccesses) {
      $0.member("effect", $1.effect.rawValue)
      $0.member("entity", $1.entity)
      $0.member("parameter", $1.parameter)
      $0.member("in", $1.place.rawValue)
      $0.member("tie", $1.tie.rawValue)
      $0.location($1.location)
      $0.steps("steps", $1.steps)
    }
    list("traits", route.traits) {
      $0.member("kind", $1.kind.rawValue)
      $0.member("subject", $1.subject)
      $0.member("message", $1.message)
      $0.location($1.location)
      $0.steps("steps", $1.steps)
    }
    list("flows", route.flows) {
      $0.member("sink", $1.sink.rawValue)
      $0.member("callee", $1.callee)
      $0.member("source", $1.source)
      $0.member("in", $1.place?.rawValue)
      $0.member("flaw", $1.flaw)
      $0.location($1.location)
      $0.steps("steps", $1.steps)
    }
  }

  private static let parameterLists: [(String, Set<Parameter.Place>)] = [
    ("path", [.path]), ("query", [.query]), ("header", [.header]), ("cookie", [.cookie]),
    ("body", [.body, .form, .file]),
  ]

  private mutating func write(_ access: AccessRequirement) {
    object("access") {
      $0.member("level", access.level.rawValue)
      $0.strings("requirements", access.requirements)
      $0.strings("enforced_by", access.enforcedBy)
      $0.member("rate_limited", access.isRateLimited)
      $0.member("public_on_purpose", access.isPublicOnPurpose)
    }
  }

  private mutating func write(_ dependency: Dependency) {
    referenceMembers(dependency.callable)
    member("kind", dependency.kind.rawValue)
    member("depth", dependency.depth)
    if let parent = dependency.parent { member("parent", parent) }
    member("param", dependency.parameter)
    strings("scopes", dependency.scopes)
    strings("own_scopes", dependency.ownScopes)
    member("use_cache", dependency.usesCache)
    member("declared_by", dependency.declaredBy.rawValue)
    member("variable", dependency.variable)
    member("is_security_scheme", dependency.isSecurityScheme)
    member("reads_scopes", dependency.readsScopes)
    facts("guard", dependency.guardFacts)
  }

  private mutating func write(_ use: SecurityUse) {
    member("scheme_name", use.schemeName)
    member("type", use.type)
    strings("scopes", use.scopes)
    member("class", use.className)
    if let autoError = use.autoError { member("auto_error", autoError) }
    member("in", use.place)
    member("name", use.placeName)
    member("http_scheme", use.httpScheme)
    member("variable", use.variable)
  }

  private mutating func write(_ parameter: Parameter) {
    member("name", parameter.name)
    member("alias", parameter.alias)
    member("in", parameter.place.rawValue)
    member("type", parameter.type)
    member("required", parameter.isRequired)
    if let value = parameter.defaultValue { member("default", value) }
    object("constraints") {
      for (name, value) in parameter.constraints.sorted(by: { $0.key < $1.key }) { $0.member(name, value) }
    }
    member("include_in_schema", parameter.isInSchema)
    member("declared_by", parameter.declaredBy)
    member("unmarked", parameter.isUnmarked)
    member("content", parameter.content.rawValue)
  }

  // MARK: Guards

  private mutating func facts(_ key: String, _ facts: GuardFacts?) {
    guard let facts else { return }
    object(key) {
      $0.strings("enforces", facts.enforces.map(\.rawValue).sorted())
      $0.strings("credentials", facts.credentials.map(\.rawValue).sorted())
      $0.strings("requirements", facts.requirements)
      $0.member("returns_principal", facts.returnsPrincipal)
      $0.list("gaps", facts.gaps) {
        $0.member("kind", $1.kind.rawValue)
        $0.member("message", $1.message)
        $0.location($1.location)
      }
      $0.list("exemptions", facts.exemptions) {
        $0.member("match", $1.match.rawValue)
        $0.member("text", $1.text)
        $0.member("subject", $1.subject)
        $0.location($1.location)
      }
      $0.steps("evidence", facts.evidence)
    }
  }

  // MARK: Places

  private mutating func reference(_ key: String, _ reference: CodeReference) {
    object(key) { $0.referenceMembers(reference) }
  }

  private mutating func referenceMembers(_ reference: CodeReference) {
    member("module", reference.module)
    member("qualname", reference.qualifiedName)
    guard let location = reference.location else { return }
    member("file", location.path)
    member("line", location.start.line)
    if let line = reference.firstLine { member("first_line", line) }
  }

  private mutating func location(_ location: SourceLocation?) {
    guard let location else { return }
    object("location") {
      $0.member("path", location.path)
      $0.member("line", location.start.line)
    }
  }

  private mutating func steps(_ key: String, _ steps: [FlowStep]) {
    guard !steps.isEmpty else { return }
    list(key, steps) {
      $0.member("message", $1.message)
      $0.location($1.location)
    }
  }

  private mutating func write(_ limit: Limit) {
    member("kind", limit.kind)
    member("message", limit.message)
    member("path", limit.path)
    if let line = limit.position?.line { member("line", line) }
  }
}

/// The parts that JSON objects are written from.
extension MapJSONReport {
  private mutating func member(_ key: String, _ value: String) {
    json.key(key)
    json.value(value)
  }

  /// `null` where there is none: readers find every key.
  private mutating func member(_ key: String, _ value: String?) {
    json.key(key)
    if let value { json.value(value) } else { json.null() }
  }

  private mutating func member(_ key: String, _ value: Int) {
    json.key(key)
    json.value(value)
  }

  private mutating func member(_ key: String, _ value: Bool) {
    json.key(key)
    json.value(value)
  }

  private mutating func member(_ key: String, _ value: JSONValue) {
    json.key(key)
    json.value(value)
  }

  private mutating func strings(_ key: String, _ values: [String]) {
    json.key(key)
    json.beginArray()
    for value in values { json.value(value) }
    json.endArray()
  }

  private mutating func optionalStrings(_ key: String, _ values: [String]?) {
    guard let values else {
      json.key(key)
      return json.null()
    }
    strings(key, values)
  }

  private mutating func texts(_ key: String, _ values: [String: String]) {
    object(key) { for (name, text) in values.sorted(by: { $0.key < $1.key }) { $0.member(name, text) } }
  }

  private mutating func object(_ key: String, _ body: (inout MapJSONReport) -> Void) {
    json.key(key)
    json.beginObject()
    body(&self)
    json.endObject()
  }

  private mutating func list<Element>(
    _ key: String, _ elements: [Element], _ body: (inout MapJSONReport, Element) -> Void
  ) {
    json.key(key)
    json.beginArray()
    for element in elements {
      json.beginObject()
      body(&self, element)
      json.endObject()
    }
    json.endArray()
  }
}
