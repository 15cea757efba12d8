public import MerlonBase

/// Something in which two descriptions of an API differ, graded by what it means for who can reach what.
public struct APIDifference: Sendable, Hashable {
  public var severity: Severity
  /// Kebab case: `access-lowered`, `undocumented`, …
  public var kind: String
  public var method: String
  public var path: String
  /// What happened, one sentence, lower case start, no full stop; code in backticks.
  public var message: String
  /// Guard, field or parameter that it is about; empty where the operation itself is meant.
  public var subject: String
  public var before: String?
  public var after: String?
  /// The operation as the code has it now; as it was where it is gone.
  public var route: Route
}

// MARK: A change of the code

extension APIDifference {
  /// What a change did to an API, the worst first.
  ///
  /// High is what opens something: an operation that asks for less than before (critical when anyone may now call it
  /// and it changes something), a role that is no longer asked for, a secret in an answer. Medium is what may: a guard
  /// that is gone though another remains, a limit or a model that is gone, a new operation that anyone may call and
  /// that changes something. The rest is low or for information.
  public static func all(of changes: [ExposureChange]) -> [APIDifference] {
    var lowered: Set<Place> = []
    var guarded: Set<Place> = []
    for change in changes {
      if change.kind == .accessLowered { lowered.insert(Place(change)) }
      if change.kind == .guardAdded { guarded.insert(Place(change)) }
    }
    return changes.map { change in
      let place = Place(change)
      return make(
        change, severity: severity(of: change, isLowered: lowered.contains(place), isReplaced: guarded.contains(place)))
    }.sorted(by: isWorse)
  }

  private struct Place: Hashable {
    var method: String
    var path: String

    init(_ change: ExposureChange) {
      method = change.method
      path = change.path
    }
  }

  private static func severity(of change: ExposureChange, isLowered: Bool, isReplaced: Bool) -> Severity {
    switch change.kind {
    case .accessLowered:
      guard change.route.access.level == .anonymous else {
        return change.route.access.level == .unknown ? .medium : .high
      }
      if change.route.access.isPublicOnPurpose { return .low }
      return change.route.changesState ? .critical : .high
    case .guardLost:
      // The lower access says it already; a guard for another is most often a new name.
      if isLowered { return .low }
      return change.subject.hasPrefix("requirement ") ? .high : isReplaced ? .low : .medium
    case .routeAdded:
      guard change.route.isUnprotected else { return .info }
      return change.route.changesState ? .medium : .low
    case .fieldReturned: return isSecret(change.subject) ? .high : .low
    case .responseModelLost, .rateLimitLost: return .medium
    case .hidden, .parameterAccepted: return .low
    case .routeRemoved, .accessRaised, .guardAdded, .fieldNoLongerReturned, .parameterNoLongerAccepted, .rateLimitAdded,
      .documented:
      return .info
    }
  }

  private static func make(_ change: ExposureChange, severity: Severity) -> APIDifference {
    APIDifference(
      severity: severity, kind: change.kind.name, method: change.method, path: change.path,
      message: message(of: change), subject: change.subject, before: change.before, after: change.after,
      route: change.route)
  }

  private static func message(of change: ExposureChange) -> String {
    let before = change.before.map(words) ?? "nothing"
    let after = change.after.map(words) ?? "nothing"
    let subject = change.subject
    switch change.kind {
    case .routeAdded: return "new operation, open to \(after)"
    case .routeRemoved: return "the operation is gone; it was open to \(before)"
    case .accessLowered:
      let what = change.route.access.level == .anonymous ? "authentication removed" : "access lowered"
      return "\(what): open to \(after), before to \(before)"
    case .accessRaised: return "access raised: open to \(after), before to \(before)"
    case .guardLost:
      return subject.hasPrefix("requirement ")
        ? "`\(subject.dropFirst("requirement ".count))` is no longer required" : "the guard `\(subject)` is gone"
    case .guardAdded:
      return subject.hasPrefix("requirement ")
        ? "`\(subject.dropFirst("requirement ".count))` is now required" : "guarded by `\(subject)` now"
    case .fieldReturned: return "the answer now has the field `\(subject)`"
    case .fieldNoLongerReturned: return "the answer no longer has the field `\(subject)`"
    case .responseModelLost: return "no model filters the answer any more (before: `\(change.before ?? "")`)"
    case .parameterAccepted: return "takes `\(subject)` now"
    case .parameterNoLongerAccepted: return "no longer takes `\(subject)`"
    case .rateLimitLost: return "the limit on the rate of requests is gone"
    case .rateLimitAdded: return "the rate of requests is limited now"
    case .documented: return "is in the document now"
    case .hidden: return "is no longer in the document"
    }
  }

