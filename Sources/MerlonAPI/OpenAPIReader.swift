public import MerlonBase

/// Reads an OpenAPI 3.0 or 3.1 document.
public enum OpenAPIReader {
  /// One application with the operations of the document. References are resolved; what can't be (cycles, missing
  /// targets, wrong types) is left out and named in the limits, whatever the document holds.
  ///
  /// An operation's access is what the document claims: a requirement of a scheme counts as authentication, one with
  /// scopes as authorisation, and an empty alternative as none.
  ///
  /// - Parameter name: what to call the application: the file or URL of the document.
  public static func read(_ document: JSONValue, name: String) -> APIModel {
    var reader = DocumentReader(document: document, name: name)
    return reader.read()
  }
}

/// One reading of one document.
private struct DocumentReader {
  let document: JSONValue
  let name: String
  let resolver: SchemaResolver
  var limits: [Limit] = []
  var schemes: [String: JSONValue] = [:]

  /// Most operations that are read; the largest public documents have about 10,000.
  static let maximumOperations = 20_000
  private static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
  /// Members of an operation that have a place in the model.
  private static let known: Set<String> = [
    "tags", "summary", "description", "operationId", "parameters", "requestBody", "responses", "deprecated", "security",
  ]

  init(document: JSONValue, name: String) {
    self.document = document
    self.name = name
    self.resolver = SchemaResolver(document: document)
  }

  mutating func read() -> APIModel {
    guard document.members != nil else {
      note("the document is not a JSON object")
      return APIModel(limits: limits)
    }
    let version = document["openapi"]?.string ?? ""
    if !version.hasPrefix("3.") {
      let found = document["swagger"]?.string.map { "Swagger \($0)" } ?? "no `openapi` member"
      note("only OpenAPI 3.0 and 3.1 can be read, found \(found)")
      return APIModel(limits: limits)
    }
    var application = Application(module: "", name: name)
    application.info = info(version: version)
    application.servers = document["servers"]?.array ?? []
    for scheme in document["components"]?["securitySchemes"]?.members ?? [] {
      guard let resolved = resolver.resolve(scheme.value), resolved.members != nil else {
        note("the security scheme `\(scheme.key)` can't be resolved")
        continue
      }
      schemes[scheme.key] = resolved
    }
    application.securitySchemes = schemes
    for schema in document["components"]?["schemas"]?.members ?? [] { application.schemas[schema.key] = schema.value }
    application.routes = routes(of: document["paths"], what: "paths")
    application.webhooks = routes(of: document["webhooks"], what: "webhooks")
    return APIModel(applications: [application], limits: limits)
  }

  private func info(version: String) -> DocumentInfo {
    let info = document["info"]
    var result = DocumentInfo(
      title: info?["title"]?.string, version: info?["version"]?.string, openAPIVersion: version)
    result.details = (info?.members ?? []).filter { $0.key != "title" && $0.key != "version" }
    result.document = (document.members ?? []).filter { $0.key == "tags" || $0.key == "externalDocs" }
    return result
  }

  private mutating func routes(of value: JSONValue?, what: String) -> [Route] {
    guard let value else { return [] }
    guard let items = value.members else {
      note("`\(what)` is not an object")
      return []
    }
    var routes: [Route] = []
    for item in items where !item.key.hasPrefix("x-") {
      guard let resolved = resolver.resolve(item.value), resolved.members != nil else {
        note("the path `\(item.key)` can't be resolved")
        continue
      }
      for method in Self.methods {
        guard let operation = resolved[method] else { continue }
        guard operation.members != nil else {
          note("`\(method.uppercased()) \(item.key)` is not an object")
          continue
        }
        guard routes.count < Self.maximumOperations else {
          note("more than \(Self.maximumOperations) operations")
          return routes
        }
        routes.append(route(operation, method: method, path: item.key, item: resolved))
      }
    }
    return routes
  }

  private mutating func route(_ operation: JSONValue, method: String, path: String, item: JSONValue) -> Route {
    var route = Route(kind: .http, path: path, methods: [method.uppercased()])
    route.tags = (operation["tags"]?.array ?? []).compactMap(\.string)
    route.summary = operation["summary"]?.string
    route.description = operation["description"]?.string
    route.operationID = operation["operationId"]?.string
    route.isDeprecated = operation["deprecated"]?.bool ?? false
    route.parameters = parameters(operation, item: item, of: "\(method.uppercased()) \(path)")
    if let body = operation["requestBody"] {
      if let resolved = resolver.resolve(body) {
        route.requestBody = RequestBody(
          content: resolved["content"]?.members ?? [], isRequired: resolved["required"]?.bool ?? false)
        route.parameters += bodyParameters(resolved)
      } else {
        note("the body of `\(method.uppercased()) \(path)` can't be resolved")
      }
    }
    route.response = response(operation["responses"])
    let requirements = operation["security"]?.array ?? document["security"]?.array ?? []
    route.security = security(requirements)
    route.access = access(requirements)
    route.extra = (operation.members ?? []).filter { !Self.known.contains($0.key) }
    return route
  }

