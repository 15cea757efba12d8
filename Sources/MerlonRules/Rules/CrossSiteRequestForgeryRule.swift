import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for changes that a cookie alone allows, where that cookie is sent along from other sites.
///
/// `SameSite=lax`, the default of Starlette's `set_cookie` and of its sessions, keeps cookies out of foreign forms; only
/// a cookie that is set with `none` is at risk.
struct CrossSiteRequestForgeryRule: ModelRule {
  static let weakness = Weakness.crossSiteRequestForgery

  func check(_ model: APIModel, in context: ModelContext) {
    guard let project = context.project else { return }
    let cookies = (project.calls(.setCookie) + project.calls(.sessionMiddleware)).filter(Self.isSentFromElsewhere)
    guard let cookie = cookies.first else { return }
    let place = cookie.place
    let exposed = context.operations.filter { operation in
      operation.route.kind == .http && !operation.isSafeMethod && isByCookie(operation)
        && !operation.enforcements.contains(.origin)
        && !model.applications[operation.applicationIndex].middleware.contains {
          $0.guardFacts?.enforces.contains(.origin) ?? false
        }
    }
    guard let first = exposed.first(where: { !$0.changes.isEmpty }) ?? exposed.first else { return }
    let more = exposed.count > 1 ? " and \(exposed.count - 1) more" : ""
    context.report(
      Self.weakness, on: first, at: place,
      "the cookie is sent from other sites too (`SameSite=none`), and `\(first.title)`\(more) asks for nothing else",
      confidence: .medium, effects: first.changes)
  }

  private static func isSentFromElsewhere(_ located: LocatedCall) -> Bool {
    let value = located.call["sameSite"] ?? located.call[named: "samesite"] ?? located.call[named: "same_site"]
    return located.context.string(value)?.lowercased() == "none"
  }

  private func isByCookie(_ operation: Operation) -> Bool {
    let sources = operation.route.dependencies.compactMap(\.guardFacts).filter { !$0.enforces.isEmpty }
      .reduce(into: Set<CredentialSource>()) { $0.formUnion($1.credentials) }
    return sources.contains(.cookie) || sources.contains(.session)
  }
}
