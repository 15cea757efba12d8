import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// What one application does for its safety that FastAPI does not do by itself: gathered over the modules that its own
/// module imports, directly or not.
package struct PostureFacts: Sendable, Hashable {
  /// Something asks for a credential: a security scheme, a token check, or an answer 401.
  package var authenticates = false
  package var setsSecurityHeaders = false
  package var checksHost = false
  package var limitsBody = false
  package var limitsRate = false
  package var handlesValidationErrors = false
  /// Something is logged where a caller is refused.
  package var logsRefusals = false
  /// It is put below a path of another application, whose middlewares its requests pass.
  package var isMounted = false

  package init() {}
}

/// What one module does for the safety of the applications that import it.
package struct ModulePosture: Sendable, Hashable {
  package var facts: PostureFacts
  /// Paths of the project's modules that it imports.
  package var imports: Set<String>

  package init(facts: PostureFacts = PostureFacts(), imports: Set<String> = []) {
    self.facts = facts
    self.imports = imports
  }

  init(_ context: RuleContext) {
    facts = ModuleFacts(context).facts
    // Where imports lead is a matter of paths, not of what stands there.
    imports = context.program.withoutLooks { context.importedPaths() }
  }
}

/// An application with its posture.
struct ApplicationPosture {
  let application: LocatedCall
  let facts: PostureFacts
}

/// Joins the facts of modules along the imports of each application.
struct PostureGatherer {
  private let project: ProjectContext
  private var facts: [String: PostureFacts] = [:]
  private var imports: [String: Set<String>] = [:]

  init(_ project: ProjectContext) {
    self.project = project
    facts = project.posturesByPath.mapValues(\.facts)
    imports = project.posturesByPath.mapValues(\.imports)
    for located in project.calls(.trustedHostMiddleware) { facts[located.context.module.path]?.checksHost = true }
    for located in project.calls(.rateLimiter) { facts[located.context.module.path]?.limitsRate = true }
    for concept in [Concept.securityScheme, .jwtDecode, .passwordVerify] {
      for located in project.calls(concept) { facts[located.context.module.path]?.authenticates = true }
    }
    for located in project.calls(.exceptionHandlerRegistration) {
      if let handled = located.call["exceptionClass"], located.context.denotes(handled, .requestValidationError) {
        facts[located.context.module.path]?.handlesValidationErrors = true
      }
    }
  }

  /// Every application of production code that is one of its own (not a class's super call), in path order.
  func postures() -> [ApplicationPosture] {
    let mounted = mountedApplications()
    return project.calls(.application).map { located in
      var joined = PostureFacts()
      for path in reachable(from: located.context.module.path) {
        guard let part = facts[path] else { continue }
        joined.authenticates = joined.authenticates || part.authenticates
        joined.setsSecurityHeaders = joined.setsSecurityHeaders || part.setsSecurityHeaders
        joined.checksHost = joined.checksHost || part.checksHost
        joined.limitsBody = joined.limitsBody || part.limitsBody
        joined.limitsRate = joined.limitsRate || part.limitsRate
        joined.handlesValidationErrors = joined.handlesValidationErrors || part.handlesValidationErrors
        joined.logsRefusals = joined.logsRefusals || part.logsRefusals
      }
      if located.call["maxBodySize"] != nil { joined.limitsBody = true }
      joined.isMounted = mounted.contains(Place(path: located.context.module.path, node: located.call.node))
      return ApplicationPosture(application: located, facts: joined)
    }
  }

  private struct Place: Hashable {
    let path: String
    let node: NodeID
  }

  /// The constructor calls of applications that are handed to `mount`.
  private func mountedApplications() -> Set<Place> {
    var result: Set<Place> = []
    for located in project.calls(.mount) {
      guard let app = located.call["app"] else { continue }
      let context = located.context
      for origin in context.semantics.origins(of: app) { result.insert(Place(path: context.module.path, node: origin)) }
      if let definition = context.semantics.definition(of: app), let module = project.program.module(definition.module)
      {
        // The name's binding; the constructor stands in its statement.
        let statement = module.enclosingStatement(of: definition.node)
        module.tree.walk(statement) { node in
          result.insert(Place(path: module.path, node: node))
          return true
        }
      }
    }
    return result
  }

  private func reachable(from path: String) -> Set<String> {
    var seen: Set<String> = []
    var pending = [path]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      pending += imports[next] ?? []
    }
    return seen
  }
}

