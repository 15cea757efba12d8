import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython
import MerlonTemplates

/// What a function does with values that it is given, in terms of its parameters.
struct TaintSummary {
  /// Places below where a value can do harm.
  var reaches: [Reach] = []
  /// What the result is made of.
  var result: [FlowValue] = []
  /// The same for the elements of the tuple, the entries of the dictionary or the fields of the object that it returns.
  var elements: [FlowName: [FlowValue]] = [:]
  /// What the result is made of where it is not such a display or object: there its parts are parts of that.
  var others: [FlowValue] = []
  /// What holds of values once the function has come back.
  var validations: [Validation] = []
  /// What holds of values where the function answers `True`.
  var answers: [Validation] = []

  /// Most places that are kept of one function.
  static let limit = 48
}

/// A place where a value can do harm.
struct Reach {
  var sink: SinkKind
  var callee: String
  var values: [FlowValue]
  var location: SourceLocation
  var steps: [FlowStep]
  var flaw: String?
  /// Where a template puts the value out.
  var template: FlowStep?
  /// False where more than the value must come together.
  var isCertain = true
  /// What the place in a template makes of the value; nil for other places.
  var kind: TemplateHarm.Kind?

  func isHarmless(_ value: FlowValue, own: FlowValue.Passed) -> Bool {
    switch kind {
    case .markup, nil: Harm.isHarmless(value, at: sink, own: own)
    case .code: value.passed.contains(.urlPart) || Harm.isHarmless(value, at: .template, own: own)
    case .address: Harm.isHarmless(value, at: .redirect, own: own)
    }
  }
}

/// What a check makes sure of.
struct Validation {
  var values: [FlowValue]
  /// Nothing for checks that do not hold.
  var holds: FlowValue.Passed
  /// How it can be passed, for checks that do not hold.
  var flaw: String?
  /// True for a check of folders that holds once the path is resolved, which the caller may have done.
  var asksForResolved = false
}

/// Works out taint summaries, callees before callers.
final class TaintBuilder {
  let engine: FlowEngine
  let sinks: SinkTable
  let sources: SourceTable
  let templates: TemplateSinks
  private var summaries: [Definition: TaintSummary] = [:]
  private var ordered: Set<Definition> = []

  init(engine: FlowEngine, sinks: SinkTable) {
    self.engine = engine
    self.sinks = sinks
    sources = SourceTable(models: sinks.models)
    templates = TemplateSinks(engine: engine)
  }

  func summary(_ definition: Definition) -> TaintSummary {
    if let known = summaries[definition] { return known }
    for group in engine.components(from: definition, done: &ordered) {
      // In a cycle the second round sees what the first one found of the others.
      for _ in 0..<(group.count > 1 ? 2 : 1) {
        for member in group {
          guard let flow = engine.flow(member) else { continue }
          var reader = TaintReader(flow: flow, builder: self)
          summaries[member] = reader.read()
        }
      }
    }
    return summaries[definition] ?? TaintSummary()
  }

  /// Functions with more places below them than are kept.
  private var overBudget: [Definition] = []

  func noteBudget(of definition: Definition) {
    if !overBudget.contains(definition) { overBudget.append(definition) }
  }

  /// What was left out.
  var limits: [Limit] {
    overBudget.compactMap { definition in
      guard let module = engine.program.module(definition.module) else { return nil }
      let name = module.qualifiedName(ofScopeAt: definition.node)
      let location = module.location(definition.node)
      return Limit(
        kind: "flow-budget",
        message:
          "more than \(TaintSummary.limit) places where values can do harm lie below `\(name)`: the others were not"
          + " followed",
        path: location.path, position: location.start)
    }
  }

  /// True for values that can do no harm at a place, sanitisers of the project's own kinds included.
  func isHarmless(_ value: FlowValue, in reach: Reach) -> Bool {
    reach.isHarmless(value, own: sinks.ownMark(reach.sink.rawValue))
  }

  /// The summary of a function that has been worked out; nil for members of the cycle that is under way.
  func known(_ definition: Definition) -> TaintSummary? { summaries[definition] }
}
