import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Calls of libraries, and of code that can't be read.
extension FunctionReader {
  func libraryCall(
    _ called: String, _ function: NodeID, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    for name in semantics.qualifiedNames(of: function) {
      if let entity = reader.models.entity(name) {
        if let value = modelledCall(entity, arguments, id, &state) { return value }
      }
      if let value = patternCall(name, called, arguments, id) { return value }
    }
    return nil
  }

  private func role(_ role: Role, _ entity: LibraryEntity, _ arguments: GuardArguments) -> GuardValue? {
    let positional = entity.parameters.filter { $0.kind == .positional || $0.kind == .positionalOnly }
    if let parameter = entity.parameters.first(where: { $0.role == role }) {
      if let value = arguments[parameter.name] { return value }
      if let index = positional.firstIndex(where: { $0.name == parameter.name }),
        arguments.positional.indices.contains(index)
      {
        return arguments.positional[index]
      }
    }
    return nil
  }

  private func modelledCall(
    _ entity: LibraryEntity, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue? {
    let concepts = entity.concepts
    if concepts.contains(.jwtDecode) {
      let token = role("token", entity, arguments) ?? arguments.positional.first ?? .unknown
      if isSignatureCheckOff(id) {
        report.unverified = report.unverified ?? place(id)
        if token.has(.credential) { state.add(GuardProof(.possibleAuthentication)) }
        return GuardValue([.input, .credential], sources: token.sources)
      }
      var value = GuardValue([.principal, .identity], sources: token.sources)
      value.isNone = false
      if token.has(.credential) || token.has(.input) == false {
        noteVerification(id, "the token's signature is checked")
        state.add(GuardProof(token.has(.credential) ? .authentication : []))
        value.whenTrue = GuardProof(token.has(.credential) ? .authentication : [])
        report.sources.formUnion(token.sources)
      }
      return value
    }
    if concepts.contains(.jwtUnverifiedClaims) || concepts.contains(.jwtUnverifiedHeader) {
      return GuardValue([.input, .credential], sources: combined(arguments.all).sources)
    }
    if concepts.contains(.tokenVerify) {
      let token = role("token", entity, arguments) ?? arguments.positional.first ?? .unknown
      var value = GuardValue([.principal, .stored], sources: token.sources)
      if token.has(.credential) {
        noteVerification(id, "verified")
        state.add(GuardProof(.authentication))
        value.whenTrue = GuardProof(.authentication)
      }
      return value
    }
    if concepts.contains(.passwordVerify) || concepts.contains(.constantTimeCompare) {
      return secretComparison(entity, arguments, id)
    }
    if concepts.contains(.callerAuthenticator), entity.kind == .class {
      let isOptional = role("autoError", entity, arguments)?.isTrue == false
      return GuardValue(callable: .libraryInstance(entity.name, isOptional: isOptional))
    }
    if concepts.contains(.callerAuthenticator) {
      noteVerification(id, "verified by the library")
      report.sources.formUnion(CredentialSources(.other))
      var value = GuardValue([.principal, .stored], sources: CredentialSources(.other))
      value.whenTrue = GuardProof(.authentication)
      let isOptional = role("optional", entity, arguments)?.isTrue == true || entity.marks.contains("optional")
      if !isOptional { state.add(GuardProof(.authentication)) }
      return value
    }
    if concepts.contains(.authenticatorFactory) {
      let isOptional = role("optional", entity, arguments)?.isTrue == true
      var proof = GuardProof(.authentication)
      if role("superuser", entity, arguments)?.isTrue == true {
        proof = GuardProof([.authentication, .authorization], requirements: ["superuser"])
      }
      if let scopes = role("scopes", entity, arguments) {
        let node = arguments.positionalNodes.first ?? arguments.keywordNodes.first ?? id
        proof = GuardProof([.authentication, .authorization], requirements: alternatives(scopes, node))
      }
      return GuardValue(callable: .authenticator(proof, isOptional: isOptional))
    }
    if concepts.contains(.securityScheme), entity.kind == .class {
      let isOptional = role("autoError", entity, arguments)?.isTrue == false
      return GuardValue(callable: .libraryInstance(entity.name, isOptional: isOptional))
    }
    if concepts.contains(.rateLimiter) {
      return GuardValue(callable: .libraryInstance(entity.name, isOptional: false))
    }
    if concepts.contains(.httpException) { return GuardValue(.setting) }
    if concepts.contains(.response) || concepts.contains(.redirectResponse) || concepts.contains(.htmlResponse) {
      return answer(id, isRedirect: concepts.contains(.redirectResponse))
    }
    if concepts.contains(.httpRequest), combined(arguments.all).has(.credential) {
      return lookup(by: arguments.all, raises: false, id, &state)
    }
    if concepts.contains(.environmentValue) {
      var value = GuardValue(.setting)
      return applyEnvironment(id, &value)
    }
    if concepts.contains(.hmacNew) { return GuardValue(.stored) }
    if concepts.contains(.loggerCall) { return .unknown }
    return nil
  }

  /// `verify(plain, hash)`, `compare_digest(a, b)`.
  private func secretComparison(_ entity: LibraryEntity, _ arguments: GuardArguments, _ id: NodeID) -> GuardValue {
    var value = GuardValue()
    value.isNone = false
    let sides = arguments.all
    if sides.contains(where: { $0.has(.origin) }) {
      value.whenTrue = GuardProof(.origin)
      return value
    }
    guard let credential = sides.first(where: { $0.has(.credential) && !$0.has(.stored) }) else { return value }
    let isKnownSide = sides.contains { !$0.has(.input) || $0.has(.stored) || $0.has(.principal) }
    if isKnownSide || sides.count == 1 {
      value.whenTrue = GuardProof(.authentication)
      value.labels = []
      value.sources = credential.sources
      noteVerification(id, "compared")
    }
    return value
  }

  private func isSignatureCheckOff(_ id: NodeID) -> Bool {
    if let verify = semantics.keyword("verify", of: id), semantics.constant(of: verify)?.bool == false { return true }
    guard let options = semantics.keyword("options", of: id) else { return false }
    for origin in semantics.origins(of: options) {
      if case .dictionary? = semantics.constant(of: origin),
        semantics.constant(of: origin)?["verify_signature"]?.bool == false
      {
        return true
      }
      guard tree.kind(origin) == .dict else { continue }
      let dict = tree.dict(origin)
      for (key, value) in zip(tree[dict.keys], tree[dict.values])
      where tree.stringValue(key) == "verify_signature" && semantics.constant(of: value)?.bool == false {
        return true
      }
    }
    return false
  }

  // MARK: Patterns

  /// `re.match(pattern, path)`, `fnmatch(path, pattern)`.
  private func patternCall(_ name: String, _ called: String, _ arguments: GuardArguments, _ id: NodeID) -> GuardValue? {
    guard ["match", "search", "fullmatch", "fnmatch"].contains(called),
      arguments.positional.contains(where: { $0.has(.path) })
    else { return nil }
    let pattern = arguments.positional.first { !$0.has(.path) }?.constant?.string
    var value = GuardValue(.input)
    value.condition = .path(.pattern, pattern.map { [$0] }, subject: pathSubject(id), place: ConditionPlace(place(id)))
    return value
  }

  // MARK: Answers

  /// An answer object; a refusal where its status says so.
  private func answer(_ id: NodeID, isRedirect: Bool) -> GuardValue {
    var value = GuardValue(.answer)
    value.isTrue = true
    let argument = semantics.keyword("status_code", of: id) ?? semantics.argument(1, "status_code", of: id)
    let status = argument.flatMap { statusNumber($0) }
    if isRedirect || status.map({ $0 >= 400 }) == true {
      value.labels.insert(.refusal)
      if status == 429 { report.limitsRate = true }
    }
    return value
  }

  /// The number of a status: `401`, `status.HTTP_401_UNAUTHORIZED`, `HTTPStatus.UNAUTHORIZED`.
  func statusNumber(_ node: NodeID) -> Int? {
    if let number = semantics.constant(of: node)?.integer { return number }
    var name = lastName(node)
    if name == "value", tree.kind(node) == .attribute { name = lastName(tree.attribute(node).value) }
    if name.hasPrefix("HTTP_") { return Int(name.dropFirst(5).prefix(3)) }
    return [
      "UNAUTHORIZED": 401, "FORBIDDEN": 403, "TOO_MANY_REQUESTS": 429, "NOT_FOUND": 404, "BAD_REQUEST": 400, "OK": 200,
      "SEE_OTHER": 303, "FOUND": 302, "TEMPORARY_REDIRECT": 307,
    ][name]
  }

  /// The status that an exception expression carries; nil when it has none.
  func statusOfRefusal(_ exception: NodeID) -> Int? {
    for origin in semantics.origins(of: exception) where tree.kind(origin) == .call {
      for name in ["status_code", "code", "status"] {
        guard let argument = semantics.argument(0, name, of: origin), let status = statusNumber(argument) else {
          continue
        }
        return status
      }
    }
    return nil
  }

  // MARK: Unread code

  /// A store or service that is asked with a credential: what it answers stands for the caller, if it answers.
  func lookup(by values: [GuardValue], raises: Bool, _ id: NodeID, _ state: inout GuardState) -> GuardValue {
    var value = GuardValue([.principal, .stored], sources: combined(values).sources)
    value.whenTrue = GuardProof(.authentication)
    noteVerification(id, "looked up by the credential")
    if raises { state.add(GuardProof(.authentication)) }
    return value
  }

  /// A call that leads nowhere that can be read: judged by what goes in and what it is called.
  func unreadCall(
    _ called: String, _ base: GuardValue?, _ arguments: GuardArguments, _ id: NodeID, _ state: inout GuardState
  ) -> GuardValue {
    let given = arguments.all
    // Answers of other classes: `TemplateResponse(…, status_code=401)`.
    if called.hasSuffix("Response") { return answer(id, isRedirect: called.hasPrefix("Redirect")) }
    if called.hasSuffix("Error") || called.hasSuffix("Exception") { return .unknown }
    if let base,
      base.has(.scopes) || given.contains(where: { $0.has(.scopes) }) || base.has(.role)
        || given.contains(where: { $0.has(.role) }), let value = setMethod(called, base, arguments)
    {
      return value
    }
    if let base, base.has(.stored) || base.has(.status), !base.whenTrue.isEmpty, !base.whenTrue.isUnreachable,
      !GuardWords.isTransparent(called)
    {
      // `.first()`, `.json()`, `.fetchone()` of what was looked up.
      if GuardWords.raisesWhenMissing(called) { state.add(base.whenTrue) }
      var value = base
      value.callables = []
      value.isTrue = nil
      value.labels.formUnion(combined(given).labels.intersection(.credential))
      if base.has(.principal), GuardWords.isPermissionCheck(called), !given.isEmpty {
        value.whenTrue = value.whenTrue.and(
          GuardProof(.authorization, requirements: demanded(arguments, called)))
      }
      return value
    }
    let inputs = given + (base.map { [$0] } ?? [])
    // `.where(Token.value == token)`: clauses that bind a query.
    let clauses = given.reduce(GuardProof.nothing) {
      $1.whenTrue.isUnreachable || !$1.has(.clause) ? $0 : $0.and($1.whenTrue)
    }
    let owners = GuardWords.isPermissionCheck(called) ? GuardProof.nothing : boundOwner(arguments)
    if !clauses.checks.intersection([.authentication, .ownership]).isEmpty || !owners.isEmpty {
      var value = GuardValue([.stored, .clause])
      if clauses.contains(.authentication) {
        value.labels.insert(.principal)
        report.verifications += 1
        report.note(.verified, place(id), "looked up by the credential")
      }
      value.whenTrue = GuardProof(clauses.checks.intersection([.authentication, .ownership])).and(owners)
      if GuardWords.raisesWhenMissing(called) { state.add(value.whenTrue) }
      return value
    }
    if GuardWords.isTransparent(called) {
      var value = combined(inputs)
      if let base, base.has(.stored), !base.whenTrue.isUnreachable { value.whenTrue = base.whenTrue }
      if called == "wait_for" || called == "shield", let first = given.first { return first }
      return value
    }
    if given.contains(where: { $0.has(.credential) && !$0.has(.principal) }) {
      if isConstructor(called) { return combined(inputs) }
      if GuardWords.raisesWhenMissing(called) { return lookup(by: given, raises: true, id, &state) }
      if GuardWords.isLookup(called) || GuardWords.isVerification(called) {
        var value = GuardValue([.principal, .stored], sources: combined(given).sources)
        value.whenTrue = GuardProof(.authentication)
        report.verifications += 1
        report.note(.verified, place(id), "`\(called)` gets the credential")
        if GuardWords.isVerification(called), base?.has(.credential) != true {
          // It may raise for a wrong one, which can't be seen.
          state.add(GuardProof(.possibleAuthentication))
          report.unread = report.unread ?? place(id)
        }
        return value
      }
      return combined(inputs)
    }
    if inputs.contains(where: { $0.has(.principal) }) {
      if GuardWords.isPermissionCheck(called) {
        var value = GuardValue()
        value.whenTrue = GuardProof(.authorization, requirements: demanded(arguments, called))
        if GuardWords.isPermissionDemand(called), isStatement(id) { state.add(value.whenTrue) }
        return value
      }
      if base?.has(.principal) == true, given.isEmpty || GuardWords.isTransparent(called) {
        var value = combined(inputs)
        value.whenTrue = base.map { $0.whenTrue.isUnreachable ? .nothing : $0.whenTrue } ?? .nothing
        return value
      }
      // Who is looked up by verified claims is the caller; what else is asked with the caller's id need not be.
      let isCaller =
        isConstructor(called) || mode == .dependency || GuardWords.isPrincipal(called)
        || GuardWords.isPrincipal(baseName(id)) || loadsCaller(id)
      return GuardValue(isCaller ? [.principal, .stored] : [.stored], sources: combined(inputs).sources)
    }
    var value = combined(inputs)
    if value.labels.isEmpty || value.labels == .stored { value.labels = .stored }
    if inputs.isEmpty, let base, base.has(.setting) { value.labels.insert(.setting) }
    if value.has(.input), GuardWords.isLookup(called), !isConstructor(called) {
      value.labels.remove(.input)
      value.labels.insert(.stored)
    }
    if isSettingCall(id, inputs) {
      value.labels = .setting
      value.condition = .setting(shortened(id), isOnByDefault: nil, place: ConditionPlace(place(id)))
    }
    return value
  }

  /// A call on configuration objects alone (`config.get("auth", "enabled")`).
  private func isSettingCall(_ id: NodeID, _ inputs: [GuardValue]) -> Bool {
    guard !inputs.isEmpty, inputs.contains(where: { $0.has(.setting) }) else { return false }
    return inputs.allSatisfy { $0.has(.setting) || $0.constant != nil }
  }

  /// `session.get(User, claims["sub"])`: the class that is loaded stands for callers.
  private func loadsCaller(_ id: NodeID) -> Bool {
    guard let first = tree[tree.call(id).arguments].first else { return false }
    let name = lastName(first)
    return name.first?.isUppercase == true && GuardWords.isPrincipal(name)
  }

  /// The name of what a method is called on: `Users` of `Users.get(…)`.
  private func baseName(_ id: NodeID) -> String {
    let function = tree.call(id).function
    return tree.kind(function) == .attribute ? lastName(tree.attribute(function).value) : ""
  }

  private func isStatement(_ id: NodeID) -> Bool {
    var parent = module.parent(of: id)
    if tree.kind(parent) == .await { parent = module.parent(of: parent) }
    return tree.kind(parent) == .expr
  }

  private func isConstructor(_ called: String) -> Bool { called.first?.isUppercase == true }

  /// `get(id=item_id, owner_id=user.id)`: a query bound to the caller by keyword.
  private func boundOwner(_ arguments: GuardArguments) -> GuardProof {
    for (name, value) in arguments.keywords
    where value.has(.principal) && GuardWords.isOwner(name) {
      return GuardProof(.ownership)
    }
    return .nothing
  }

  /// `required.issubset(scopes)`, `scopes.issuperset(required)`, `roles.isdisjoint(allowed)`.
  private func setMethod(_ called: String, _ base: GuardValue?, _ arguments: GuardArguments) -> GuardValue? {
    guard let base, let other = arguments.positional.first, let node = arguments.positionalNodes.first else {
      return nil
    }
    let required = base.has(.role) ? other : base
    let requirements = required.has(.role) ? [] : requirement(required, node)
    let proof = GuardProof(.authorization, requirements: requirements)
    var value = GuardValue()
    switch called {
    case "issubset", "issuperset", "__contains__", "intersection": value.whenTrue = proof
    case "isdisjoint", "difference": value.whenFalse = proof
    case "count", "index": value.whenTrue = proof
    default: return nil
    }
    return value
  }
}
