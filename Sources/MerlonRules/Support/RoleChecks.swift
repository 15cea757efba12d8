import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

extension ModelContext {
  /// True when a dependency of an operation compares a role: the model says so, or its own code does.
  func asksRole(_ operation: Operation) -> Bool {
    if operation.access.level == .authorized { return true }
    return operation.route.dependencies.contains { comparesRole($0.callable) }
  }

  /// True for a function that makes the guard rather than being it: another function is defined in it.
  func isMaker(_ callable: CodeReference) -> Bool {
    guard let definition = callable.location, let module = module(at: definition) else { return false }
    let tree = module.tree
    var count = 0
    tree.walk(tree.root) { node in
      let range = tree.range(node)
      guard range.end > definition.range.start, range.start < definition.range.end else { return false }
      if tree.kind(node) == .functionDef || tree.kind(node) == .asyncFunctionDef, definition.range.contains(range) {
        count += 1
      }
      return true
    }
    return count > 1
  }

  /// True when the code of a callable raises something.
  func raises(_ callable: CodeReference) -> Bool {
    guard let definition = callable.location, let module = module(at: definition) else { return false }
    let tree = module.tree
    var found = false
    tree.walk(tree.root) { node in
      let range = tree.range(node)
      guard !found, range.end > definition.range.start, range.start < definition.range.end else { return false }
      if tree.kind(node) == .raise, definition.range.contains(range) { found = true }
      return !found
    }
    return found
  }

  private func comparesRole(_ callable: CodeReference) -> Bool {
    if let known = roleChecks[callable.fullName] { return known }
    let result = isNamedForRights(callable) || looksAtRole(callable.location)
    roleChecks[callable.fullName] = result
    return result
  }

  /// `requires_access_dag`, `check_permission`: who asks for rights need not compare them in its own code.
  private func isNamedForRights(_ callable: CodeReference) -> Bool {
    !Set(SensitiveNames.words(of: callable.qualifiedName)).isDisjoint(with: [
      "access", "permission", "permissions", "acl", "rbac", "policy", "authorize", "authorized", "authorization",
    ])
  }

  /// True when the code of an operation looks at the caller's role.
  func comparesRoleItself(_ operation: Operation) -> Bool { looksAtRole(operation.definition) }

  private func looksAtRole(_ definition: SourceLocation?) -> Bool {
    guard let definition, let module = module(at: definition) else { return false }
    let tree = module.tree
    var found = false
    tree.walk(tree.root) { node in
      let range = tree.range(node)
      guard !found, range.end > definition.range.start, range.start < definition.range.end else { return false }
      guard tree.kind(node) == .compare, definition.range.contains(range) else { return true }
      // A role that every account has is no more than being logged in.
      var isEveryone = false
      tree.walk(node) { part in
        if let text = tree.stringValue(part), ["user", "users", "active"].contains(text.lowercased()) {
          isEveryone = true
        }
        return !isEveryone
      }
      if isEveryone { return false }
      tree.walk(node) { part in
        if tree.kind(part) == .attribute, Self.roleNames.contains(tree.text(tree.attribute(part).name)) { found = true }
        return !found
      }
      return !found
    }
    return found
  }

  private static let roleNames: Set<String> = [
    "role", "roles", "permissions", "scopes", "is_admin", "is_superuser", "is_staff", "level",
  ]
}
