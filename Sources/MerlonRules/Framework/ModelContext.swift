package import MerlonAPI
package import MerlonBase
package import MerlonCatalog
package import MerlonProgram
import MerlonPython

/// What a model rule sees, and where it reports. One context belongs to one thread.
package final class ModelContext {
  package let model: APIModel
  /// The code that the model was read from; nil for models of another origin.
  package let project: ProjectContext?
  package var program: Program? { project?.program }
  package let options: RuleOptions
  /// The operations of all applications, each handler once a path: an application that is made twice is one.
  package let operations: [Operation]
  /// What the other rules found: what one of them says better is not said twice.
  private let others: [Finding]

  private var findings: [Finding] = []
  private var reported: Set<Key> = []
  /// Which callables compare a role, by dotted name.
  var roleChecks: [String: Bool] = [:]
  private var reportedOperations: [Place: Set<String>] = [:]
  private lazy var modules: [String: Module] = Dictionary(
    (project?.program.modules ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  private(set) lazy var facts = AccessFacts(self)
  /// All dependencies of all operations, by dotted name.
  private(set) lazy var guardsByName: [String: Dependency] = Dictionary(
    operations.flatMap(\.route.dependencies).map { ($0.callable.fullName, $0) }, uniquingKeysWith: { first, _ in first }
  )

  package init(model: APIModel, project: ProjectContext?, options: RuleOptions, others: [Finding]) {
    self.model = model
    self.project = project
    self.options = options
    self.others = others
    // Routes of a mounted application stand in the outer one too, behind its middleware.
    let served = Set(
      model.applications.filter { !$0.isMounted }.flatMap(\.routes).filter { $0.mountedAt != nil }
        .compactMap { $0.endpoint?.fullName })
    let broken = BrokenVerifications(project, others)
    var seen: Set<OperationKey> = []
    var operations: [Operation] = []
    for (applicationIndex, application) in model.applications.enumerated() {
      for (routeIndex, route) in application.routes.enumerated() {
        if application.isMounted, let handler = route.endpoint?.fullName, served.contains(handler) { continue }
        let key = OperationKey(
          kind: route.kind, path: route.path, methods: route.methods, handler: route.endpoint?.fullName ?? "",
          guards: route.dependencies.map(\.callable.fullName))
        guard seen.insert(key).inserted else { continue }
        operations.append(
          Operation(
            applicationIndex: applicationIndex, routeIndex: routeIndex, route: broken.repaired(route)))
      }
    }
    self.operations = operations
  }

  private struct OperationKey: Hashable {
    let kind: Route.Kind
    let path: String
    let methods: [String]
    let handler: String
    let guards: [String]
  }

  /// Position of an operation in the model.
  private struct Place: Hashable {
    let application: Int
    let route: Int

    init(_ operation: Operation) {
      application = operation.applicationIndex
      route = operation.routeIndex
    }
  }

  /// One finding a weakness, place and subject.
  private struct Key: Hashable {
    let id: String
    let location: SourceLocation
    let subject: String
  }

  // MARK: Reporting

  /// Reports a weakness of an operation.
  ///
  /// - Parameters:
  ///   - location: where; the route's own place when nil. What has no place in code is not reported.
  ///   - message: what is wrong; lower case start, no full stop, code in backticks.
  ///   - subject: what in the operation it is about, where one operation can have several findings of a weakness.
  ///   - effects: what a call does, those that matter here.
  ///   - siblings: operations that differ, with a few words on how.
  ///   - flow: the way to the marked place, the cause first.
  package func report(
    _ weakness: Weakness, on operation: Operation, at location: SourceLocation? = nil, _ message: String,
    subject: String = "", confidence: Confidence = .high, severity: Severity? = nil, effects: [Effect] = [],
    siblings: [(Operation, String)] = [], flow: [FlowStep] = [], related: [FlowStep] = []
  ) {
    // What a library defines is shown where the project uses it.
    let isOutside = location.map { project != nil && modules[$0.path] == nil } ?? true
    guard let place = isOutside ? self.location(of: operation) : location else { return }
    // A handler that is served on several addresses is one place.
    let unit = location == nil ? operation.definition ?? place : place
    guard reported.insert(Key(id: weakness.id, location: unit, subject: subject)).inserted else { return }
    reportedOperations[Place(operation), default: []].insert(weakness.id)
    var evidence: [Evidence] = [
      .operation(self.evidence(of: operation, effects: effects, siblings: siblings))
    ]
    if !flow.isEmpty { evidence.append(.codeFlow(flow)) }
    evidence += related.map(Evidence.related)
    let handler = operation.route.endpoint
    append(
      weakness, at: place, message, confidence: confidence, severity: severity,
      scope: handler?.fullName ?? operation.route.path, scopeInModule: handler?.qualifiedName ?? operation.route.path,
      identity: [operation.method, operation.route.path, handler?.qualifiedName ?? "", subject], evidence: evidence)
  }

  /// Reports a weakness of something beside the operations: an application, a scheme, a middleware.
  ///
  /// - Parameter identity: what tells it from others of its kind when lines move.
  package func report(
    _ weakness: Weakness, at location: SourceLocation, _ message: String, scope: String, identity: [String],
    confidence: Confidence = .high, severity: Severity? = nil, flow: [FlowStep] = [], related: [FlowStep] = []
  ) {
    guard reported.insert(Key(id: weakness.id, location: location, subject: "")).inserted else { return }
    append(
      weakness, at: location, message, confidence: confidence, severity: severity, scope: scope, scopeInModule: "",
      identity: identity, evidence: (flow.isEmpty ? [] : [.codeFlow(flow)]) + related.map(Evidence.related))
  }

  private func append(
    _ weakness: Weakness, at place: SourceLocation, _ message: String, confidence: Confidence, severity: Severity?,
    scope: String, scopeInModule: String, identity: [String], evidence: [Evidence]
  ) {
    findings.append(
      Finding(
        id: weakness.id, name: weakness.name, severity: severity ?? weakness.severity, confidence: confidence,
        message: message, location: place, scope: scope, scopeInModule: scopeInModule,
        normalizedEvidence: identity.joined(separator: "\u{1F}"), evidence: evidence))
  }

  func takeFindings() -> [Finding] {
    defer { findings = [] }
    return findings
  }

  /// True when a rule that is no model rule has reported one of these weaknesses in a definition.
  package func isReported(_ ids: Set<String>, in definition: SourceLocation?) -> Bool {
    guard let definition else { return false }
    return others.contains {
      ids.contains($0.id) && $0.location.path == definition.path && $0.location.start >= definition.start
        && $0.location.end <= definition.end
    }
  }

  /// Last names of the functions in which a rule that is no model rule has reported a weakness.
  package func names(ofScopesWith id: String) -> [String] {
    others.filter { $0.id == id }.compactMap { $0.scopeInModule.split(separator: ".").last.map(String.init) }
  }

  /// True when the message of a finding by a rule that is no model rule names something.
  package func isNamed(_ name: String, inFindingsOf id: String) -> Bool {
    others.contains { $0.id == id && $0.message.contains("`\(name)`") }
  }

  /// True when a model rule has reported one of these weaknesses of an operation.
  package func isReported(_ ids: Set<String>, of operation: Operation) -> Bool {
    !(reportedOperations[Place(operation)] ?? []).isDisjoint(with: ids)
  }

  // MARK: Places

  /// Where an operation is shown: its decorator, or the head of its handler where it is registered elsewhere.
  package func location(of operation: Operation) -> SourceLocation? {
    let route = operation.route
    guard let handler = route.endpoint?.location else { return route.location }
    if let registration = route.location, registration.path == handler.path,
      registration.start.line >= (route.endpoint?.firstLine ?? handler.start.line),
      registration.start.line <= handler.end.line
    {
      return registration
    }
    // A handler of a library that the project includes is shown where it is included.
    if let program, modules[handler.path] == nil, !program.modules.isEmpty { return route.location }
    return head(of: handler)
  }

  /// The first line of a definition.
  package func head(of location: SourceLocation) -> SourceLocation {
    guard location.start.line < location.end.line, let source = module(at: location)?.tree.source else {
      return location
    }
    var end = Int(location.range.start)
    while end < source.count, source[end] != UInt8(ascii: "\n") { end += 1 }
    var result = location
    result.range = TextRange(start: location.range.start, end: UInt32(end))
    result.end = SourcePosition(
      line: location.start.line, column: location.start.column + end - Int(location.range.start))
    return result
  }

  /// The module that a place lies in; nil outside of the program.
  package func module(at location: SourceLocation) -> Module? {
    guard let module = modules[location.path] else { return nil }
    program?.noteLook(at: module)
    return module
  }

  // MARK: Evidence

  private func evidence(
    of operation: Operation, effects: [Effect], siblings: [(Operation, String)]
  ) -> OperationEvidence {
    let application = model.applications[operation.applicationIndex]
    return OperationEvidence(
      method: operation.method, path: operation.route.path, handler: operation.route.endpoint?.fullName ?? "",
      access: operation.access.words, guards: GuardTree(operation.route, application).nodes,
      effects: effects.prefix(5).map { FlowStep(location: $0.location, message: $0.words) },
      siblings: siblings.prefix(3).map { sibling, difference in
        OperationSibling(
          method: sibling.method, path: sibling.route.path, difference: difference, location: location(of: sibling))
      })
  }
}
