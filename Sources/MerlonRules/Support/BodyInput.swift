import MerlonAPI
import MerlonBase

/// What a body can hold beyond what an operation means to take.
struct BodyInput {
  /// True when the caller may add fields of his own.
  private(set) var isOpen = false
  /// Fields that only the server should set.
  private(set) var privileged: [String] = []
  /// All fields by name, those of models inside models too.
  private(set) var fields: Set<String> = []

  init(_ operation: Operation, _ application: Application) {
    for parameter in operation.route.parameters where parameter.place == .body || parameter.place == .form {
      if parameter.type == "Any" || parameter.type.hasPrefix("dict") || parameter.type.hasPrefix("Mapping") {
        isOpen = true
      }
      if let schema = parameter.schema { read(schema, application, depth: 0) }
      if Self.isPrivileged(parameter.name), parameter.content != .model { privileged.append(parameter.name) }
    }
    for content in operation.route.requestBody?.content ?? [] {
      if case .object(let members) = content.value, let schema = members.first(where: { $0.key == "schema" })?.value {
        read(schema, application, depth: 0)
      }
    }
    if operation.route.traits.contains(where: { $0.kind == .rawBody }) { isOpen = true }
  }

  /// Why writing all of it is dangerous; nil when it is not.
  var danger: String? {
    if isOpen { return "the caller may add any field" }
    guard let first = privileged.first else { return nil }
    return "`\(first)` is among the fields"
  }

  /// Deepest level of references and alternatives that is looked at.
  private static let deepest = 6

  private mutating func read(_ schema: JSONValue, _ application: Application, depth: Int) {
    guard depth < Self.deepest, case .object(let members) = schema else { return }
    for member in members {
      switch (member.key, member.value) {
      case ("$ref", .string(let reference)):
        let name = String(reference.split(separator: "/").last ?? "")
        if let target = application.schemas[name] { read(target, application, depth: depth + 1) }
      case ("anyOf", .array(let parts)), ("oneOf", .array(let parts)), ("allOf", .array(let parts)):
        for part in parts { read(part, application, depth: depth + 1) }
      case ("items", _): read(member.value, application, depth: depth + 1)
      case ("additionalProperties", .bool(true)): isOpen = true
      case ("additionalProperties", .object): break
      case ("properties", .object(let properties)):
        fields.formUnion(properties.map(\.key))
        for property in properties where Self.isPrivileged(property.key) && !privileged.contains(property.key) {
          privileged.append(property.key)
        }
      default: break
      }
    }
  }

  /// True for fields that tell what someone may do, whose it is or what it is worth.
  static func isPrivileged(_ name: String) -> Bool {
    let words = Set(SensitiveNames.words(of: name))
    if [
      "role", "roles", "is_admin", "is_superuser", "is_staff", "admin", "superuser", "permissions", "scopes",
      "owner_id", "owner", "tenant_id", "organization_id", "org_id", "balance", "credit", "credits", "is_verified",
      "email_verified", "is_active", "hashed_password", "password_hash", "created_by", "author_id", "account_type",
    ].contains(name) {
      return true
    }
    return words.contains("admin") || words.contains("superuser")
  }
}
