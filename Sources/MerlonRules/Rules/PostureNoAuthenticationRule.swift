import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Says, as information, what a bare FastAPI application does not do by itself (S1).
struct PostureNoAuthenticationRule: ProjectRule {
  static let weakness = Weakness.postureNoAuthentication

  func check(_ project: ProjectContext) {
    for posture in project.postures {
      let facts = posture.facts
      guard !facts.authenticates else { continue }
      posture.application.context.report(
        Self.weakness, at: posture.application.call.node, "no operation of this application asks who is calling")
    }
  }
}

/// Says the same of an application whose modules know how to authenticate, and none of whose operations does.
struct PostureWithoutGuardsRule: ModelRule {
  static let weakness = Weakness.postureNoAuthentication

  func check(_ model: APIModel, in context: ModelContext) {
    let told = Set((context.project?.postures ?? []).filter { !$0.facts.authenticates }.map { $0.application.place })
    for application in model.applications {
      guard let place = application.location, !told.contains(place), isOpen(application) else { continue }
      context.report(
        Self.weakness, at: place, "no operation of this application asks who is calling",
        scope: application.module, identity: [application.name])
    }
  }

  private func isOpen(_ application: Application) -> Bool {
    let routes = application.routes.filter { ($0.kind == .http || $0.kind == .websocket) && $0.mountedAt == nil }
    guard !routes.isEmpty, application.middleware.allSatisfy({ $0.guardFacts?.enforces.isEmpty ?? true }) else {
      return false
    }
    return routes.allSatisfy { route in
      route.access.level == .anonymous && route.security.isEmpty && route.handlerFacts?.enforces.isEmpty ?? true
        && route.dependencies.allSatisfy { $0.guardFacts?.gaps.isEmpty ?? true }
    }
  }
}
