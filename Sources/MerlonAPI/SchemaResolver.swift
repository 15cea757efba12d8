public import MerlonBase

/// Follows `$ref` inside one document.
public struct SchemaResolver: Sendable {
  /// Most references that are followed in a row: real documents need three or four.
  public static let maximumHops = 16

  private let root: JSONValue
  /// `components/schemas`, where nearly all references lead.
  private let schemas: [String: JSONValue]

  public init(document: JSONValue) {
    self.root = document
    self.schemas = Dictionary(
      (document["components"]?["schemas"]?.members ?? []).map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// For an application of the model, whose schemas stand under `components/schemas`.
  public init(schemas: [String: JSONValue]) {
    self.root = .object([])
    self.schemas = schemas
  }

  /// The value itself, or what its `$ref` leads to; nil for a cycle, a missing target, or a target outside of the
  /// document.
  public func resolve(_ value: JSONValue) -> JSONValue? {
    var current = value
    for _ in 0..<Self.maximumHops {
      guard let reference = current["$ref"]?.string else { return current }
      guard let target = target(of: reference) else { return nil }
      current = target
    }
    return nil
  }

  /// RFC 6901 with the fragment form of section 6.
  private func target(of reference: String) -> JSONValue? {
    guard reference.hasPrefix("#/") else { return nil }
    let componentPrefix = "#/components/schemas/"
    if reference.hasPrefix(componentPrefix), let found = schemas[String(reference.dropFirst(componentPrefix.count))] {
      return found
    }
    var current = root
    for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
      let key = Self.unescaped(part)
      if let index = Int(key), let elements = current.array {
        guard elements.indices.contains(index) else { return nil }
        current = elements[index]
      } else {
        guard let next = current[key] else { return nil }
        current = next
      }
    }
    return current
  }

  private static func unescaped(_ part: Substring) -> String {
    var bytes: [UInt8] = []
    var utf8 = part.utf8[...]
    while let first = utf8.popFirst() {
      if first == UInt8(ascii: "%"), let high = utf8.first.flatMap(hexadecimal), utf8.count >= 2,
        let low = hexadecimal(utf8[utf8.index(after: utf8.startIndex)])
      {
        bytes.append(high << 4 | low)
        utf8 = utf8.dropFirst(2)
      } else if first == UInt8(ascii: "~"), utf8.first == UInt8(ascii: "0") {
        bytes.append(UInt8(ascii: "~"))
        utf8 = utf8.dropFirst()
      } else if first == UInt8(ascii: "~"), utf8.first == UInt8(ascii: "1") {
        bytes.append(UInt8(ascii: "/"))
        utf8 = utf8.dropFirst()
      } else {
        bytes.append(first)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}

/// A property that a schema describes, at any depth.
public struct SchemaProperty: Sendable, Hashable {
  /// Path from the root: `owner.email`; `[]` for elements of arrays, `{}` for values of maps.
  public var path: String
  /// `string`, `integer | null`, `array`, …
  public var type: String
  public var isRequired: Bool
  /// Name of the component that holds it; empty for schemas without a name.
  public var owner: String
}

extension SchemaResolver {
  /// The properties of a schema and of what it refers to, each component entered once on a path.
  ///
  /// - Parameters:
  ///   - depth: deepest nesting of objects.
  ///   - limit: most properties; what lies beyond is left out.
  public func properties(of schema: JSONValue, depth: Int = 8, limit: Int = 2_000) -> [SchemaProperty] {
    var found: [SchemaProperty] = []
    collect(schema, prefix: "", open: [], depth: depth, limit: limit, into: &found)
    return found
  }

  private func collect(
    _ schema: JSONValue, prefix: String, open: [String], depth: Int, limit: Int, into found: inout [SchemaProperty]
  ) {
    guard depth > 0, found.count < limit else { return }
    var open = open
    var owner = open.last ?? ""
    if let reference = schema["$ref"]?.string {
      guard !open.contains(reference) else { return }
      open.append(reference)
      owner = reference
    }
    guard let resolved = resolve(schema) else { return }
    let required = Set((resolved["required"]?.array ?? []).compactMap(\.string))
    let ownerName = owner.split(separator: "/").last.map(String.init) ?? ""
    for property in resolved["properties"]?.members ?? [] {
      let path = prefix.isEmpty ? property.key : prefix + "." + property.key
      if !found.contains(where: { $0.path == path }) {
        found.append(
          SchemaProperty(
            path: path, type: type(of: property.value), isRequired: required.contains(property.key), owner: ownerName))
      }
      collect(property.value, prefix: path, open: open, depth: depth - 1, limit: limit, into: &found)
    }
    if let items = resolved["items"] {
      collect(items, prefix: prefix + "[]", open: open, depth: depth - 1, limit: limit, into: &found)
    }
    if let values = resolved["additionalProperties"], values.members != nil {
      collect(values, prefix: prefix + "{}", open: open, depth: depth - 1, limit: limit, into: &found)
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
      for choice in resolved[keyword]?.array ?? [] {
        collect(choice, prefix: prefix, open: open, depth: depth - 1, limit: limit, into: &found)
      }
    }
  }

  /// A schema's type in a few words: the name of a component, `array<Item>`, `string | null`.
  public func type(of schema: JSONValue) -> String { type(of: schema, depth: 6) }

  private func type(of schema: JSONValue, depth: Int) -> String {
    guard depth > 0 else { return "any" }
    if let reference = schema["$ref"]?.string { return reference.split(separator: "/").last.map(String.init) ?? "any" }
    for keyword in ["anyOf", "oneOf"] {
      if let choices = schema[keyword]?.array, !choices.isEmpty {
        return choices.prefix(8).map { type(of: $0, depth: depth - 1) }.joined(separator: " | ")
      }
    }
    if let choices = schema["allOf"]?.array, choices.count == 1, let only = choices.first {
      return type(of: only, depth: depth - 1)
    }
    var name = schema["type"]?.string ?? "any"
    if let names = schema["type"]?.array { name = names.compactMap(\.string).joined(separator: " | ") }
    if name == "array", let items = schema["items"] { name = "array<\(type(of: items, depth: depth - 1))>" }
    if let format = schema["format"]?.string { name += "(\(format))" }
    if schema["nullable"]?.bool == true { name += " | null" }
    return name
  }
}
