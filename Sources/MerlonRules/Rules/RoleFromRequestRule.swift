import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for roles and identities that the caller states: in a header, a query parameter, the body or an unverified token.
struct RoleFromRequestRule: ModelRule {
  static let weakness = Weakness.roleFromRequest

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for trait in operation.route.traits {
        guard trait.kind == .privilegeFromInput || trait.kind == .identityFromInput else { continue }
        // A secret that the caller shows is a credential, whatever it is compared with.
        if !Set(SensitiveNames.words(of: trait.subject)).isDisjoint(with: [
          "token", "key", "secret", "password", "signature", "apikey", "authorization", "code",
        ]) {
          continue
        }
        if context.isReported(["MRL221"], of: operation) { continue }
        // Who logs in, or comes back from an identity provider, says who he is and proves it there.
        let names = OperationNames(operation.route)
        if trait.kind == .identityFromInput, names.isEntrance || names.isLogin || names.isWebhook { continue }
        if trait.subject.isEmpty || trait.subject == "[]" { continue }
        // A field of the body is what is to be changed; comparing it is a check more often than a decision.
        if trait.kind == .identityFromInput || trait.message.contains("decides"),
          trait.message.split(separator: "`", omittingEmptySubsequences: false).dropFirst().first?.contains(".")
            ?? false
        {
          continue
        }
        // The speakers of a conversation have roles too, which give no rights.
        if !Set(SensitiveNames.words(of: trait.message)).isDisjoint(with: [
          "message", "messages", "chat", "chats", "conversation", "conversations",
        ]) {
          continue
        }
        if context.isReported(["MRL110"], in: operation.definition) { continue }
        // Who may hand out roles may write them; a scope alone (`client:update`) does not let one hand out others.
        if trait.kind == .privilegeFromInput,
          context.asksRole(operation) && !handsOutBeyondItsScope(trait, operation)
            || context.isReported(["MRL212", "MRL210"], of: operation)
        {
          continue
        }
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, subject: trait.subject, confidence: .medium,
          effects: operation.changes, flow: trait.steps)
        if let parameter = operation.route.parameters.first(where: { $0.name == trait.subject }),
          parameter.declaredBy != operation.route.endpoint?.fullName, let place = parameter.location
        {
          context.report(
            Self.weakness, on: operation, at: place,
            "`\(trait.subject)` decides access, and it is what the caller states",
            subject: trait.subject, confidence: .medium, effects: operation.effects)
        }
        if let handler = operation.definition, !contains(handler, trait.location) {
          context.report(
            Self.weakness, on: operation, "access is decided by what the caller states: \(trait.message)",
            subject: trait.subject, confidence: .medium, effects: operation.effects, flow: trait.steps)
        }
      }
    }
  }

  /// True where scopes or permissions are written and the operation asks for a scope that is not an administrator's.
  private func handsOutBeyondItsScope(_ trait: OperationTrait, _ operation: Operation) -> Bool {
    let subject = Set(SensitiveNames.words(of: trait.subject))
    guard !subject.isDisjoint(with: ["scope", "scopes", "permission", "permissions"]) else { return false }
    let asked = operation.access.requirements
    return !asked.isEmpty
      && asked.allSatisfy { text in
        text.contains(":")
          && Set(SensitiveNames.words(of: text)).isDisjoint(with: [
            "admin", "owner", "root", "superuser", "permission", "assign",
          ])
      }
  }

  private func contains(_ outer: SourceLocation, _ inner: SourceLocation) -> Bool {
    outer.path == inner.path && outer.start <= inner.start && inner.end <= outer.end
  }
}
