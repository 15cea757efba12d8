import MerlonAPI
import MerlonBase

/// Why an operation that asks nobody who is calling is a weakness, and how grave it is.
struct OpenOperation {
  let effect: Effect?
  let kind: Effect.Kind
  private(set) var severity: Severity
  let confidence: Confidence
  /// What anyone can do: "delete `Item`".
  let words: String

  /// Nil where being open is right, or where nothing tells that it is wrong.
  init?(_ operation: Operation, in facts: AccessFacts) {
    self.init(judging: operation, in: facts)
    // Where all that stands beside it can be passed as well, an operator has to switch the log-in on.
    if severity > .medium, facts.guardedSiblings(of: operation).isEmpty { severity = .medium }
    // An operation that refuses some callers itself asks something, if only whether it is switched on.
    if severity > .medium, operation.route.handlerFacts?.refusesStrangers ?? false { severity = .medium }
  }

  private init?(judging operation: Operation, in facts: AccessFacts) {
    // A route for every method hands requests on to code that is no operation.
    guard operation.isOpen, !operation.access.isPublicOnPurpose, operation.route.methods.count < 5,
      AccessFacts.counts(operation),
      operation.route.kind != .websocket
    else { return nil }
    let contrast = facts.contrast(of: operation)
    guard contrast > .none else { return nil }
    let names = OperationNames(operation.route)
    guard !names.isEntrance, !names.isLogin, !names.isReset, !names.isRegistration else { return nil }
    // A token, signature or code that the caller shows may be all the credential there is.
    guard !operation.gaps.isEmpty || !Self.takesCapability(operation, facts) else { return nil }

    if let change = operation.changes.first(where: {
      !operation.isSafeMethod || $0.kind.gravity == 3 && $0.through.count <= 1
    }) {
      self.init(change: change, names, contrast)
    } else if operation.isSafeMethod || operation.route.methods.isEmpty {
      self.init(reading: operation, names, contrast, facts)
    } else if let kind = operation.promisedKind {
      self.init(promised: kind, operation, names, contrast, facts)
    } else {
      return nil
    }
  }

  private init?(change: Effect, _ names: OperationNames, _ contrast: AccessFacts.Contrast) {
    let gravity = change.kind.gravity
    if change.kind == .credential, !names.words.isDisjoint(with: ["auth", "token", "session", "login", "oauth"]) {
      return nil
    }
    let isCatalogued = names.isVisitorForm || names.isWebhook
    effect = change
    kind = change.kind
    words = change.kind.words(change.target)
    switch (gravity, contrast) {
    case (3, .module...):
      severity = isCatalogued ? .medium : .high
      confidence = contrast == .strong && !isCatalogued ? .high : .medium
    case (3, .application): (severity, confidence) = (isCatalogued ? .medium : .high, .medium)
    case (3, _): (severity, confidence) = (.medium, isCatalogued ? .low : .medium)
    case (2, .strong): (severity, confidence) = (isCatalogued ? .medium : .high, isCatalogued ? .low : .high)
    case (2, .module), (2, .application): (severity, confidence) = (.medium, isCatalogued ? .low : .medium)
    case (2, _): (severity, confidence) = (.medium, .low)
    case (_, .strong) where !isCatalogued: (severity, confidence) = (.medium, .medium)
    default: (severity, confidence) = (.low, .low)
    }
  }

