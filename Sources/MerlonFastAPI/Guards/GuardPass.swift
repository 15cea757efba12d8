import MerlonAPI
import MerlonBase
import MerlonModels
import MerlonProgram
import MerlonPython

/// Fills in what dependencies, middleware and operations of an application enforce, while its objects are at hand.
final class GuardPass {
  private let interpreter: Interpreter
  private let reader: GuardReader
  private let maker: GuardValueMaker
  private let options: APIReaderOptions
  /// Middleware of the application at hand, by position, with the ways through them.
  private var middleware: [Int: GuardWorlds] = [:]
  /// Facts by object, with the object itself so that no other takes its place.
  private var known: [ObjectIdentifier: (value: PythonValue, facts: GuardFacts)] = [:]

  init(interpreter: Interpreter, options: APIReaderOptions) {
    self.interpreter = interpreter
    self.options = options
    reader = GuardReader(program: interpreter.program, models: .builtIn)
    maker = GuardValueMaker(reader: reader, interpreter: interpreter)
  }

  // MARK: Routes

  /// - Parameter callables: the values behind `route.dependencies`, in the same order.
  func fill(_ route: inout Route, callables: [PythonValue]) {
    for (index, value) in callables.enumerated() where index < route.dependencies.count {
      route.dependencies[index].guardFacts = facts(of: value, route.dependencies[index])
    }
  }

  /// What the operation checks itself.
  func fill(_ route: inout Route, endpoint: PythonValue) { route.handlerFacts = handlerFacts(endpoint) }

  private func facts(of value: PythonValue, _ dependency: Dependency) -> GuardFacts {
    var facts: GuardFacts
    if let identity = value.identity, let found = known[identity] {
      facts = found.facts
    } else {
      facts = combined(maker.callables(value), of: value)
      if let identity = value.identity { known[identity] = (value, facts) }
    }
    resolveScopes(&facts, dependency)
    if isTrusted(dependency.callable, dependency.variable) {
      facts.enforces.insert(.authentication)
      facts.whenConfigured.insert(.authentication)
      facts.gaps = []
    }
    return facts
  }

  private func combined(_ callables: [GuardCallable], of value: PythonValue) -> GuardFacts {
    guard let first = callables.first else {
      var facts = GuardFacts()
      if case .unknown(let unknown) = value,
        GuardWords.isPrincipal(unknown.text) || GuardWords.isCredential(unknown.text)
      {
        facts.gaps = [
          GuardGap(
            kind: .notUnderstood, message: "`\(unknown.text)` is only known at run time",
            location: unknown.site?.location)
        ]
      }
      return facts
    }
    if case .library(let name) = first, reader.models.entity(name) == nil {
      return unreadLibrary(name)
    }
    if case .libraryInstance(let name, _) = first, reader.models.entity(name) == nil {
      return unreadLibrary(name)
    }
    var result = reader.dependencyFacts(first)
    for other in callables.dropFirst() {
      let facts = reader.dependencyFacts(other)
      result.enforces.formIntersection(facts.enforces)
      result.whenConfigured.formUnion(facts.whenConfigured)
      result.gaps += facts.gaps.filter { !result.gaps.contains($0) }
      result.credentials.formUnion(facts.credentials)
    }
    return result
  }

  /// A library's callable whose code and model are not there.
  private func unreadLibrary(_ name: String) -> GuardFacts {
    var facts = GuardFacts()
    let last = TypeName.last(name)
    let isAboutCallers =
      GuardWords.isPrincipal(last) || GuardWords.isCredential(last) || GuardWords.isPermissionCheck(last)
      || GuardWords.isVerification(last)
    if isAboutCallers {
      facts.gaps = [
        GuardGap(kind: .notUnderstood, message: "what `\(name)` checks can't be read: its source is not there")
      ]
    }
    return facts
  }

