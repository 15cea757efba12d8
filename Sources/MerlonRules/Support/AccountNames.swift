/// Words of names for people who log in, and for the records that are kept of them.
enum AccountNames {
  static let words: Set<String> = [
    "user", "users", "account", "accounts", "admin", "superuser", "member", "customer", "employee", "staff", "operator",
    "person", "principal", "partner", "merchant", "tenant", "subscriber", "login",
  ]
}
