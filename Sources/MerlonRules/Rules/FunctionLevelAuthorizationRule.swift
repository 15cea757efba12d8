import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations that ask for a log-in where their siblings ask for a role or for the object's owner.
struct FunctionLevelAuthorizationRule: ModelRule {
  static let weakness = Weakness.functionLevelAuthorization

  func check(_ model: APIModel, in context: ModelContext) {
    let roles = Roles(context)
    for operation in context.operations
    where AccessFacts.counts(operation) && operation.access.level == .authenticated
      && !operation.access.isPublicOnPurpose && !context.asksRole(operation)
    {
      guard operation.knowsCaller, !context.comparesRoleItself(operation) else { continue }
      if let (siblings, confidence) = roles.expectation(of: operation), needsRole(operation) {
        report(operation, siblings, confidence, context)
      } else if let access = operation.route.objectAccesses.first(where: {
        Self.isPeopleManagement($0, operation, context)
      }) {
        let object = access.entity
        context.report(
          Self.weakness, on: operation, "any authenticated caller can \(access.effect.verb) any `\(object)`",
          confidence: .medium, effects: operation.changes,
          siblings: roles.authorized.prefix(3).map { ($0, AccessFacts.asks($0)) }, flow: access.steps)
      } else if let (guardName, siblings) = roles.missingGuard(of: operation) {
        context.report(
          Self.weakness, on: operation,
          "`\(guardName)` is missing, which the other operations on the same objects ask for", confidence: .medium,
          effects: operation.effects, siblings: siblings.prefix(3).map { ($0, "asks for `\(guardName)`") })
      }
    }
  }

  /// True where something is at stake: a change, or data that its name calls private.
  private func needsRole(_ operation: Operation) -> Bool {
    guard !operation.route.objectAccesses.contains(where: { $0.tie == .own || $0.tie == .queried }) else {
      return false
    }
    let names = OperationNames(operation.route)
    // What a caller does to himself needs no role.
    guard names.pathWords.isDisjoint(with: ["me", "self", "mine", "profile", "my"]) else { return false }
    if let change = operation.changes.first, names.isAdministrative || change.kind.gravity > 1 {
      return change.kind != .send
    }
    if !operation.isSafeMethod { return names.isAdministrative }
    return operation.effects.contains { EntityNames.isPrivate($0.target) }
      && names.isAdministrative
  }

  private func report(
    _ operation: Operation, _ siblings: [Operation], _ confidence: Confidence, _ context: ModelContext
  ) {
    let what = operation.changes.first.map { $0.kind.words($0.target) } ?? "call it"
    var message = "any authenticated caller can \(what)"
    if let sibling = siblings.first { message += ", while `\(sibling.title)` \(AccessFacts.asks(sibling))" }
    context.report(
      Self.weakness, on: operation, message, confidence: confidence,
      severity: operation.changes.isEmpty && operation.isSafeMethod ? .medium : .high, effects: operation.changes,
      siblings: siblings.prefix(3).map { ($0, AccessFacts.asks($0)) })
  }

  /// True for deleting or changing another account by its identifier, where the project knows roles.
  static func isPeopleManagement(_ access: ObjectAccess, _ operation: Operation, _ context: ModelContext) -> Bool {
    guard access.tie == .none, operation.knowsCaller,
      access.effect == .delete || access.effect == .update || access.effect == .credential,
      context.operations.contains(where: { context.asksRole($0) })
    else { return false }
    return !Set(SensitiveNames.words(of: access.entity)).isDisjoint(with: [
      "user", "users", "account", "accounts", "member", "members", "role", "roles", "permission", "permissions",
      "employee", "employees", "staff", "admin",
    ])
  }
}

/// What the project's operations ask beyond a log-in.
private struct Roles {
  let authorized: [Operation]
  private let context: ModelContext
  private let byModule: [String: [Operation]]

  init(_ context: ModelContext) {
    self.context = context
    let counted = context.operations.filter { AccessFacts.counts($0) && $0.isGuarded }
    authorized = counted.filter { context.asksRole($0) }
    byModule = Dictionary(grouping: counted, by: \.group)
  }

  /// The siblings with a role that let one expect a role here, and how sure that is; nil where nothing does.
  func expectation(of operation: Operation) -> ([Operation], Confidence)? {
    guard !authorized.isEmpty else { return nil }
    let siblings = (byModule[operation.group] ?? []).filter { $0.route.endpoint != operation.route.endpoint }
    let withRole = siblings.filter { context.asksRole($0) && isAlike($0, operation) }
    let share = siblings.isEmpty ? 0 : Double(withRole.count) / Double(siblings.count)
    let isAdministrative = OperationNames(operation.route).isAdministrative
    if withRole.count >= 2, share >= (isAdministrative ? 0.5 : 0.75) {
      return (withRole, isAdministrative ? .high : .medium)
    }
    if withRole.count >= 1, isAdministrative, !operation.changes.isEmpty { return (withRole, .medium) }
    return nil
  }

  /// Reading is often allowed to more people than changing.
  private func isAlike(_ sibling: Operation, _ operation: Operation) -> Bool {
    if operation.isSafeMethod { return sibling.isSafeMethod }
    if OperationNames(operation.route).isAdministrative { return true }
    return !Set(sibling.changes.map(\.kind)).isDisjoint(with: operation.changes.map(\.kind))
  }

  /// A guard of the objects that most others with the same path parameter have, and this one lacks.
  ///
  /// Objects are told apart by their path parameter (`{task_id}`), which a package names alike everywhere. The guard
  /// must be one that looks at the parameter: authorisation or ownership.
  func missingGuard(of operation: Operation) -> (String, [Operation])? {
    guard !operation.enforcements.contains(.ownership), !operation.enforcements.contains(.authorization) else {
      return nil
    }
    let names = Set(operation.route.dependencies.map(\.callable.fullName))
    let package = packageName(operation)
    for parameter in operation.route.parameters where parameter.place == .path {
      let others = context.operations.filter { other in
        AccessFacts.counts(other) && packageName(other) == package && other.route.endpoint != operation.route.endpoint
          && other.route.parameters.contains { $0.place == .path && $0.name == parameter.name }
      }
      guard others.count >= 3 else { continue }
      var having: [String: [Operation]] = [:]
      for other in others {
        let guards = Set(
          other.route.dependencies.filter {
            !($0.guardFacts?.enforces.isDisjoint(with: [.ownership, .authorization]) ?? true)
          }.map(\.callable.fullName))
        for name in guards where !names.contains(name) { having[name, default: []].append(other) }
      }
      guard let best = having.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
        best.value.count >= 3, Double(best.value.count) / Double(others.count) >= 0.6
      else { continue }
      return (String(best.key.split(separator: ".").last ?? ""), best.value)
    }
    return nil
  }

  private func packageName(_ operation: Operation) -> String {
    operation.group.split(separator: ".").dropLast().joined(separator: ".")
  }
}

extension Effect.Kind {
  /// "change", as the verb of "can … it".
  var verb: String {
    switch self {
    case .read: "read"
    case .create: "create"
    case .update: "change"
    case .delete: "delete"
    case .send: "send"
    case .execute: "run"
    case .fileRead: "read"
    case .fileWrite: "write"
    case .credential: "take over"
    case .payment: "pay with"
    }
  }
}
