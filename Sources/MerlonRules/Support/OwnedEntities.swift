import MerlonAPI
import MerlonBase

/// Which kinds of objects belong to someone, and where helpers load them with a tie to the caller.
struct OwnedEntities {
  private var tied: Set<String> = []
  private var safePlaces: Set<SourceLocation> = []

  init(_ context: ModelContext) {
    for operation in context.operations {
      for access in operation.route.objectAccesses {
        switch access.tie {
        case .queried, .compared, .own, .checkedByDependency:
          if !access.entity.isEmpty { tied.insert(access.entity) }
          safePlaces.insert(access.location)
        case .role, .otherIdentifierChecked, .none, .unknown: break
        }
      }
    }
  }

  /// True when the object is one that a stranger must not choose.
  func contains(_ access: ObjectAccess, of operation: Operation) -> Bool {
    if tied.contains(access.entity) { return true }
    if stopsRunning(access) { return true }
    guard !access.entity.isEmpty else { return access.effect.gravity >= 2 && !tied.isEmpty }
    return EntityNames.isPrivate(access.entity)
  }

  /// What runs for someone (`tasks[task_id]`, `jobs.pop(job_id)`) is his to stop.
  private func stopsRunning(_ access: ObjectAccess) -> Bool {
    guard access.effect == .delete else { return false }
    let running: Set<String> = ["task", "job", "run", "session", "worker", "process", "stream"]
    let entity = Set(SensitiveNames.words(of: access.entity).map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 })
    return !entity.isDisjoint(with: running)
      && !entity.isDisjoint(with: SensitiveNames.words(of: access.parameter))
  }

  /// True when another operation reaches the same load with a tie of its own.
  func isUsedSafely(at place: SourceLocation) -> Bool { safePlaces.contains(place) }
}
