import MerlonBase

/// Turns an OpenAPI 3.1 document into one that tools for 3.0 read.
///
/// What 3.0 can't say is weakened, never invented: tuples become arrays of anything, `const` an `enum` of one value.
enum OpenAPIDownConversion {
  static func convert(_ document: JSONValue) -> JSONValue {
    guard case .object(let members) = document else { return document }
    var result: [JSONValue.Member] = []
    for member in members {
      switch member.key {
      case "openapi": result.append(.init(key: "openapi", value: .string("3.0.3")))
      case "webhooks", "jsonSchemaDialect": break
      case "info":
        var info = member.value
        info.remove("summary")
        result.append(.init(key: "info", value: info))
      default: result.append(.init(key: member.key, value: walk(member.value, depth: 0)))
      }
    }
    return .object(result)
  }

  /// Finds schemas by the members that hold them.
  private static func walk(_ value: JSONValue, depth: Int) -> JSONValue {
    guard depth < JSONReader.maximumDepth else { return value }
    switch value {
    case .array(let elements): return .array(elements.map { walk($0, depth: depth + 1) })
    case .object(let members):
      return .object(
        members.map { member in
          switch member.key {
          case "schema", "itemSchema":
            .init(key: member.key, value: schema(member.value, depth: depth + 1))
          case "schemas":
            .init(key: member.key, value: schemas(member.value, depth: depth + 1))
          case "example", "examples", "default": member
          default: .init(key: member.key, value: walk(member.value, depth: depth + 1))
          }
        })
    default: return value
    }
  }

  private static func schemas(_ value: JSONValue, depth: Int) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object(members.map { .init(key: $0.key, value: schema($0.value, depth: depth + 1)) })
  }

  private static func schema(_ value: JSONValue, depth: Int) -> JSONValue {
    guard depth < JSONReader.maximumDepth, case .object(let members) = value else { return value }
    var result = JSONValue.object([])
    for member in members {
      switch member.key {
      case "const": result.set("enum", .array([member.value]))
      case "examples":
        if let first = member.value.array?.first { result.set("example", first) }
      case "exclusiveMinimum":
        result.set("minimum", member.value)
        result.set("exclusiveMinimum", .bool(true))
      case "exclusiveMaximum":
        result.set("maximum", member.value)
        result.set("exclusiveMaximum", .bool(true))
      case "prefixItems": result.set("items", .object([]))
      case "contentMediaType":
        result.set("format", .string(member.value.string == "application/octet-stream" ? "binary" : "byte"))
      case "contentSchema", "contentEncoding", "propertyNames", "patternProperties", "$schema", "$id", "$defs": break
      case "properties": result.set("properties", schemas(member.value, depth: depth + 1))
      case "items", "additionalProperties", "not":
        result.set(member.key, schema(member.value, depth: depth + 1))
      case "anyOf", "oneOf", "allOf":
        alternatives(member, into: &result, depth: depth)
      default: result.set(member.key, member.value)
      }
    }
    if result["type"]?.string == "null" {
      result.remove("type")
      result.set("nullable", .bool(true))
    }
    return wrapped(result)
  }

  /// A null among alternatives becomes `nullable`; one that remains alone takes the place of the list.
  private static func alternatives(_ member: JSONValue.Member, into result: inout JSONValue, depth: Int) {
    let all = member.value.array ?? []
    let rest = all.filter { $0["type"]?.string != "null" }.map { schema($0, depth: depth + 1) }
    if rest.count < all.count { result.set("nullable", .bool(true)) }
    if rest.count == 1, let only = rest.first, member.key != "allOf" {
      if only["$ref"] != nil {
        result.set("allOf", .array([only]))
      } else {
        for inner in only.members ?? [] where result[inner.key] == nil { result.set(inner.key, inner.value) }
      }
    } else {
      result.set(member.key, .array(rest))
    }
  }

  /// 3.0 ignores what stands beside `$ref`.
  private static func wrapped(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"], let members = value.members, members.count > 1 else { return value }
    let rest = members.filter { $0.key != "$ref" }
    return .object([.init(key: "allOf", value: .array([.object([.init(key: "$ref", value: reference)])]))] + rest)
  }
}
