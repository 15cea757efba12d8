import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for WebSockets that ask nobody who is there, or that are accepted before they ask.
struct WebSocketWithoutAuthenticationRule: ModelRule {
  static let weakness = Weakness.webSocketWithoutAuthentication

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations
    where operation.route.kind == .websocket && operation.route.endpoint != nil && !operation.access.isPublicOnPurpose {
      guard context.facts.hasAuthentication(around: operation) else { continue }
      let trait = operation.route.traits.first { $0.kind == .acceptedBeforeCheck }
      if asks(operation, context) { continue }
      if operation.isOpen, operation.gaps.isEmpty {
        let isSecretAddress = operation.route.parameters.contains {
          !Set(SensitiveNames.words(of: $0.name)).isDisjoint(with: ["token", "secret", "ticket", "signature"])
        }
        let words = operation.changes.first.map { ", which \($0.words)" } ?? ""
        context.report(
          Self.weakness, on: operation, "the WebSocket `\(operation.route.path)`\(words) asks nobody who is there",
          confidence: isSecretAddress ? .low : .medium, effects: operation.effects,
          siblings: context.facts.guardedSiblings(of: operation))
      } else if let trait {
        context.report(
          Self.weakness, on: operation, at: trait.location, trait.message, confidence: .medium, severity: .medium,
          effects: operation.changes, flow: trait.steps)
      }
    }
  }

  /// True when a dependency or a call of the handler is about who is there: what it makes of the answer is not known.
  private func asks(_ operation: Operation, _ context: ModelContext) -> Bool {
    let names = operation.route.dependencies.map { String($0.callable.qualifiedName.split(separator: ".").last ?? "") }
    return (names + HandlerText(operation, context).calledNames).contains {
      !Set(SensitiveNames.words(of: $0)).isDisjoint(with: [
        "auth", "authenticate", "authenticated", "authorize", "verify", "token", "user", "login", "permission", "jwt",
        "principal", "identity",
      ])
    }
  }
}
