/// What names of fields, parameters and functions tell, where nothing better does.
///
/// These are words of the field (owner, tenant, role, id), never of one application. Each is a hint that needs a fact
/// beside it: a column, a comparison, a request's value.
enum FieldNames {
  private static let owners: [String] = [
    "owner_id", "user_id", "owner", "user", "created_by", "created_by_id", "creator_id", "creator", "author_id",
    "account_id", "customer_id", "member_id", "owner_user_id", "user_uuid", "owned_by", "uploaded_by",
    "uploader_id", "sender_id", "patient_id", "employee_id", "profile_id", "buyer_id", "seller_id", "tenant_id",
    "tenant", "org_id", "organization_id", "organisation_id", "organization", "company_id", "workspace_id", "team_id",
    "group_id", "namespace_id", "user_identity", "uid", "userid", "ownerid", "createdby", "user_email", "owner_email",
  ]
  private static let privileged: Set<String> = [
    "is_admin", "is_superuser", "is_staff", "admin", "superuser", "role", "roles", "role_id", "permissions",
    "permission", "scopes", "scope", "privileges", "access_level", "user_type", "is_verified", "is_active", "verified",
    "email_verified", "balance", "credit", "credits", "credit_limit", "wallet", "points", "password_hash",
    "hashed_password", "is_owner", "is_approved", "approved", "is_premium", "plan", "tier", "groups", "group",
    "disabled", "is_disabled", "is_banned", "discount", "token_version", "api_key", "is_moderator",
  ]
  private static let roles: Set<String> = [
    "role", "roles", "is_admin", "is_superuser", "is_staff", "admin", "superuser", "permissions", "permission",
    "scopes", "scope", "privileges", "groups", "is_moderator", "access_level", "user_type", "authorities", "claims",
    "rank", "level", "is_root", "is_owner",
  ]
  private static let principals: Set<String> = [
    "user", "account", "member", "customer", "employee", "person", "principal", "profile", "userdb", "userdbmodel",
    "usermodel", "dbuser", "userorm", "usertable", "users", "accounts", "patient", "staff", "login", "appuser",
  ]
  private static let keys: Set<String> = [
    "id", "_id", "pk", "uuid", "guid", "slug", "key", "code", "number", "reference", "ref", "handle", "identifier",
    "object_id", "oid", "uid", "token", "sku", "filename", "file_name", "storage_name", "email", "username", "name",
  ]

  /// How surely a column names an owner: 0 is best; nil when it does not.
  static func ownerRank(_ name: String) -> Int? { owners.firstIndex(of: name.lowercased()) }

  static func isPrivileged(_ name: String) -> Bool {
    let name = name.lowercased()
    return privileged.contains(name) || (ownerRank(name) ?? .max) < owners.count
  }

  /// Columns that grant something to a principal, owners left out.
  static func grantsPrivilege(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "role", "roles", "role_id", "is_admin", "is_superuser", "is_staff", "admin", "superuser", "permissions",
      "permission", "scopes", "scope", "privileges", "access_level", "user_type", "is_owner", "is_moderator", "is_root",
    ].contains(name)
  }

  static func isRole(_ name: String) -> Bool { roles.contains(name.lowercased()) }

  /// Names of roles that every account has; of alternatives (`admin|user`) one is enough.
  static func isEveryone(_ role: String) -> Bool {
    role.lowercased().split(separator: "|").contains { everyone.contains(String($0)) }
  }

  private static let everyone: Set<String> = [
    "user", "users", "member", "customer", "client", "viewer", "reader", "guest", "basic", "standard", "regular",
    "authenticated", "default", "active", "pending",
  ]

  static func isPrincipalEntity(_ name: String) -> Bool { principals.contains(name.lowercased()) }

  /// Foreign keys to users that do not name the owner.
  static func isBystander(_ column: String) -> Bool {
    ["approved_by", "reviewed_by", "updated_by", "deleted_by", "assignee", "recipient", "receiver", "to_user"].contains
    {
      column.lowercased().hasPrefix($0)
    }
  }

  /// True for names of values that choose one object (or some): `id`, `item_id`, `file_ids`, `uuid`.
  static func isIdentifier(_ name: String) -> Bool {
    if name.hasSuffix("Id") || name.hasSuffix("ID") || name.hasSuffix("Ids") { return true }
    let name = name.lowercased()
    if keys.contains(name) || name == "ids" { return true }
    return [
      "_id", "_ids", "_uuid", "_uuids", "_guid", "_slug", "_key", "_number", "_code", "_pk", "_name", "_ref",
      "_token",
    ].contains { name.hasSuffix($0) }
  }

  /// True for columns whose value names one object or the objects of one parent.
  static func isKeyColumn(_ name: String) -> Bool { isIdentifier(name) }

  private static let loads = [
    "get_", "load_", "find_", "fetch_", "read_", "retrieve_", "lookup_", "query_", "download_", "describe_",
  ]
  private static let deletes = ["delete_", "remove_", "destroy_", "drop_", "purge_", "erase_"]
  private static let updates = [
    "update_", "save_", "change_", "edit_", "modify_", "patch_", "replace_", "rename_", "cancel_", "stop_",
    "approve_", "reject_", "close_", "archive_", "restore_", "transfer_", "assign_", "revoke_",
    "enable_", "disable_", "reset_", "terminate_", "kill_", "resume_", "pause_", "retry_", "publish_",
  ]

  /// What a function that can't be followed seems to do, by its name; nil when the name says nothing.
  static func hintedEffect(_ name: String) -> EffectHint? {
    let name = name.lowercased()
    for prefix in deletes where name.hasPrefix(prefix) || name == prefix.dropLast() { return .delete }
    for prefix in updates where name.hasPrefix(prefix) { return .update }
    for prefix in loads where name.hasPrefix(prefix) { return .read }
    return nil
  }

  enum EffectHint { case read, update, delete }

  private static let checks = [
    "check", "require", "ensure", "verify", "assert", "authorize", "authorise", "enforce", "validate", "has_", "can_",
    "is_allowed", "is_authorized", "is_owner", "allow", "permit", "guard", "must_",
  ]
  private static let checkParts: [StaticString] = [
    "access", "permission", "authoriz", "authoris", "allowed", "owner", "privilege", "acl", "policy",
  ]

  /// True for functions that, by their name, decide whether something is allowed.
  static func isCheck(_ name: String) -> Bool {
    if WordSearch.contains(name, anyOf: checkParts) { return true }
    let name = name.lowercased().drop { $0 == "_" }
    return checks.contains { name.hasPrefix($0) }
  }

  /// Functions that, by their name, decide on what a principal may do, whatever the object.
  static func isRoleCheck(_ name: String) -> Bool {
    WordSearch.contains(
      name, anyOf: ["admin", "permission", "role", "scope", "superuser", "privilege", "authoriz", "authoris"])
  }
}

/// Looks for words in names, without regard to case.
enum WordSearch {
  /// - Parameter words: in lower case, of ASCII letters, digits and spaces, not empty.
  static func contains(_ text: String, anyOf words: [StaticString]) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      words.contains { word in
        word.withUTF8Buffer { word in
          guard let first = word.first, bytes.count >= word.count else { return false }
          return (0...bytes.count - word.count).contains { start in
            bytes[start] | 0x20 == first
              && word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
          }
        }
      }
    }
  }
}