  /// Puts the scopes that are asked for where a guard reads them.
  private func resolveScopes(_ facts: inout GuardFacts, _ dependency: Dependency) {
    if let index = facts.requirements.firstIndex(where: { $0.contains("{scopes}") }) {
      facts.requirements.remove(at: index)
      facts.requirements += dependency.scopes.filter { !facts.requirements.contains($0) }
      // Without scopes the loop over them asks for nothing.
      if facts.requirements.isEmpty { facts.enforces.remove(.authorization) }
    }
    if !dependency.ownScopes.isEmpty, !dependency.readsScopes, !dependency.isSecurityScheme {
      facts.gaps.append(
        GuardGap(
          kind: .scopesNotRead,
          message:
            "the scopes \(dependency.ownScopes.map { "`\($0)`" }.joined(separator: ", ")) are declared and nobody reads them"
        ))
    }
  }

  private func isTrusted(_ callable: CodeReference, _ variable: String?) -> Bool {
    guard !options.trustedGuards.isEmpty else { return false }
    var names = [callable.fullName, callable.qualifiedName]
    if let variable { names.append(String(variable.map { $0 == ":" ? "." : $0 })) }
    // `factory.<locals>.inner` is meant by the factory's name too.
    if let range = callable.fullName.firstRange(of: ".<locals>.") {
      names.append(String(callable.fullName[..<range.lowerBound]))
    }
    return names.contains { options.trustedGuards.contains($0) }
  }

  private func handlerFacts(_ endpoint: PythonValue) -> GuardFacts? {
    let innermost = CallableReference.innermost(endpoint, interpreter)
    guard case .function(let definition, let captured, let receiver)? = maker.callables(innermost).first else {
      return nil
    }
    return reader.facts(
      reader.handlerSummary(definition, captured: captured, receiver: receiver), mode: .handler)
  }

  // MARK: Middleware

  /// What a middleware at a position of the application turns away.
  func facts(ofMiddleware type: PythonValue, arguments: [String: PythonValue], at position: Int) -> GuardFacts? {
    let given = arguments.mapValues { maker.make($0) }
    let summary: GuardSummary
    let mode: GuardMode
    if let dispatch = arguments["dispatch"],
      case .function(let definition, let captured, let receiver)? =
        maker.callables(dispatch).first
    {
      mode = .dispatch
      summary = reader.summary(of: definition, mode: mode, captured: captured, receiver: receiver)
    } else if case .classObject(let definition)? = maker.callables(type).first {
      let attributes = reader.attributes(of: definition, arguments: given)
      guard let found = reader.middlewareSummary(of: definition, attributes: attributes) else { return nil }
      (summary, mode) = found
    } else {
      return nil
    }
    guard summary.worlds.isReachable else { return nil }
    middleware[position] = summary.worlds
    return reader.facts(summary, mode: mode)
  }

  // MARK: Access

  /// Tells who may call each operation, once routes and middleware are described.
  func finish(_ application: inout Application) {
    for index in application.routes.indices {
      application.routes[index].access = access(application.routes[index], application.middleware)
    }
    middleware = [:]
  }