  private init?(
    reading operation: Operation, _ names: OperationNames, _ contrast: AccessFacts.Contrast, _ facts: AccessFacts
  ) {
    let reads = operation.effects.filter { $0.kind == .read || $0.kind == .fileRead }
    let secret = reads.first { EntityNames.isSecret($0.target) }
    let isPublic = names.isPublicContent || names.isVisitorForm
    // A middleware that could not be judged may stand in front.
    guard operation.access.level == .anonymous else { return nil }
    guard let found = secret ?? reads.first(where: { facts.isPrivate($0.target) }) else {
      // Nothing is known of what it tells; alone among many that are guarded it has probably been forgotten.
      let count = facts.count(beside: operation)
      guard !isPublic, contrast == .strong, count.guarded >= 5, count.share >= 0.85, !operation.route.path.isEmpty
      else { return nil }
      (effect, kind, severity, confidence) = (nil, .read, .medium, .medium)
      words = "call it"
      return
    }
    guard contrast >= .application || secret != nil else { return nil }
    // The settings that a page needs before anyone has logged in.
    let isForPages =
      !names.lastPathWords.isDisjoint(with: ["config", "configuration", "features", "info", "meta"])
      && names.pathWords.isDisjoint(with: ["admin", "debug", "internal"])
    guard !isForPages else { return nil }
    effect = found
    kind = .read
    words = found.kind.words(found.target)
    severity = secret != nil ? .high : .medium
    confidence = names.isPublicContent || isPublic && contrast < .strong ? .low : .medium
  }

  private init?(
    promised kind: Effect.Kind, _ operation: Operation, _ names: OperationNames, _ contrast: AccessFacts.Contrast,
    _ facts: AccessFacts
  ) {
    guard !names.isVisitorForm, !names.isWebhook, contrast >= .application else { return nil }
    effect = nil
    self.kind = kind
    words = "call it"
    let share = facts.count(beside: operation).share
    switch kind {
    case .delete where contrast == .strong: (severity, confidence) = (.high, .medium)
    case .delete, .update: (severity, confidence) = (.medium, .medium)
    default:
      guard contrast == .strong, share >= 0.75 else { return nil }
      (severity, confidence) = (.medium, .medium)
    }
  }

  /// True when the caller shows something that is hard to guess: a share token, a signature, a reset code, a password.
  private static func takesCapability(_ operation: Operation, _ facts: AccessFacts) -> Bool {
    let names =
      operation.route.parameters.flatMap { [$0.alias, $0.name] }
      + facts.body(of: operation).fields.filter { $0 != "key" }
    return names.contains { name in
      let words = Set(SensitiveNames.words(of: name))
      return !words.isDisjoint(with: [
        "token", "signature", "sig", "secret", "password", "passwd", "pwd", "otp", "nonce", "ticket", "hmac", "apikey",
        "authorization", "invite", "invitation", "jwt", "captcha", "code", "credential", "credentials",
      ]) || words.isSuperset(of: ["api", "key"]) || words.isSuperset(of: ["access", "key"])
    }
  }
}

extension Operation {
  /// The guard that lets callers without a credential through; nil when there is none, or when others can be passed too.
  var optionalGuard: (dependency: Dependency, gap: GuardGap)? {
    let asksOptionally = route.security.contains { $0.autoError == false }
    for (dependency, gap) in gaps {
      // Another dependency that refuses, in whatever way, stands before the operation too.
      let isRefusedElsewhere = route.dependencies.contains { other in
        other.callable != dependency.callable && other.guardFacts?.refusesStrangers ?? false
      }
      if isRefusedElsewhere { continue }
      switch gap.kind {
      case .missingCredentialAccepted: return (dependency, gap)
      case .credentialNotVerified where asksOptionally: return (dependency, gap)
      default: continue
      }
    }
    return nil
  }

  /// A dependency that does not enforce what it seems to, with the reason; the gravest first.
  var gaps: [(dependency: Dependency, gap: GuardGap)] {
    route.dependencies.flatMap { dependency -> [(dependency: Dependency, gap: GuardGap)] in
      // A scheme only takes the credential; verifying it is the affair of who depends on it. Uncalled it is MRL202.
      if dependency.isSecurityScheme, dependency.parent != nil { return [] }
      if dependency.kind == .class, dependency.callable.module.hasPrefix("fastapi.security") { return [] }
      return (dependency.guardFacts?.gaps ?? []).map { (dependency, $0) }
    }
  }
}
