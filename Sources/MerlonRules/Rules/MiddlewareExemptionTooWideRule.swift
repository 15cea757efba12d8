import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for middleware that authenticates and lets requests through by an end, a part or a form of the path that other
/// operations have too.
struct MiddlewareExemptionTooWideRule: ModelRule {
  static let weakness = Weakness.middlewareExemptionTooWide

  func check(_ model: APIModel, in context: ModelContext) {
    for (index, application) in model.applications.enumerated() {
      let mine = context.operations.filter { $0.applicationIndex == index && AccessFacts.counts($0) }
      for middleware in application.middleware {
        guard let facts = middleware.guardFacts, facts.enforces.contains(.authentication) else { continue }
        for exemption in facts.exemptions {
          guard let place = exemption.location ?? middleware.location,
            let (reached, severity) = reached(by: exemption, among: mine)
          else { continue }
          context.report(
            Self.weakness, on: reached, at: place,
            "`\(middleware.className.split(separator: ".").last ?? "")` lets requests through whose path \(exemption.words), so `\(reached.title)` is reached without a credential",
            subject: exemption.match.rawValue + exemption.text, confidence: .medium, severity: severity,
            effects: reached.changes)
        }
      }
    }
  }

  /// An operation that has no guard of its own, is no entrance, and is let through.
  private func reached(by exemption: PathExemption, among operations: [Operation]) -> (Operation, Severity)? {
    let candidates = operations.filter { operation in
      let names = OperationNames(operation.route)
      return operation.enforcements.isDisjoint(with: [.authentication, .authorization, .ownership])
        && !names.isEntrance && !names.isPublicContent && !operation.access.isPublicOnPurpose
    }
    switch exemption.match {
    case .suffix, .contains, .pattern:
      // The caller writes the end of a path that ends with a parameter.
      let found =
        candidates.first { operation in
          operation.route.path.hasSuffix("}") && (operation.changes.first != nil || !operation.isSafeMethod)
            && endsWithText(operation.route)
        } ?? candidates.first { $0.route.path.hasSuffix("}") && endsWithText($0.route) }
      return found.map { ($0, .high) }
    case .prefix:
      guard exemption.text.count > 1, !exemption.text.hasSuffix("/") else { return nil }
      return candidates.first {
        $0.route.path.hasPrefix(exemption.text) && $0.route.path != exemption.text
          && !$0.route.path.hasPrefix(exemption.text + "/")
      }
      .map { ($0, .medium) }
    case .method:
      guard exemption.text != "OPTIONS", exemption.text != "HEAD" else { return nil }
      return candidates.first { $0.route.methods.contains(exemption.text) && !$0.effects.isEmpty }.map { ($0, .medium) }
    case .equal: return nil
    }
  }

  private func endsWithText(_ route: Route) -> Bool {
    guard let last = route.path.split(separator: "/").last else { return false }
    let name = last.dropFirst().dropLast().split(separator: ":").first.map(String.init) ?? ""
    let parameter = route.parameters.first { $0.place == .path && ($0.alias == name || $0.name == name) }
    return parameter.map { $0.content == .text || $0.content == .anything } ?? false
  }
}

extension PathExemption {
  fileprivate var words: String {
    switch match {
    case .equal: "is `\(text)`"
    case .prefix: "starts with `\(text)`"
    case .suffix: "ends with `\(text)`"
    case .contains: "contains `\(text)`"
    case .pattern: "fits `\(text)`"
    case .method: "comes with the method `\(text)`"
    }
  }
}