  private func access(_ route: Route, _ all: [Middleware]) -> AccessRequirement {
    var result = AccessRequirement()
    var enforced: Set<Enforcement> = []
    var isOpen = false
    func take(_ facts: GuardFacts, _ name: String) {
      let decisive = facts.enforces.subtracting([.rate])
      if !decisive.isDisjoint(with: [.authentication, .authorization, .ownership]) {
        if !result.enforcedBy.contains(name) { result.enforcedBy.append(name) }
        enforced.formUnion(decisive)
        if facts.enforces.contains(.authorization) {
          for text in facts.requirements where !result.requirements.contains(text) { result.requirements.append(text) }
        }
      }
      if facts.enforces.contains(.rate) { result.isRateLimited = true }
      if facts.gaps.contains(where: { $0.kind == .notUnderstood || $0.kind == .switchedOffByDefault }) { isOpen = true }
    }
    for (position, entry) in all.enumerated() {
      guard let facts = entry.guardFacts else { continue }
      if let worlds = middleware[position], let own = self.facts(facts, worlds, for: route) {
        take(own, TypeName.last(entry.function?.fullName ?? entry.className))
      }
    }
    for dependency in route.dependencies {
      guard let facts = dependency.guardFacts else { continue }
      take(exempted(facts, route), dependency.callable.fullName)
      // What answers 401 or 403 keeps somebody out, even where it could not be told whom.
      if facts.enforces.isSubset(of: [.rate]), facts.gaps.isEmpty, !facts.isOptional, facts.refusesStrangers {
        isOpen = true
      }
    }
    if let facts = route.handlerFacts { take(facts, route.endpoint?.fullName ?? "the operation itself") }
    if enforced.contains(.ownership) {
      result.level = .owner
    } else if enforced.contains(.authorization),
      result.requirements.isEmpty || !result.requirements.allSatisfy(isEveryone)
    {
      result.level = .authorized
    } else if enforced.contains(.authentication) || enforced.contains(.authorization) {
      result.level = .authenticated
    } else {
      result.level = isOpen ? .unknown : .anonymous
    }
    result.requirements.sort()
    result.isPublicOnPurpose = isPublic(route)
    return result
  }

  /// A role that stands for having an account: `user`, or it beside others, as in `admin|user`.
  private func isEveryone(_ requirement: String) -> Bool {
    requirement.lowercased().split(separator: "|").contains {
      ["user", "users", "authenticated", "active"].contains($0)
    }
  }

  /// A dependency's facts for one route: nothing where the route is one of its exemptions.
  private func exempted(_ facts: GuardFacts, _ route: Route) -> GuardFacts {
    guard facts.exemptions.contains(where: { RouteMatch(route).holds($0) == true }) else { return facts }
    var result = facts
    result.enforces.formIntersection([.rate])
    return result
  }

  /// A middleware's facts for one route; nil when it does not concern it.
  private func facts(_ facts: GuardFacts, _ worlds: GuardWorlds, for route: Route) -> GuardFacts? {
    let match = RouteMatch(route)
    let concerned = worlds.live.filter { world in
      !world.conditions.contains { $0.isAboutRequest && match.holds($0) == false }
    }
    // Where whether a condition holds is not known, an unknown list of exempted paths rarely names this one.
    let certain = concerned.filter { world in
      world.conditions.allSatisfy { !$0.isAboutRequest || match.holds($0) == true }
    }
    let likely = certain.isEmpty ? concerned.filter { !match.isNamed(in: $0) } : certain
    let counted = likely.isEmpty ? concerned : likely
    guard !counted.isEmpty else { return nil }
    let proof = counted.reduce(GuardProof.everything) { $0.or($1.proof) }
    var result = facts
    result.enforces = facts.enforces.intersection([.rate])
    if proof.contains(.authentication) { result.enforces.insert(.authentication) }
    if proof.contains(.authorization) { result.enforces.insert(.authorization) }
    if proof.contains(.ownership) { result.enforces.insert(.ownership) }
    if proof.contains(.origin) { result.enforces.insert(.origin) }
    if !result.enforces.contains(.authentication), facts.enforces.contains(.authentication) { result.gaps = [] }
    return result
  }

  private func isPublic(_ route: Route) -> Bool {
    options.publicOperations.contains { pattern in
      let parts = pattern.split(separator: " ", maxSplits: 1).map(String.init)
      let (method, path) = parts.count == 2 ? (parts[0].uppercased(), parts[1]) : ("", pattern)
      guard method.isEmpty || route.methods.contains(method) || method == "WEBSOCKET" && route.kind == .websocket else {
        return false
      }
      return Wildcard.matches(path, route.path)
    }
  }
}

/// Whether conditions on a request hold for those that a route answers.
struct RouteMatch {
  let route: Route

  init(_ route: Route) { self.route = route }

