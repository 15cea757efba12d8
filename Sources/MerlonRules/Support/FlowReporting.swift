import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels

/// Reports what callers choose and where it ends, for the rules of the injection family.
enum FlowReporting {
  /// - Parameters:
  ///   - origin: the kind of source; nil for the request, and for kinds that only the project's models know.
  ///   - harm: what the value decides, as `which file is read`.
  static func report(
    _ sinks: Set<SinkKind>, as weakness: Weakness, from origin: String? = nil, once: Bool = false,
    in context: ModelContext, _ harm: (TaintFlow) -> String
  ) {
    report(as: weakness, once: once, in: context) { flow in
      let isKnown = flow.origin.map(FlowWords.sources.contains) ?? false
      guard sinks.contains(flow.sink), isKnown ? flow.origin == origin : origin == nil else { return nil }
      return message(flow, harm(flow))
    }
  }

  /// Reports the flows that a rule has something to say of.
  ///
  /// - Parameter once: whether one flow of each handler is enough, where the others are repaired with it.
  static func report(
    as weakness: Weakness, once: Bool = false, in context: ModelContext, _ message: (TaintFlow) -> String?
  ) {
    var told: Set<String> = []
    for operation in context.operations {
      for flow in operation.route.flows {
        guard let message = message(flow) else { continue }
        if once, !told.insert(operation.method + " " + operation.route.path).inserted { break }
        // Behind a role, a guard that could not be judged, or an operation that refuses some callers itself.
        let isForFew =
          [.authorized, .unknown].contains(operation.access.level)
          || operation.route.handlerFacts?.refusesStrangers ?? false
        context.report(
          weakness, on: operation, at: flow.location, message,
          confidence: !isForFew && flow.isCertain && flow.steps.count <= 4 ? .high : .medium,
          severity: isForFew ? lowered(weakness.severity) : weakness.severity, flow: steps(flow, operation, context))
      }
    }
    for loose in context.model.looseFlows {
      let flow = loose.flow
      guard let message = message(flow), !once || told.insert(loose.function).inserted else { continue }
      let start = FlowStep(
        location: context.head(of: loose.location), message: "`\(flow.source)` comes in with `\(loose.function)`")
      context.report(
        weakness, at: flow.location, message, scope: loose.function,
        identity: [flow.sink.rawValue, loose.function, flow.source], confidence: .medium, flow: [start] + flow.steps)
    }
  }

  private static func message(_ flow: TaintFlow, _ harm: String) -> String {
    let place = flow.place.map(words) ?? flow.origin.map { "source `\($0)`" } ?? "the request"
    let template = flow.template.map { ": \($0.message) (`\($0.location.path)`, line \($0.location.start.line))" }
    return "`\(flow.source)` (\(place)) decides \(harm)\(flow.flaw.map { ": " + $0 } ?? template ?? "")"
  }

  private static func words(_ place: Parameter.Place) -> String {
    switch place {
    case .path: "path"
    case .query: "query"
    case .header: "header"
    case .cookie: "cookie"
    case .body: "body"
    case .form: "form"
    case .file: "upload"
    }
  }

  /// The operation first, then the calls, then the place.
  private static func steps(_ flow: TaintFlow, _ operation: Operation, _ context: ModelContext) -> [FlowStep] {
    guard let handler = operation.route.endpoint?.location else { return flow.steps }
    let start = FlowStep(
      location: context.head(of: handler),
      message: "`\(flow.source)` comes in with \(operation.method) \(operation.route.path)")
    return [start] + flow.steps
  }

  /// What only administrators can do is less of a surprise.
  private static func lowered(_ severity: Severity) -> Severity {
    switch severity {
    case .critical: .medium
    case .high: .medium
    default: .low
    }
  }
}
