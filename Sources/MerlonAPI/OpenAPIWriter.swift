public import MerlonBase

/// Puts an application into the form of an OpenAPI document.
///
/// Everything that depends on types (schemas, contents, responses) already stands in the model; this only assembles.
public enum OpenAPIWriter {
  /// The document, equal to what the application serves: `openapi`, `info`, `servers`, `paths`, `webhooks`,
  /// `components`, `tags`, `externalDocs`.
  ///
  /// Routes of mounted applications are not in it: they have a document of their own.
  ///
  /// - Parameter version: an OpenAPI version to convert to (`3.0`); nil for the application's own.
  public static func document(of application: Application, version: String? = nil) -> JSONValue {
    var members: [JSONValue.Member] = []
    members.append(.init(key: "openapi", value: .string(application.info.openAPIVersion ?? "3.1.0")))
    members.append(.init(key: "info", value: info(of: application.info)))
    if !application.servers.isEmpty { members.append(.init(key: "servers", value: .array(application.servers))) }
    members.append(.init(key: "paths", value: paths(of: application.routes)))
    let webhooks = paths(of: application.webhooks)
    if webhooks.members?.isEmpty == false { members.append(.init(key: "webhooks", value: webhooks)) }
    let components = components(of: application)
    if !components.isEmpty { members.append(.init(key: "components", value: .object(components))) }
    members.append(contentsOf: application.info.document)
    let document = JSONValue.object(members).withoutNulls
    guard let version, version.hasPrefix("3.0") else { return document }
    return OpenAPIDownConversion.convert(document)
  }

  /// The `parameters`, `requestBody`, `responses` and further members of one operation of a route.
  public static func operation(of route: Route, method: String) -> JSONValue {
    var operation = JSONValue.object([])
    if !route.tags.isEmpty { operation.set("tags", .array(route.tags.map { .string($0) })) }
    if let summary = route.summary, !summary.isEmpty { operation.set("summary", .string(summary)) }
    if let description = route.description, !description.isEmpty { operation.set("description", .string(description)) }
    if let operationID = route.operationID { operation.set("operationId", .string(operationID)) }
    let parameters = route.documentParameters ?? parameters(of: route)
    if !parameters.isEmpty { operation.set("parameters", .array(parameters)) }
    if let body = route.requestBody, methodsWithBody.contains(method.uppercased()) {
      operation.set("requestBody", requestBody(body))
    }
    operation.set("responses", .object(route.response.document))
    if route.isDeprecated { operation.set("deprecated", .bool(true)) }
    let security = security(of: route)
    if !security.isEmpty { operation.set("security", .array(security)) }
    for member in route.extra { operation.merge(.object([member])) }
    return operation
  }

  /// `fastapi.openapi.constants.METHODS_WITH_BODY`.
  private static let methodsWithBody: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]

  private static func info(of info: DocumentInfo) -> JSONValue {
    var members: [JSONValue.Member] = [.init(key: "title", value: .string(info.title ?? "FastAPI"))]
    members.append(contentsOf: info.details)
    members.append(.init(key: "version", value: .string(info.version ?? "0.1.0")))
    return .object(members)
  }

  private static func paths(of routes: [Route]) -> JSONValue {
    var order: [String] = []
    var items: [String: [JSONValue.Member]] = [:]
    for route in routes where route.kind == .http && route.isInSchema && route.mountedAt == nil {
      let path = PathTemplate.withoutConverters(route.path)
      if items[path] == nil { order.append(path) }
      for method in route.methods {
        let member = JSONValue.Member(key: method.lowercased(), value: operation(of: route, method: method))
        var item = items[path] ?? []
        if let index = item.firstIndex(where: { $0.key == member.key }) {
          item[index] = member
        } else {
          item.append(member)
        }
        items[path] = item
      }
    }
    return .object(order.compactMap { path in items[path].map { .init(key: path, value: .object($0)) } })
  }

  /// Grouped by place; of two with one name the required one wins, else the later (`get_openapi_path`).
  private static func parameters(of route: Route) -> [JSONValue] {
    struct Key: Hashable {
      let place: Parameter.Place
      let name: String
    }
    var order: [Key] = []
    var chosen: [Key: Parameter] = [:]
    for place in [Parameter.Place.path, .query, .header, .cookie] {
      for parameter in route.parameters where parameter.place == place && parameter.isInSchema {
        let key = Key(place: place, name: parameter.alias)
        if let earlier = chosen[key] {
          if parameter.isRequired || !earlier.isRequired { chosen[key] = parameter }
        } else {
          order.append(key)
          chosen[key] = parameter
        }
      }
    }
    return order.compactMap { chosen[$0].map(value(of:)) }
  }

  private static func value(of parameter: Parameter) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "name", value: .string(parameter.alias)),
      .init(key: "in", value: .string(parameter.place.rawValue)),
      .init(key: "required", value: .bool(parameter.isRequired)),
    ]
    members.append(.init(key: "schema", value: parameter.schema ?? .object([])))
    members.append(contentsOf: parameter.documentation)
    return .object(members)
  }

  private static func requestBody(_ body: RequestBody) -> JSONValue {
    var members: [JSONValue.Member] = [.init(key: "content", value: .object(body.content))]
    if body.isRequired { members.append(.init(key: "required", value: .bool(true))) }
    return .object(members)
  }

  /// One requirement a scheme, in order of first use, the scopes of all uses together.
  private static func security(of route: Route) -> [JSONValue] {
    var order: [String] = []
    var scopes: [String: [String]] = [:]
    for use in route.security {
      if scopes[use.schemeName] == nil { order.append(use.schemeName) }
      var known = scopes[use.schemeName] ?? []
      for scope in use.scopes where !known.contains(scope) { known.append(scope) }
      scopes[use.schemeName] = known
    }
    return order.map { name in
      .object([.init(key: name, value: .array((scopes[name] ?? []).map { .string($0) }))])
    }
  }

  private static func components(of application: Application) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if !application.schemas.isEmpty {
      members.append(.init(key: "schemas", value: sorted(application.schemas)))
    }
    if !application.securitySchemes.isEmpty {
      members.append(.init(key: "securitySchemes", value: sorted(application.securitySchemes)))
    }
    return members
  }

  private static func sorted(_ values: [String: JSONValue]) -> JSONValue {
    .object(values.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) })
  }
}

extension JSONValue {
  /// Without the members whose value is null, at any depth; elements of arrays stay (`exclude_none`).
  package var withoutNulls: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutNulls))
    case .object(let members):
      .object(
        members.compactMap { member in
          member.value == .null ? nil : Member(key: member.key, value: member.value.withoutNulls)
        })
    default: self
    }
  }

  /// `fastapi.utils.deep_dict_update`: objects are merged, arrays appended, other values replaced.
  package mutating func merge(_ update: JSONValue) {
    guard case .object(let members) = update, case .object = self else { return }
    for member in members {
      switch (self[member.key], member.value) {
      case (.some(var present), .object):
        if case .object = present {
          present.merge(member.value)
          set(member.key, present)
        } else {
          set(member.key, member.value)
        }
      case (.some(.array(let present)), .array(let added)): set(member.key, .array(present + added))
      default: set(member.key, member.value)
      }
    }
  }
}
