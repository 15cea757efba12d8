import MerlonAPI
import MerlonFlow

/// Decides how the caller takes part in choosing or checking an object.
struct TieReader {
  let operation: OperationReader

  typealias Identifier = OperationReader.Identifier

  func tie(of index: Int, selector: Identifier, frame: OperationReader.Frame) -> ObjectAccess.Tie {
    let access = frame.summary.accesses[index]
    if let own = frame.isTied[index] { return own }
    if let same = sameIdentifier(frame.entities[index]?.name ?? access.entityName, selector) { return same }
    if let checked = checkOfIdentifier(selector) { return checked }
    if isRoleGuarded(access) { return .role }
    if isOpaque(access, selector) { return .unknown }
    if otherIsTied(access, selector) { return .otherIdentifierChecked }
    return .none
  }

  /// The query is bound to the principal, or the object is compared with it.
  func direct(_ access: Access, isDependency: Bool) -> ObjectAccess.Tie? {
    if access.strength == .form, operation.hasPrincipal(access.choosers) {
      return isDependency ? .checkedByDependency : .queried
    }
    if operation.hasPrincipal(access.partners) { return isDependency ? .checkedByDependency : .compared }
    // Only what a dependency gave can have been compared elsewhere; most objects are not of that kind.
    let given = access.object.filter { object in
      guard case .label(let label) = object.root else { return false }
      return label >= Label.firstDependency
    }
    guard !given.isEmpty else { return nil }
    for frame in operation.frames {
      for check in frame.summary.checks where !check.isOpaque {
        let values = check.values
        let isSame = values.contains { value in given.contains { $0.root == value.root } }
        if isSame, operation.hasPrincipal(values) { return frame.position == nil ? .compared : .checkedByDependency }
      }
    }
    return nil
  }

  /// Another access with the same identifier is tied, and that decides about this one too.
  private func sameIdentifier(_ name: String, _ selector: Identifier) -> ObjectAccess.Tie? {
    for frame in operation.frames {
      for (index, other) in frame.summary.accesses.enumerated() {
        guard let tie = frame.isTied[index], frame.identifiers[index].contains(where: { $0.name == selector.name })
        else { continue }
        switch tie {
        case .queried where (frame.entities[index]?.name ?? other.entityName) == name || other.isRequired:
          return .queried
        case .compared: return .compared
        case .checkedByDependency: return .checkedByDependency
        default: continue
        }
      }
    }
    return nil
  }

  /// The identifier itself is tested together with the principal.
  private func checkOfIdentifier(_ selector: Identifier) -> ObjectAccess.Tie? {
    var opaque: ObjectAccess.Tie?
    for frame in operation.frames {
      for check in frame.summary.checks
      where operation.mentions(check.values, selector.name) && operation.hasPrincipal(check.values) {
        if check.isOpaque {
          opaque = .unknown
        } else if frame.position != nil {
          return .checkedByDependency
        } else {
          let others = check.values.filter { value in
            switch operation.meaning(value) {
            case .principal: false
            case .client(_, let name): name != selector.name
            case nil: if case .label = value.root { false } else { true }
            }
          }
          return others.isEmpty ? .own : .compared
        }
      }
    }
    return opaque
  }

  func isRoleGuarded(_ access: Access) -> Bool {
    if operation.dependencies.contains(where: \.enforcesRole) { return true }
    if access.guards.contains(where: isRole) { return true }
    // A test in a dependency guards everything behind it.
    return operation.frames.contains { frame in
      frame.position != nil && !isAuthentication(frame)
        && frame.summary.checks.contains { isRole($0) && $0.raises }
    }
  }

  /// A test of the principal alone, by something that speaks of roles.
  private func isRole(_ check: Check) -> Bool {
    guard check.isRole, operation.hasPrincipal(check.values) else { return false }
    return operation.clients(in: check.values).isEmpty
  }

  /// A call that can't be followed gets both the identifier and the principal, and may be the check.
  private func isOpaque(_ access: Access, _ selector: Identifier) -> Bool {
    if access.strength == .name, operation.hasPrincipal(access.choosers) { return true }
    if access.guards.contains(where: { $0.isOpaque && operation.hasPrincipal($0.values) }) { return true }
    return operation.frames.contains { frame in
      frame.summary.opaque.contains { call in
        FieldNames.isCheck(call.name) && operation.mentions(call.values, selector.name)
          && operation.hasPrincipal(call.values)
      }
    }
  }

  /// Another identifier of the request is tied to the principal; credentials are none.
  private func otherIsTied(_ access: Access, _ selector: Identifier) -> Bool {
    for frame in operation.frames where !isAuthentication(frame) {
      for index in frame.summary.accesses.indices where frame.isTied[index] != nil {
        if frame.identifiers[index].contains(where: { $0.name != selector.name && isObjectPlace($0.place) }) {
          return true
        }
      }
      for check in frame.summary.checks where operation.hasPrincipal(check.values) {
        let others = operation.clients(in: check.values)
        guard !others.contains(where: { $0.name == selector.name }) else { continue }
        if others.contains(where: { isObjectPlace($0.place) && FieldNames.isIdentifier(lastName($0.name)) }) {
          return true
        }
      }
    }
    return false
  }

  /// True for what finds the caller; what is handed the caller decides more.
  private func isAuthentication(_ frame: OperationReader.Frame) -> Bool {
    frame.position != nil && frame.callable.returnsPrincipal && !frame.callable.roles.values.contains(.principal)
  }

  private func isObjectPlace(_ place: Parameter.Place) -> Bool { place != .header && place != .cookie }

  private func lastName(_ name: String) -> String { name.split(separator: ".").last.map(String.init) ?? name }
}
