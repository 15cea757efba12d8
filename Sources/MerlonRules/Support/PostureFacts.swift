import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// What a whole project does for its safety that FastAPI does not do by itself, gathered in one walk over all modules.
struct PostureFacts: Sendable {
  /// Something asks for a credential: a security scheme, a token check, or an answer 401.
  var authenticates = false
  var setsSecurityHeaders = false
  var checksHost = false
  var limitsBody = false
  var limitsRate = false
  var handlesValidationErrors = false
  var logs = false

  init(contexts: [RuleContext], calls: [Concept: [LocatedCall]]) {
    func has(_ concept: Concept) -> Bool { calls[concept]?.isEmpty == false }
    authenticates = has(.securityScheme) || has(.jwtDecode) || has(.passwordVerify)
    checksHost = has(.trustedHostMiddleware)
    limitsRate = has(.rateLimiter)
    logs = has(.loggerCall)
    limitsBody = calls[.application]?.contains { $0.call["maxBodySize"] != nil } ?? false
    handlesValidationErrors = calls[.exceptionHandlerRegistration]?.contains { located in
      located.call["exceptionClass"].map { located.context.denotes($0, .requestValidationError) } ?? false
    } ?? false
    for context in contexts { gather(context) }
  }

  private mutating func gather(_ context: RuleContext) {
    let tree = context.tree
    var facts = self
    tree.walk(tree.root) { node in
      switch tree.kind(node) {
      case .constant: facts.gatherConstant(node, context)
      case .attribute: facts.gatherName(tree.text(tree.attribute(node).name))
      case .name: facts.gatherName(tree.text(tree.nameID(node)))
      case .dict:
        // exception_handlers={RequestValidationError: handler}
        for key in tree[tree.dict(node).keys] where !key.isNone && tree.kind(key) != .constant {
          if context.denotes(key, .requestValidationError) { facts.handlesValidationErrors = true }
        }
      default: break
      }
      return true
    }
    self = facts
  }

  private mutating func gatherConstant(_ node: NodeID, _ context: RuleContext) {
    let tree = context.tree
    switch tree.constantKind(node) {
    case .integer:
      switch tree.integerValue(node) {
      case 401, 403: authenticates = true
      case 429: limitsRate = true
      case 413: limitsBody = true
      default: break
      }
    case .string, .bytes:
      guard tree.range(node).count < 64 else { return }
      let text =
        tree.stringValue(node) ?? tree.bytesValue(node).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let lower = text.lowercased()
      if SecurityHeader.names.contains(lower) { setsSecurityHeaders = true }
      if lower == "content-length" { limitsBody = true }
      if lower == "host" || lower == "x-forwarded-host" { checksHost = true }
    default: break
    }
  }

  private mutating func gatherName(_ name: String) {
    if name.hasPrefix("HTTP_401") || name.hasPrefix("HTTP_403") || name == "UNAUTHORIZED" || name == "FORBIDDEN" {
      authenticates = true
    }
    if name.hasPrefix("HTTP_429") || name == "TOO_MANY_REQUESTS" { limitsRate = true }
    if name.hasPrefix("HTTP_413") { limitsBody = true }
  }
}