  private static func words(_ level: String) -> String {
    AccessRequirement.Level(rawValue: level).map(\.audience) ?? level
  }

  /// Names of fields that nobody means to hand out.
  private static func isSecret(_ field: String) -> Bool {
    let name = field.lowercased()
    return ["password", "passwd", "secret", "token", "hash", "api_key", "apikey", "private_key", "ssn", "totp"]
      .contains { name.contains($0) }
  }
}

// MARK: A published document

extension APIDifference {
  /// What code and document don't agree on, the worst first.
  ///
  /// High is a document that promises protection which the code does not have, and an undocumented operation that
  /// anyone may call and that changes something; medium is another one that anyone may call, and a documented one that
  /// the code does not have.
  public static func all(of comparison: APIComparison) -> [APIDifference] {
    var found: [APIDifference] = []
    for operation in comparison.undocumented {
      let route = operation.route
      let severity: Severity =
        route.isUnprotected
        ? (route.isInSchema && route.changesState ? .high : .medium) : route.isInSchema ? .low : .info
      let hidden = route.isInSchema ? "" : ", hidden from the schema by the code"
      found.append(
        make(
          operation, severity, "undocumented", "not in the document\(hidden); open to \(route.access.level.audience)"))
    }
    for operation in comparison.shadow {
      found.append(
        make(operation, .medium, "shadow", "in the document and not in this code: gone, or served by something else"))
    }
    for match in comparison.matches {
      for difference in match.differences { found.append(make(match, difference)) }
    }
    return found.sorted(by: isWorse)
  }

  private static func make(_ match: APIComparison.Match, _ difference: APIComparison.Difference) -> APIDifference {
    switch difference {
    case .trailingSlash:
      return make(match.code, .info, "trailing-slash", "the document writes `\(match.document.path)`")
    case .parameterOnlyInCode(let place, let name):
      return make(
        match.code, .low, "parameter-undocumented", "takes the undocumented \(place.rawValue) `\(name)`", name)
    case .parameterOnlyInDocument(let place, let name):
      return make(
        match.code, .info, "parameter-not-taken", "the document has the \(place.rawValue) `\(name)`, the code does not",
        name)
    case .requiredOnlyInCode(let place, let name):
      return make(
        match.code, .info, "required-in-code", "the \(place.rawValue) `\(name)` is required, not so in the document",
        name)
    case .requiredOnlyInDocument(let place, let name):
      return make(
        match.code, .low, "required-in-document",
        "the \(place.rawValue) `\(name)` may be missing, not so in the document", name)
    case .body(let code, _):
      return make(
        match.code, .low, "body", code ? "takes an undocumented body" : "the document has a body, the code takes none")
    case .security(let code, let document):
      let isBroken = code.isEmpty && match.code.route.access.level == .anonymous
      var result = make(
        match.code, isBroken ? .high : .low, "security",
        isBroken
          ? "the document promises \(list(document)), and anyone may call it"
          : "asks for \(list(code)), by the document for \(list(document))")
      result.before = document.joined(separator: ", ")
      result.after = code.joined(separator: ", ")
      return result
    }
  }

  private static func list(_ schemes: [String]) -> String {
    schemes.isEmpty ? "nothing" : schemes.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func make(
    _ operation: APIComparison.Operation, _ severity: Severity, _ kind: String, _ message: String,
    _ subject: String = ""
  ) -> APIDifference {
    APIDifference(
      severity: severity, kind: kind, method: operation.method, path: operation.path, message: message,
      subject: subject, before: nil, after: nil, route: operation.route)
  }

  private static func isWorse(_ left: APIDifference, _ right: APIDifference) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    return (left.path, left.method, left.kind, left.subject) < (right.path, right.method, right.kind, right.subject)
  }
}

extension ExposureChange.Kind {
  /// In kebab case.
  public var name: String {
    var text = ""
    for character in rawValue {
      if character.isUppercase { text += "-" }
      text += character.lowercased()
    }
    return text
  }
}

extension AccessRequirement.Level {
  /// Who may call, in words behind "open to".
  public var audience: String {
    switch self {
    case .anonymous: "anyone"
    case .authenticated: "anyone who is signed in"
    case .authorized: "callers with a role or scope"
    case .owner: "the owner of the object"
    case .unknown: "whomever a guard lets through that could not be judged"
    }
  }
}
