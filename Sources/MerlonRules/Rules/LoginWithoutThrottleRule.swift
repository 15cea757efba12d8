import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for operations where passwords or codes can be tried without limit.
struct LoginWithoutThrottleRule: ModelRule {
  static let weakness = Weakness.loginWithoutThrottle

  func check(_ model: APIModel, in context: ModelContext) {
    let throttled = Throttling(context)
    for operation in context.operations
    where operation.route.kind == .http && !operation.isSafeMethod && operation.route.endpoint?.location != nil {
      guard let what = secret(operation, model.applications[operation.applicationIndex]), !throttled.covers(operation)
      else { continue }
      context.report(
        Self.weakness, on: operation, "\(what) without limit at `\(operation.title)`", confidence: .medium,
        effects: operation.effects.filter { $0.kind == .credential })
    }
  }

  /// What can be tried or asked for here, as the beginning of a sentence.
  private func secret(_ operation: Operation, _ application: Application) -> String? {
    let names = OperationNames(operation.route)
    let given = operation.route.parameters.filter { $0.place != .path && $0.place != .query || names.isLogin }
    let takesPassword =
      given.contains { Self.isShown($0.name) || $0.type.hasSuffix("PasswordRequestForm") }
      || BodyInput(operation, application).fields.contains(where: Self.isShown)
    if names.isReset { return "codes can be asked for and tried" }
    // Where an account is made, or a caller who is known changes his own password, there is nothing to guess.
    if names.isRegistration || operation.isGuarded { return nil }
    if names.isLogin, takesPassword { return "passwords can be tried" }
    return nil
  }

  private static func isShown(_ name: String) -> Bool {
    SensitiveNames.isPassword(name) || SensitiveNames.isOneTimeSecret(name) || ["code", "otp", "pin"].contains(name)
  }
}

/// Which operations have a limit on the number of requests: their own, a middleware's, or one that the code of the
/// application mentions anywhere (an answer 429, a limiter).
struct Throttling {
  private let limited: Set<SourceLocation>
  private let model: APIModel

  init(_ context: ModelContext) {
    limited = Set((context.project?.postures ?? []).filter(\.facts.limitsRate).map { $0.application.place })
    model = context.model
  }

  func covers(_ operation: Operation) -> Bool {
    if operation.access.isRateLimited || operation.enforcements.contains(.rate) { return true }
    let application = model.applications[operation.applicationIndex]
    if application.middleware.contains(where: { $0.guardFacts?.enforces.contains(.rate) ?? false }) { return true }
    return application.location.map(limited.contains) ?? false
  }
}
