import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// What is read of a request.
extension FunctionReader {
  func requestMember(_ text: String, _ base: GuardValue, _ id: NodeID) -> GuardValue {
    switch text {
    case "headers": return GuardValue(.headers)
    case "cookies": return GuardValue(.cookies)
    case "query_params": return GuardValue(.query)
    case "session": return GuardValue(.session)
    case "state": return GuardValue(.state)
    case "url": return GuardValue(.url)
    case "method": return GuardValue([.method, .input])
    case "scope": return GuardValue(.request)
    case "user":
      report.note(.read, place(id), "the caller is read from the request")
      return GuardValue(.principal, sources: CredentialSources(.other))
    case "auth": return GuardValue([.principal, .role], sources: CredentialSources(.other))
    case "app": return GuardValue(.setting)
    default: return GuardValue(.input)
    }
  }

  /// `scope["path"]` and other entries of an ASGI scope.
  func scopeItem(_ text: String, _ base: GuardValue, _ id: NodeID) -> GuardValue {
    switch text {
    case "path", "raw_path", "root_path": return GuardValue([.path, .input])
    case "method": return GuardValue([.method, .input])
    case "type": return GuardValue([.connection, .input])
    case "headers": return GuardValue(.headers)
    case "query_string": return GuardValue([.query, .input])
    case "session": return GuardValue(.session)
    case "state": return GuardValue(.state)
    case "user", "auth":
      var value = GuardValue(.principal, sources: CredentialSources(.other))
      value.whenTrue = GuardProof(.authentication)
      return value
    default: return GuardValue(.input)
    }
  }

  /// `request.state.x`: what a middleware or dependency put there.
  func stateMember(_ text: String, _ id: NodeID) -> GuardValue {
    if GuardWords.isPrincipal(text) {
      report.note(.read, place(id), "the caller is read from `request.state.\(text)`")
      report.sources.formUnion(CredentialSources(.other))
      var value = GuardValue(.principal, sources: CredentialSources(.other))
      value.whenTrue = GuardProof(.authentication)
      if GuardWords.isRole(text) { value.labels.insert(.role) }
      if GuardWords.isIdentity(text) { value.labels.insert(.identity) }
      return value
    }
    if GuardWords.isRole(text) { return GuardValue([.principal, .role]) }
    if GuardWords.isCredential(text) {
      report.sources.formUnion(CredentialSources(.other))
      return GuardValue([.credential, .input], sources: CredentialSources(.other))
    }
    return GuardValue(.stored)
  }

  /// A header, cookie, query parameter or entry of the session by name.
  func requestItem(_ text: String, of base: GuardValue, _ id: NodeID) -> GuardValue {
    if base.has(.session) {
      guard GuardWords.isPrincipal(text) || GuardWords.isCredential(text) || GuardWords.isRole(text) else {
        return GuardWords.isForgeryToken(text) ? GuardValue([.origin]) : GuardValue(.stored)
      }
      report.note(.read, place(id), "`\(text)` is read from the session")
      report.sources.formUnion(CredentialSources(.session))
      // The session is signed by the server: what is in it was put there by the application.
      var value = GuardValue(.principal, sources: CredentialSources(.session))
      value.whenTrue = GuardProof(.authentication)
      if GuardWords.isRole(text) { value.labels.insert(.role) }
      if let role = GuardWords.roleOfFlag(text) {
        value.whenTrue = GuardProof([.authentication, .authorization], requirements: [role])
      }
      value.labels.insert(.identity)
      return value
    }
    if GuardWords.isOrigin(text) { return GuardValue([.input, .origin]) }
    let source: CredentialSource
    if base.has(.cookies) {
      guard !GuardWords.isHarmlessCookie(text) else { return GuardValue(.input) }
      source = .cookie
    } else if base.has(.query) {
      guard GuardWords.isCredential(text) else { return GuardValue(.input) }
      source = .apiKeyQuery
    } else {
      guard GuardWords.isCredential(text) else { return GuardValue(.input) }
      source = text.lowercased() == "authorization" ? .bearerToken : .apiKeyHeader
    }
    report.note(.read, place(id), "`\(text)` is read from the request")
    report.sources.formUnion(CredentialSources(source))
    return GuardValue([.credential, .input], sources: CredentialSources(source))
  }
}
