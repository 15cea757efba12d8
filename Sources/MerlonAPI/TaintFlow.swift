public import MerlonBase

/// A value that a caller chooses, on its way to a place where it can do harm.
public struct TaintFlow: Sendable, Hashable {
  /// What the value decides at the end of its way.
  public typealias Sink = SinkKind

  public var sink: Sink
  /// What gets the value: `open`, `FileResponse`, `httpx.AsyncClient.get`.
  public var callee: String
  /// The last part of that, as code spells it.
  public var calleeName: String { callee.split(separator: ".").last.map(String.init) ?? callee }
  /// Where the value comes in; nil for what code reads from the request itself.
  public var place: Parameter.Place?
  /// Its name there, with the field: `path`, `body.url`.
  public var source: String
  /// The kind of source, for what comes in otherwise than with the request: `model` for what a language model answers,
  /// `archive` for names of an archive's members, and kinds that the project's models name.
  public var origin: String?
  /// Where the harm is done.
  public var location: SourceLocation
  /// The way to it, from the operation on.
  public var steps: [FlowStep]
  /// A check on the way that can be passed, and how.
  public var flaw: String?
  /// Where a template puts the value out, and what is wrong with that.
  public var template: FlowStep?
  /// False where more than the value must come together for the harm.
  public var isCertain: Bool

  public init(
    sink: Sink, callee: String, place: Parameter.Place?, source: String, origin: String? = nil,
    location: SourceLocation, steps: [FlowStep] = [], flaw: String? = nil, template: FlowStep? = nil,
    isCertain: Bool = true
  ) {
    self.sink = sink
    self.callee = callee
    self.place = place
    self.source = source
    self.origin = origin
    self.location = location
    self.steps = steps
    self.flaw = flaw
    self.template = template
    self.isCertain = isCertain
  }
}

/// A flow in a handler that no application of the project was seen to serve.
public struct LooseFlow: Sendable, Hashable {
  /// Dotted name of the handler.
  public var function: String
  public var location: SourceLocation
  public var flow: TaintFlow

  public init(function: String, location: SourceLocation, flow: TaintFlow) {
    self.function = function
    self.location = location
    self.flow = flow
  }
}