/// What can be seen in one module.
private struct ModuleFacts {
  var facts = PostureFacts()
  private let context: RuleContext

  init(_ context: RuleContext) {
    self.context = context
    let tree = context.tree
    var facts = PostureFacts()
    tree.walk(tree.root) { node in
      switch tree.kind(node) {
      case .constant: Self.gatherConstant(node, tree, &facts)
      case .attribute: Self.gatherName(tree.text(tree.attribute(node).name), &facts)
      case .name: Self.gatherName(tree.text(tree.nameID(node)), &facts)
      case .dict:
        // exception_handlers={RequestValidationError: handler}
        for key in tree[tree.dict(node).keys] where !key.isNone && tree.kind(key) != .constant {
          if context.denotes(key, .requestValidationError) { facts.handlesValidationErrors = true }
        }
      case .functionDef, .asyncFunctionDef:
        if !facts.logsRefusals { facts.logsRefusals = Self.logsRefusal(node, context) }
      default: break
      }
      return true
    }
    self.facts = facts
  }

  private static func gatherConstant(_ node: NodeID, _ tree: Tree, _ facts: inout PostureFacts) {
    switch tree.constantKind(node) {
    case .integer:
      switch tree.integerValue(node) {
      case 401, 403: facts.authenticates = true
      case 429: facts.limitsRate = true
      case 413: facts.limitsBody = true
      default: break
      }
    case .string, .bytes:
      guard tree.range(node).count < 64 else { return }
      let text = tree.stringValue(node) ?? tree.bytesValue(node).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let lower = text.lowercased()
      if SecurityHeader.names.contains(lower) { facts.setsSecurityHeaders = true }
      if lower == "content-length" { facts.limitsBody = true }
      if lower == "x-forwarded-host" { facts.checksHost = true }
    default: break
    }
  }

  private static func gatherName(_ name: String, _ facts: inout PostureFacts) {
    if name.hasPrefix("HTTP_401") || name.hasPrefix("HTTP_403") || name == "UNAUTHORIZED" || name == "FORBIDDEN" {
      facts.authenticates = true
    }
    if name.hasPrefix("HTTP_429") || name == "TOO_MANY_REQUESTS" { facts.limitsRate = true }
    if name.hasPrefix("HTTP_413") { facts.limitsBody = true }
  }

  /// True for a function that logs and is about refusing: it names 401, 403 or 429, or is called a security log.
  private static func logsRefusal(_ function: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var logs = false
    var refuses = false
    let words = SensitiveNames.words(of: tree.text(tree.functionDef(function).name))
    if !Set(words).isDisjoint(with: ["audit", "security", "denied", "refused", "unauthorized", "forbidden"]) {
      refuses = true
    }
    tree.walk(function) { node in
      switch tree.kind(node) {
      case .call: if context.modelledCalls(node).contains(where: { $0.has(.loggerCall) }) { logs = true }
      case .constant:
        if let status = tree.integerValue(node), [401, 403, 429].contains(status) { refuses = true }
      case .attribute:
        let name = tree.text(tree.attribute(node).name)
        if name.hasPrefix("HTTP_401") || name.hasPrefix("HTTP_403") || name.hasPrefix("HTTP_429") { refuses = true }
      default: break
      }
      return !(logs && refuses)
    }
    return logs && refuses
  }
}

extension RuleContext {
  /// Paths of the project's modules that the module imports.
  fileprivate func importedPaths() -> Set<String> {
    var result: Set<String> = []
    func add(_ name: String) {
      if let module = program.module(named: name, from: module.path) { result.insert(module.path) }
    }
    for statement in module.imports {
      switch tree.kind(statement) {
      case .import:
        for alias in tree.elements(statement) { add(tree.text(tree.alias(alias).name)) }
      case .importFrom:
        let from = tree.importFrom(statement)
        var base = tree.text(from.module)
        if from.level > 0 {
          var parts = module.name.split(separator: ".").map(String.init)
          let drop = from.level - (module.isPackage ? 1 : 0)
          parts.removeLast(min(max(drop, 0), parts.count))
          if !base.isEmpty { parts.append(base) }
          base = parts.joined(separator: ".")
        }
        add(base)
        for alias in tree[from.names] { add("\(base).\(tree.text(tree.alias(alias).name))") }
      default: break
      }
    }
    return result
  }
}
