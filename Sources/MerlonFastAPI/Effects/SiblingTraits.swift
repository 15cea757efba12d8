import MerlonAPI
import MerlonBase

/// Traits that only show beside the other operations of an application.
enum SiblingTraits {
  /// A list of an entity that nothing ties to the caller, though the operation of a single object is tied.
  static func add(to routes: inout [Route], _ entities: EntityTable) {
    var tied: [String: String] = [:]
    for route in routes {
      for access in route.objectAccesses where !access.isNameOnly && !access.entity.isEmpty {
        switch access.tie {
        case .queried, .compared, .checkedByDependency:
          if tied[access.entity] == nil { tied[access.entity] = route.path }
        default: continue
        }
      }
    }
    _ = tied
  }
}
