/// What a change to the code did to the exposure of the API.
public struct ExposureChange: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case routeAdded, routeRemoved
    /// Who may call it: fewer are asked for a credential, a role or ownership than before, or more are.
    case accessLowered, accessRaised
    case guardLost, guardAdded
    /// A field leaves that did not leave before, or no longer leaves.
    case fieldReturned, fieldNoLongerReturned
    /// The answer is no longer filtered by a model.
    case responseModelLost
    case parameterAccepted, parameterNoLongerAccepted
    case rateLimitLost, rateLimitAdded
    /// The operation is now in the document, or no longer.
    case documented, hidden

    /// True for what widens what a caller can reach or see.
    public var isWider: Bool {
      switch self {
      case .routeAdded, .accessLowered, .guardLost, .fieldReturned, .responseModelLost, .parameterAccepted,
        .rateLimitLost:
        true
      default: false
      }
    }
  }

  public var kind: Kind
  /// `GET`, or `WEBSOCKET`, `MOUNT` and the like for routes without methods.
  public var method: String
  public var path: String
  /// Name of the guard, field or parameter; empty where the operation itself is meant.
  public var subject: String
  /// What held before and what holds now, where that says more than the kind: access levels, types of fields.
  public var before: String?
  public var after: String?
  /// The route as it is now; as it was for removed ones.
  public var route: Route

  /// All changes from one state of the code to another, by path, method and kind.
  public static func all(from old: APIModel, to new: APIModel) -> [ExposureChange] {
    let before = operations(of: old)
    let after = operations(of: new)
    var changes: [ExposureChange] = []
    for (key, now) in after {
      if let then = before[key] {
        changes += compare(then, now, key: key)
      } else {
        changes.append(
          make(.routeAdded, key, after: now.access.level.rawValue, route: now))
      }
    }
    for (key, then) in before where after[key] == nil {
      changes.append(make(.routeRemoved, key, before: then.access.level.rawValue, route: then))
    }
    return changes.sorted {
      ($0.path, $0.method, $0.kind.rawValue, $0.subject) < ($1.path, $1.method, $1.kind.rawValue, $1.subject)
    }
  }

  private struct Key: Hashable {
    let application: String
    let method: String
    let template: String
    let path: String

    static func == (left: Key, right: Key) -> Bool {
      (left.application, left.method, left.template) == (right.application, right.method, right.template)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(application)
      hasher.combine(method)
      hasher.combine(template)
    }
  }

  private static func operations(of model: APIModel) -> [Key: Route] {
    let applications = model.applications.filter { !$0.isMounted }
    var result: [Key: Route] = [:]
    for application in applications {
      // With one application on a side it may be moved and renamed and is still the same API.
      let name = applications.count == 1 ? "" : application.module + ":" + application.name
      for route in application.routes {
        let methods = route.methods.isEmpty ? [route.kind.rawValue.uppercased()] : route.methods
        for method in methods {
          let key = Key(
            application: name, method: method, template: PathTemplate.normalised(route.path), path: route.path)
          // The first route that matches answers.
          if result[key] == nil { result[key] = route }
        }
      }
    }
    return result
  }

  private static func compare(_ then: Route, _ now: Route, key: Key) -> [ExposureChange] {
    var changes: [ExposureChange] = []
    let ranks = (rank(then.access.level), rank(now.access.level))
    if ranks.0 != ranks.1 {
      changes.append(
        make(
          ranks.1 < ranks.0 ? .accessLowered : .accessRaised, key, before: then.access.level.rawValue,
          after: now.access.level.rawValue, route: now))
    }
    let guards = (Set(guardNames(then)), Set(guardNames(now)))
    for name in guards.0.subtracting(guards.1) { changes.append(make(.guardLost, key, subject: name, route: now)) }
    for name in guards.1.subtracting(guards.0) { changes.append(make(.guardAdded, key, subject: name, route: now)) }
    if then.access.isRateLimited != now.access.isRateLimited {
      changes.append(make(now.access.isRateLimited ? .rateLimitAdded : .rateLimitLost, key, route: now))
    }
    if then.response.model != nil, now.response.model == nil {
      changes.append(make(.responseModelLost, key, before: then.response.model, route: now))
    }
    changes += difference(
      fields(then), fields(now), added: .fieldReturned, removed: .fieldNoLongerReturned, key: key, route: now)
    changes += difference(
      parameters(then), parameters(now), added: .parameterAccepted, removed: .parameterNoLongerAccepted, key: key,
      route: now)
    if then.isInSchema != now.isInSchema {
      changes.append(make(now.isInSchema ? .documented : .hidden, key, route: now))
    }
    return changes
  }

  private static func difference(
    _ then: [String: String], _ now: [String: String], added: Kind, removed: Kind, key: Key, route: Route
  ) -> [ExposureChange] {
    var changes: [ExposureChange] = []
    for (name, type) in now where then[name] == nil {
      changes.append(make(added, key, subject: name, after: type, route: route))
    }
    for (name, type) in then where now[name] == nil {
      changes.append(make(removed, key, subject: name, before: type, route: route))
    }
    return changes
  }

  private static func make(
    _ kind: Kind, _ key: Key, subject: String = "", before: String? = nil, after: String? = nil, route: Route
  ) -> ExposureChange {
    ExposureChange(
      kind: kind, method: key.method, path: key.path, subject: subject, before: before, after: after, route: route)
  }

  /// A guard of which is not known whether it holds is more than none and less than a verified one.
  private static func rank(_ level: AccessRequirement.Level) -> Int {
    switch level {
    case .anonymous: 0
    case .unknown: 1
    case .authenticated: 2
    case .authorized: 3
    case .owner: 4
    }
  }

  private static func guardNames(_ route: Route) -> [String] {
    let dependencies = route.dependencies.filter { dependency in
      dependency.isSecurityScheme || dependency.guardFacts?.enforces.isEmpty == false
    }
    return dependencies.map { $0.variable ?? $0.callable.fullName } + route.access.enforcedBy
      + route.access.requirements.map { "requirement \($0)" }
  }

  private static func fields(_ route: Route) -> [String: String] {
    Dictionary(route.response.fields.map { ($0.path, $0.type) }, uniquingKeysWith: { first, _ in first })
  }

  private static func parameters(_ route: Route) -> [String: String] {
    Dictionary(
      route.parameters.map { ("\($0.place.rawValue) \($0.alias)", $0.type) }, uniquingKeysWith: { first, _ in first })
  }
}