  /// Those of the operation and of its path item; the operation's own win (OpenAPI 3.1, 4.8.9).
  private mutating func parameters(_ operation: JSONValue, item: JSONValue, of what: String) -> [Parameter] {
    var result: [Parameter] = []
    for value in (item["parameters"]?.array ?? []) + (operation["parameters"]?.array ?? []) {
      guard let resolved = resolver.resolve(value), let name = resolved["name"]?.string,
        let place = resolved["in"]?.string.flatMap(Parameter.Place.init(rawValue:)),
        [.path, .query, .header, .cookie].contains(place)
      else {
        note("a parameter of `\(what)` can't be read")
        continue
      }
      let schema = resolved["schema"] ?? resolved["content"]?.members?.first?.value["schema"]
      var parameter = parameter(name: name, place: place, schema: schema)
      parameter.isRequired = resolved["required"]?.bool ?? (place == .path)
      parameter.documentation = (resolved.members ?? []).filter {
        !["name", "in", "required", "schema", "content"].contains($0.key)
      }
      if let index = result.firstIndex(where: { $0.place == place && $0.alias == name }) {
        result[index] = parameter
      } else {
        result.append(parameter)
      }
    }
    return result
  }

  /// The members of an object body, or one parameter `body` for any other.
  private func bodyParameters(_ body: JSONValue) -> [Parameter] {
    guard let media = body["content"]?.members?.first else { return [] }
    let isForm = media.key.hasPrefix("multipart/") || media.key == "application/x-www-form-urlencoded"
    let schema = media.value["schema"] ?? .object([])
    let resolved = resolver.resolve(schema)
    let required = Set((resolved?["required"]?.array ?? []).compactMap(\.string))
    let properties = resolved?["properties"]?.members ?? []
    if properties.isEmpty {
      var whole = parameter(name: "body", place: isForm ? .form : .body, schema: schema)
      whole.isRequired = body["required"]?.bool ?? false
      return [whole]
    }
    return properties.map { property in
      let format = property.value["format"]?.string ?? property.value["contentMediaType"]?.string
      let isFile = format == "binary" || format == "application/octet-stream"
      var result = parameter(
        name: property.key, place: isForm ? (isFile ? .file : .form) : .body, schema: property.value)
      result.isRequired = required.contains(property.key)
      return result
    }
  }

  private func parameter(name: String, place: Parameter.Place, schema: JSONValue?) -> Parameter {
    let resolved = schema.flatMap(resolver.resolve)
    var result = Parameter(name: name, place: place, type: schema.map(resolver.type(of:)) ?? "any")
    result.schema = schema
    result.defaultValue = resolved?["default"]
    for (keyword, constraint) in Self.constraints {
      if let value = resolved?[keyword] { result.constraints[constraint] = value }
    }
    result.content = content(resolved, place: place)
    return result
  }

  private static let constraints = [
    "minLength": "min_length", "maxLength": "max_length", "minItems": "min_length", "maxItems": "max_length",
    "pattern": "pattern", "minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
  ]

  private func content(_ schema: JSONValue?, place: Parameter.Place) -> Parameter.Content {
    guard let schema, schema.members != nil else { return .anything }
    if schema["enum"] != nil || schema["const"] != nil { return .closedSet }
    for keyword in ["anyOf", "oneOf"] {
      let choices = (schema[keyword]?.array ?? []).filter { $0["type"]?.string != "null" }
      if choices.count == 1, let only = choices.first.flatMap(resolver.resolve), only[keyword] == nil {
        return content(only, place: place)
      }
    }
    switch schema["type"]?.string {
    case "integer", "number": return .number
    case "boolean": return .boolean
    case "array": return .collection
    case "object": return .model
    case "string":
      switch schema["format"]?.string {
      case "uuid": return .identifier
      case "date", "date-time", "time", "duration": return .date
      case "binary": return .file
      default: return .text
      }
    default: return .anything
    }
  }

  private func response(_ value: JSONValue?) -> Response {
    var response = Response()
    response.document = value?.members ?? []
    let success = response.document.first { $0.key.hasPrefix("2") }
    response.statusCode = success.flatMap { Int($0.key) }
    guard let answer = success.flatMap({ resolver.resolve($0.value) }),
      let schema = answer["content"]?.members?.first?.value["schema"]
    else { return response }
    response.schema = schema
    let isOpen = schema.members?.isEmpty ?? true
    response.model = isOpen ? nil : resolver.type(of: schema)
    response.fields = resolver.properties(of: schema).map {
      ResponseField(path: $0.path, type: $0.type, owner: $0.owner)
    }
    return response
  }

  private func security(_ requirements: [JSONValue]) -> [SecurityUse] {
    var uses: [SecurityUse] = []
    for requirement in requirements {
      for member in requirement.members ?? [] {
        let scheme = schemes[member.key]
        var use = SecurityUse(
          schemeName: member.key, type: scheme?["type"]?.string ?? "",
          scopes: (member.value.array ?? []).compactMap(\.string))
        use.place = scheme?["in"]?.string
        use.placeName = use.place == nil ? nil : scheme?["name"]?.string
        use.httpScheme = scheme?["scheme"]?.string.map { $0.lowercased() }
        if !uses.contains(use) { uses.append(use) }
      }
    }
    return uses
  }

  private func access(_ requirements: [JSONValue]) -> AccessRequirement {
    var access = AccessRequirement()
    let alternatives = requirements.compactMap(\.members)
    guard !alternatives.isEmpty, !alternatives.contains(where: \.isEmpty) else { return access }
    let scopes = alternatives.joined().flatMap { ($0.value.array ?? []).compactMap(\.string) }
    access.level = scopes.isEmpty ? .authenticated : .authorized
    access.requirements = Set(scopes).sorted()
    access.enforcedBy = Set(alternatives.joined().map(\.key)).sorted()
    return access
  }

  private mutating func note(_ message: String) {
    // One hostile document must not fill the report.
    guard limits.count < 200 else { return }
    limits.append(Limit(kind: "openapi-document", message: message, path: name))
  }
}
