import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for what is served outside of the dependencies: mounted applications, plain routes, files.
struct UnguardedMountRule: ModelRule {
  static let weakness = Weakness.unguardedMount

  func check(_ model: APIModel, in context: ModelContext) {
    for (index, application) in model.applications.enumerated() where !application.isMounted {
      let isGuarded = hasGuardForAll(application)
      let mine = context.operations.filter { $0.applicationIndex == index }
      guard let any = mine.first, context.facts.hasAuthentication(around: any) else { continue }
      for operation in mine {
        switch operation.route.kind {
        case .mount: checkMount(operation, mine, isGuarded: isGuarded, context)
        case .starlette where isGuarded && operation.isOpen: checkPlainRoute(operation, context)
        case .frontend where isGuarded: checkFrontend(operation, context)
        case .http, .websocket, .host, .starlette, .frontend: break
        }
      }
    }
  }

  /// True when every operation of the application has a guard that the application declares.
  private func hasGuardForAll(_ application: Application) -> Bool {
    application.routes.contains { route in
      route.dependencies.contains {
        $0.declaredBy == .application
          && !($0.guardFacts?.enforces.isDisjoint(with: [.authentication, .authorization]) ?? true)
      }
    }
  }

  private func checkMount(
    _ mount: Operation, _ operations: [Operation], isGuarded: Bool, _ context: ModelContext
  ) {
    let below = operations.filter { $0.route.mountedAt == mount.route.path && AccessFacts.counts($0) }
    let harmful = below.filter { operation in
      operation.isOpen
        && (operation.changes.contains { $0.kind.gravity > 1 } || OpenOperation(operation, in: context.facts) != nil)
    }
    if let worst = harmful.first, below.allSatisfy({ !$0.isGuarded }) {
      context.report(
        Self.weakness, on: mount,
        "the application at `\(mount.route.path)` asks nobody who is calling: `\(worst.title)` is open to anyone",
        confidence: isGuarded ? .high : .medium, effects: worst.changes,
        siblings: context.facts.guardedSiblings(of: worst))
    } else if below.isEmpty, isGuarded, mount.access.level == .anonymous, !isFiles(mount.route) {
      context.report(
        Self.weakness, on: mount,
        "what is mounted at `\(mount.route.path)` lies outside of the dependencies of the application",
        confidence: .medium, severity: .medium)
    }
  }

  /// Pages and pictures are public nearly everywhere.
  private func isFiles(_ route: Route) -> Bool {
    route.directory != nil || (route.mountedClass?.hasSuffix("StaticFiles") ?? false)
  }

  private func checkPlainRoute(_ operation: Operation, _ context: ModelContext) {
    let names = OperationNames(operation.route)
    guard !names.isEntrance, !names.isPublicContent, operation.route.endpoint?.location != nil,
      !operation.access.isPublicOnPurpose
    else { return }
    context.report(
      Self.weakness, on: operation,
      "`\(operation.title)` is a plain route, which the application's dependencies don't cover",
      confidence: .medium, severity: operation.changes.isEmpty ? .medium : .high, effects: operation.changes)
  }

  /// `app.frontend()` came without the dependencies (0.138) and has them since 0.139.0.
  private func checkFrontend(_ operation: Operation, _ context: ModelContext) {
    guard context.options.fastAPIVersion?.hasPrefix("0.138.") ?? false else { return }
    context.report(
      Self.weakness, on: operation,
      "FastAPI 0.138 serves the files of `frontend()` without the dependencies of the application", confidence: .medium)
  }
}
