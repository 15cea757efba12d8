import Foundation
import MerlonBase

/// As much of JSON Schema (drafts 4 and 7) as our own schema and SARIF's use. `format` is not looked at.
struct SchemaValidator {
  let root: JSONValue

  /// What is wrong with `value`, each with its path; empty when it is valid. A keyword that is not known here is an
  /// error too, so that nothing goes unchecked by accident.
  func errors(_ value: JSONValue) -> [String] {
    check(value, root, "$")
  }

  private static let annotations: Set<String> = [
    "$schema", "$id", "id", "title", "description", "default", "format", "definitions", "$comment",
  ]

  private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    var errors: [String] = []
    for member in schema.members ?? [] where !Self.annotations.contains(member.key) {
      switch member.key {
      case "$ref": errors += check(value, resolve(member.value.string ?? ""), path)
      case "type": if !hasType(value, member.value) { errors.append("\(path): not of type \(member.value)") }
      case "enum": if member.value.array?.contains(value) != true { errors.append("\(path): not one of the enum") }
      case "pattern": errors += checkPattern(value, member.value.string ?? "", path)
      case "minimum": if let n = value.number, n < member.value.number ?? 0 { errors.append("\(path): below minimum") }
      case "maximum": if let n = value.number, n > member.value.number ?? 0 { errors.append("\(path): above maximum") }
      case "minItems":
        if let items = value.array, items.count < member.value.integer ?? 0 { errors.append("\(path): too few items") }
      case "uniqueItems":
        if member.value.bool == true, let items = value.array, Set(items).count != items.count {
          errors.append("\(path): items not unique")
        }
      case "items":
        for (index, item) in (value.array ?? []).enumerated() {
          errors += check(item, member.value, "\(path)[\(index)]")
        }
      case "required":
        guard value.members != nil else { break }
        for key in member.value.array ?? [] where value[key.string ?? ""] == nil {
          errors.append("\(path): lacks \(key.string ?? "")")
        }
      case "properties", "additionalProperties": break
      case "oneOf", "anyOf":
        let matching = (member.value.array ?? []).count { check(value, $0, path).isEmpty }
        if matching == 0 || (member.key == "oneOf" && matching > 1) {
          errors.append("\(path): matches \(matching) of \(member.key)")
        }
      default: errors.append("\(path): unknown keyword \(member.key) in the schema")
      }
    }
    for member in value.members ?? [] {
      if let property = schema["properties"]?[member.key] {
        errors += check(member.value, property, "\(path).\(member.key)")
      } else if let additional = schema["additionalProperties"] {
        if additional == .bool(false) {
          errors.append("\(path): unknown member \(member.key)")
        } else if additional.members != nil {
          errors += check(member.value, additional, "\(path).\(member.key)")
        }
      }
    }
    return errors
  }

  private func resolve(_ reference: String) -> JSONValue {
    var target = root
    for key in reference.split(separator: "/").dropFirst() { target = target[String(key)] ?? .null }
    return target
  }

  private func hasType(_ value: JSONValue, _ type: JSONValue) -> Bool {
    if let types = type.array { return types.contains { hasType(value, $0) } }
    switch (type.string, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool),
      ("null", .null):
      return true
    case ("integer", .number): return value.integer != nil
    default: return false
    }
  }

  private func checkPattern(_ value: JSONValue, _ pattern: String, _ path: String) -> [String] {
    guard let text = value.string else { return [] }
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return ["\(path): bad pattern"] }
    let range = NSRange(text.startIndex..., in: text)
    return expression.firstMatch(in: text, range: range) == nil ? ["\(path): does not match \(pattern)"] : []
  }
}