  /// The path up to its first parameter; nil behind it is not known.
  private var literal: (text: String, isComplete: Bool) {
    guard let brace = route.path.firstIndex(of: "{") else { return (route.path, true) }
    return (String(route.path[..<brace]), false)
  }

  func holds(_ exemption: PathExemption) -> Bool? {
    if exemption.text.hasPrefix("{?") { return false }
    let plain: Bool?
    if exemption.match == .method {
      plain = route.methods == [exemption.text.uppercased()]
    } else if exemption.subject.contains("\"type\"") {
      plain = exemption.text == (route.kind == .websocket ? "websocket" : "http")
    } else {
      plain = holds(exemption.match, exemption.text)
    }
    return exemption.isNegated ? plain.map { !$0 } : plain
  }

  func holds(_ condition: RequestCondition) -> Bool? {
    switch condition {
    case .path(let match, let texts, _, _):
      guard let texts else { return nil }
      let answers = texts.map { holds(match, $0) }
      return answers.contains(true) ? true : answers.contains { $0 == nil } ? nil : false
    case .method(let methods, _):
      let wanted = Set(methods.map { $0.uppercased() })
      if route.kind == .websocket { return false }
      let own = Set(route.methods)
      return own.isSubset(of: wanted) ? !own.isEmpty : own.isDisjoint(with: wanted) ? false : nil
    case .connection(let types): return types.contains(route.kind == .websocket ? "websocket" : "http")
    case .setting(_, let isOn, _): return isOn
    case .not(let inner): return holds(inner).map { !$0 }
    case .any(let parts):
      let answers = parts.map { holds($0) }
      return answers.contains(true) ? true : answers.contains { $0 == nil } ? nil : false
    case .all(let parts):
      let answers = parts.map { holds($0) }
      return answers.contains(false) ? false : answers.contains { $0 == nil } ? nil : true
    }
  }

  /// True for worlds that only hold for paths which are not known and so hardly for this one.
  func isNamed(in world: GuardWorld) -> Bool {
    world.conditions.contains { condition in
      if case .not = condition { return false }
      return condition.isAboutRequest && holds(condition) == nil
    }
  }

  private func holds(_ match: PathExemption.Match, _ text: String) -> Bool? {
    let (start, isComplete) = literal
    switch match {
    case .equal:
      if isComplete { return start == text }
      return text.hasPrefix(start) && text.count > start.count ? nil : false
    case .prefix:
      if start.hasPrefix(text) { return true }
      return !isComplete && text.hasPrefix(start) ? nil : false
    case .suffix:
      if isComplete { return start.hasSuffix(text) }
      guard let brace = route.path.lastIndex(of: "}") else { return nil }
      let end = route.path[route.path.index(after: brace)...]
      // What a parameter holds can end as the caller likes.
      return end.isEmpty ? nil : end.hasSuffix(text)
    case .contains:
      if start.contains(text) { return true }
      return isComplete ? false : nil
    case .pattern:
      guard let prefix = Self.literalPrefix(of: text) else { return nil }
      if start.hasPrefix(prefix) { return prefix.count + 1 >= text.count || text.hasSuffix(".*") ? true : nil }
      return !isComplete && prefix.hasPrefix(start) ? nil : false
    case .method: return nil
    }
  }

  /// The text that everything begins with that a pattern matches; nil when it begins otherwise.
  static func literalPrefix(of pattern: String) -> String? {
    var text = pattern[...]
    if text.first == "^" { text.removeFirst() }
    var result = ""
    for character in text {
      if "\\.[]()*+?|$^{}".contains(character) { break }
      result.append(character)
    }
    return result.isEmpty ? nil : result
  }
}

/// Patterns with `*` for any text.
enum Wildcard {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.utf8)
    let text = Array(text.utf8)
    var (p, t) = (0, 0)
    var star: (p: Int, t: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        p = last.p + 1
        t = last.t + 1
        star = (last.p, t)
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == UInt8(ascii: "*") { p += 1 }
    return p == pattern.count
  }
}
