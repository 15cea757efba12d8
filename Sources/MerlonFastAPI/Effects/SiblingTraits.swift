import MerlonAPI
import MerlonBase

/// Traits that only show beside the other operations of an application.
enum SiblingTraits {
  /// A list of an entity that nothing ties to the caller, though the operation of a single object is tied.
  ///
  /// - Parameter lists: the open lists of each route, in the order of the routes.
  static func add(to routes: inout [Route], _ lists: [[EffectFacts.OpenList]]) {
    // The operations on one kind of object stand together in a module; what is elsewhere has another purpose.
    var tied: [String: [String: String]] = [:]
    for route in routes {
      for access in route.objectAccesses where !access.isNameOnly && !access.entity.isEmpty {
        switch access.tie {
        case .queried, .compared, .checkedByDependency:
          let module = route.endpoint?.module ?? ""
          if tied[access.entity]?[module] == nil { tied[access.entity, default: [:]][module] = route.path }
        default: continue
        }
      }
    }
    for index in routes.indices where index < lists.count {
      for list in lists[index] {
        guard let sibling = tied[list.entity]?[routes[index].endpoint?.module ?? ""] else { continue }
        routes[index].traits.append(
          OperationTrait(
            kind: .listWithoutOwnerFilter, subject: list.entity,
            message: "all `\(list.entity)` objects are listed, while `\(sibling)` ties a single one to the caller",
            location: list.location))
      }
    }
  }
}
