import MerlonAPI
import MerlonBase

/// What an application object says of itself.
struct ApplicationInfo {
  private let object: ObjectReader
  private let encoder: ValueEncoder

  init(application: InstanceObject, interpreter: Interpreter) {
    object = ObjectReader(.instance(application), interpreter)
    encoder = ValueEncoder(interpreter: interpreter, fields: ModelFields(interpreter: interpreter))
  }

  func read() -> (DocumentInfo, servers: [JSONValue]) {
    var info = DocumentInfo(
      title: object.text("title"), version: object.text("version"),
      openAPIVersion: object.text("openapi_version") ?? "3.1.0")
    for (name, key) in [("summary", "summary"), ("description", "description"), ("terms_of_service", "termsOfService")]
    {
      if let text = object.text(name), !text.isEmpty { info.details.append(.init(key: key, value: .string(text))) }
    }
    for (name, key) in [("contact", "contact"), ("license_info", "license")] {
      if let value = object[name].flatMap({ encoder.json($0) }), value.members?.isEmpty == false {
        info.details.append(.init(key: key, value: withNormalURL(value)))
      }
    }
    if let tags = object["openapi_tags"].flatMap({ encoder.json($0) })?.array, !tags.isEmpty {
      let normal = tags.map { tag -> JSONValue in
        guard let link = tag["externalDocs"] else { return tag }
        var tag = tag
        tag.set("externalDocs", withNormalURL(link))
        return tag
      }
      info.document.append(.init(key: "tags", value: .array(normal)))
    }
    if let link = object["openapi_external_docs"].flatMap({ encoder.json($0) }), link.members?.isEmpty == false {
      info.document.append(.init(key: "externalDocs", value: withNormalURL(link)))
    }
    return (info, object["servers"].flatMap { encoder.json($0) }?.array ?? [])
  }

  /// URLs of these members are validated as `AnyUrl`, which adds the slash of an empty path.
  private func withNormalURL(_ value: JSONValue) -> JSONValue {
    guard let url = value["url"]?.string, let scheme = url.firstRange(of: "://") else { return value }
    let rest = url[scheme.upperBound...]
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let tail = rest[host.endIndex...]
    var value = value
    let path = tail.first == "/" ? String(tail) : "/" + tail
    value.set("url", .string(url[..<scheme.upperBound] + host.lowercased() + path))
    return value
  }
}

/// Security schemes as the document states them: `jsonable_encoder(scheme.model, by_alias=True, exclude_none=True)`.
struct SecuritySchemeWriter {
  let builder: CoreSchemaBuilder

  func json(_ scheme: PythonValue) -> JSONValue {
    let reader = ObjectReader(scheme, builder.interpreter)
    guard let model = reader["model"] else { return .object([]) }
    return object(model, names: Self.schemeNames)
  }

  private static let schemeNames = [
    "type_", "type", "description", "in_", "in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl",
  ]
  private static let flowNames = ["implicit", "password", "clientCredentials", "authorizationCode"]
  private static let flowMembers = ["refreshUrl", "scopes", "authorizationUrl", "tokenUrl"]

  private func object(_ value: PythonValue, names: [String]) -> JSONValue {
    var result = JSONValue.object([])
    for name in names {
      guard let member = member(name, of: value), !member.isNull, !member.isUnset else { continue }
      let key = name.hasSuffix("_") ? String(name.dropLast()) : name
      guard result[key] == nil else { continue }
      switch key {
      case "flows": result.set(key, object(member, names: Self.flowNames))
      case "implicit", "password", "clientCredentials", "authorizationCode":
        var flow = object(member, names: Self.flowMembers)
        if flow["scopes"] == nil { flow.set("scopes", .object([])) }
        result.set(key, flow)
      default:
        if let json = builder.encoder.json(member), json != .null { result.set(key, json) }
      }
    }
    return result
  }

  private func member(_ name: String, of value: PythonValue) -> PythonValue? {
    if let dictionary = value.settled.dictionaryValue {
      return dictionary.entries.last { $0.key.stringValue == name }?.value.settled
    }
    return ObjectReader(value, builder.interpreter)[name]
  }
}

/// The fields that an answer carries, as far as its model tells.
struct ResponseFields {
  let fields: ModelFields
  let interpreter: Interpreter

  /// Deepest nesting, and most fields in all.
  private static let maximumDepth = 6
  private static let maximumCount = 1_000

  func list(of type: PythonValue) -> [ResponseField] {
    var found: [ResponseField] = []
    collect(type, prefix: "", open: [], into: &found)
    return found
  }

  private func collect(_ type: PythonValue, prefix: String, open: [String], into found: inout [ResponseField]) {
    guard open.count < Self.maximumDepth, found.count < Self.maximumCount else { return }
    if let members = fields.fields(of: type) {
      let key = fields.identity.key(type)
      guard !open.contains(key) else { return }
      let isRoot = fields.resolved(type).flatMap { fields.kind(of: $0.0) } == .root
      let text = TypeText(interpreter: interpreter)
      for member in members where !member.isExcluded {
        if isRoot {
          collect(member.annotation, prefix: prefix, open: open + [key], into: &found)
          continue
        }
        let name = member.serializationAlias
        let path = prefix.isEmpty ? name : prefix + "." + name
        if !found.contains(where: { $0.path == path }) {
          found.append(
            ResponseField(path: path, type: text.text(of: member.annotation), owner: member.owner.fullName))
        }
        collect(member.annotation, prefix: path, open: open + [key], into: &found)
      }
      return
    }
    switch TypeForm(type) {
    case .annotated(let inner, _): collect(inner, prefix: prefix, open: open, into: &found)
    case .union(let members):
      for member in members { collect(member, prefix: prefix, open: open, into: &found) }
    case .parametrized(_, let name, let arguments):
      if name.hasSuffix("dict") || name.hasSuffix("Mapping"), let values = arguments.last {
        collect(values, prefix: prefix + "{}", open: open, into: &found)
      } else if name != "type", let items = arguments.first {
        collect(items, prefix: prefix + "[]", open: open, into: &found)
      }
    default: break
    }
  }
}
