import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for objects that are chosen by one identifier while another one of the request was checked.
struct CheckedIdentifierNotUsedRule: ModelRule {
  static let weakness = Weakness.checkedIdentifierNotUsed

  func check(_ model: APIModel, in context: ModelContext) {
    let owned = OwnedEntities(context)
    for operation in context.operations
    where operation.isGuarded && !operation.access.isPublicOnPurpose && !context.asksRole(operation) {
      var seen: Set<String> = []
      for access in operation.route.objectAccesses
      where access.tie == .otherIdentifierChecked && owned.contains(access, of: operation)
        && seen.insert(access.parameter).inserted
      {
        let object = access.entity.isEmpty ? "the object" : "`\(access.entity)`"
        context.report(
          Self.weakness, on: operation, at: access.location,
          "`\(access.parameter)` chooses \(object), and only another identifier of the request is checked",
          subject: access.parameter, confidence: .medium,
          // Where the guard could not be judged, it may well look at the object too.
          severity: operation.access.level == .unknown ? .medium : nil,
          effects: [Effect(kind: access.effect, target: access.entity, location: access.location)], flow: access.steps)
      }
    }
  }
}
