import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for objects that a caller chooses by an identifier while nothing ties them to him.
///
/// Only kinds of objects that belong to someone count: others bind them to the caller, or their name says so. A helper
/// that every caller uses without a tie is reported itself; one that some use safely is reported at those that do not.
struct ObjectLevelAuthorizationRule: ModelRule {
  static let weakness = Weakness.objectLevelAuthorization

  func check(_ model: APIModel, in context: ModelContext) {
    let owned = OwnedEntities(context)
    var places: [SourceLocation: [(Operation, ObjectAccess)]] = [:]
    var order: [SourceLocation] = []
    for operation in context.operations where asksWhoIsCalling(operation, context) {
      // One finding an operation and parameter: a load and the change of what it gave are one fault.
      for access in worst(operation.route.objectAccesses, where: { owned.contains($0, of: operation) }) {
        // A code that is hard to guess is the right to what it names.
        if isCapability(access.parameter) || isContent(access.parameter) { continue }
        if FunctionLevelAuthorizationRule.isPeopleManagement(access, operation, context) { continue }
        if places[access.location] == nil { order.append(access.location) }
        places[access.location, default: []].append((operation, access))
      }
    }
    for place in order {
      guard let found = places[place], let (first, access) = found.first else { continue }
      if owned.isUsedSafely(at: place) || found.count == 1 {
        let isChecked = owned.isUsedSafely(at: place)
        for (operation, access) in found {
          report(access, operation, at: nearest(access, operation), [], isCheckedElsewhere: isChecked, context)
        }
      } else {
        report(access, first, at: place, found.dropFirst().map(\.0), isCheckedElsewhere: false, context)
      }
    }
  }

  /// Identities are known, and no role decides.
  private func asksWhoIsCalling(_ operation: Operation, _ context: ModelContext) -> Bool {
    guard !operation.access.isPublicOnPurpose, AccessFacts.counts(operation), !OperationNames(operation.route).isWebhook
    else { return false }
    switch operation.access.level {
    case .authenticated, .owner, .unknown: break
    case .anonymous, .authorized: return false
    }
    // A key of a service stands for no one whose objects they could be.
    return operation.knowsCaller && !context.asksRole(operation)
  }

  /// The gravest untied access of each parameter.
  private func worst(_ accesses: [ObjectAccess], where isOwned: (ObjectAccess) -> Bool) -> [ObjectAccess] {
    var byParameter: [String: ObjectAccess] = [:]
    var order: [String] = []
    for access in accesses where access.tie == .none && isOwned(access) {
      guard let known = byParameter[access.parameter] else {
        order.append(access.parameter)
        byParameter[access.parameter] = access
        continue
      }
      if access.effect.gravity > known.effect.gravity { byParameter[access.parameter] = access }
    }
    // What is tied at another place by the same identifier has been checked there.
    let tied = Set(accesses.filter { $0.tie != .none && $0.tie != .unknown }.map(\.parameter))
    return order.filter { !tied.contains($0) }.compactMap { byParameter[$0] }
  }

  private func isCapability(_ parameter: String) -> Bool {
    let words = Set(SensitiveNames.words(of: parameter))
    return !words.isDisjoint(with: ["code", "token", "secret", "voucher", "signature", "key", "hash", "invite"])
  }

  /// What is stored or said, and chooses nothing.
  private func isContent(_ parameter: String) -> Bool {
    let last = parameter.split(separator: ".").last.map(String.init) ?? parameter
    let words = Set(SensitiveNames.words(of: last))
    return !words.isDisjoint(with: [
      "password", "passwd", "message", "messages", "content", "text", "prompt", "description", "title", "email",
      "query", "limit", "offset", "page", "order", "sort", "status", "type",
    ]) && words.isDisjoint(with: ["id", "ids", "uuid"])
  }

  /// The access itself when it stands in the handler's file, else the handler.
  private func nearest(_ access: ObjectAccess, _ operation: Operation) -> SourceLocation? {
    guard let handler = operation.route.endpoint?.location else { return access.location }
    let isInside =
      access.location.path == handler.path && handler.start <= access.location.start
      && access.location.end <= handler.end
    return isInside ? access.location : nil
  }

  private func report(
    _ access: ObjectAccess, _ operation: Operation, at place: SourceLocation?, _ others: [Operation],
    isCheckedElsewhere: Bool, _ context: ModelContext
  ) {
    let object = access.entity.isEmpty ? "the object" : "`\(access.entity)`"
    let more = others.isEmpty ? "" : " (and \(others.count) more operations)"
    let message =
      "any caller can \(access.effect.verb) \(object) that `\(access.parameter)` of `\(operation.title)`\(more) names: nothing ties it to him"
    context.report(
      Self.weakness, on: operation, at: place, message, subject: access.parameter,
      confidence: operation.access.level == .unknown ? .medium : .high,
      // Reading what others check before they read it is a leak; what nobody checks may be meant for all.
      // Where the guard could not be judged, it may well look at the object too.
      severity: operation.access.level == .unknown
        || access.effect.gravity == 0 && (access.place == .body || !isCheckedElsewhere) ? .medium : .high,
      effects: [Effect(kind: access.effect, target: access.entity, location: access.location)],
      siblings: others.map { ($0, "does the same") }, flow: access.steps)
  }
}
