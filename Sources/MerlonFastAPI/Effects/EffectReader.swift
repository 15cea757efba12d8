package import MerlonAPI
package import MerlonBase
import MerlonFlow
package import MerlonModels
package import MerlonProgram
package import MerlonPython

/// A callable that runs for a request, with what the framework hands to its parameters.
package struct EffectCallable: Sendable {
  /// The function; `__init__` or `__call__` of a class.
  package var definition: Definition
  package var roles: [NodeID: EffectRole]
  /// Fields of the result that are values of the request, for classes without code of their own (models, dataclasses).
  package var fields: [String: EffectRole]
  /// True when what it returns stands for the caller.
  package var returnsPrincipal: Bool
  /// True when it turns callers away that lack a role, scope or permission.
  package var enforcesRole: Bool
  /// True when it turns strangers away.
  package var enforcesAuthentication: Bool

  package init(
    definition: Definition, roles: [NodeID: EffectRole], returnsPrincipal: Bool = false, enforcesRole: Bool = false,
    enforcesAuthentication: Bool = false
  ) {
    self.definition = definition
    self.roles = roles
    self.fields = [:]
    self.returnsPrincipal = returnsPrincipal
    self.enforcesRole = enforcesRole
    self.enforcesAuthentication = enforcesAuthentication
  }
}

/// What a parameter receives.
package enum EffectRole: Sendable, Hashable {
  /// A value of the request.
  case client(Parameter.Place, String)
  case principal
  /// The result of another callable of the operation, by its position.
  case dependency(Int)
  /// The request or WebSocket object.
  case connection
  /// What comes from outside in another way: a kind of source (`SourceTable`).
  case outside(String)
  case other
}

/// What an operation does, as `EffectReader` tells it.
package struct EffectFacts: Sendable, Hashable {
  package var effects: [Effect] = []
  package var objectAccesses: [ObjectAccess] = []
  package var traits: [OperationTrait] = []
  /// Lists of entities with an owner that neither the caller nor an identifier narrows.
  package var openLists: [OpenList] = []
  package var flows: [TaintFlow] = []

  package struct OpenList: Sendable, Hashable {
    package var entity: String
    package var location: SourceLocation
  }
}

/// Reads what operations do: their effects, the objects that callers choose, and traits that rules judge.
///
/// One reader serves all operations of a program, on one thread: what helpers do is worked out once.
package final class EffectReader {
  package let entityTable: EntityTable
  let program: Program
  let engine: FlowEngine
  let builder: SummaryBuilder
  let taint: TaintBuilder
  let models: LibraryModels
  /// Values of requests that middlewares put into the state, by name.
  private(set) lazy var middlewareState = MiddlewareState(program: program, engine: engine, taint: taint).fields()

  /// - Parameter isPrincipalSource: tells functions whose result stands for the caller, for handlers that call them
  ///   themselves.
  package init(
    program: Program, models: LibraryModels, ownerFields: [String] = [],
    isPrincipalSource: @escaping (Definition) -> Bool = { _ in false }
  ) {
    self.program = program
    self.models = models
    engine = FlowEngine(program)
    entityTable = program.withoutLooks { EntityTable(program, ownerFields: ownerFields) }
    program.noteQuestion(APIQuestions.entities)
    taint = TaintBuilder(engine: engine, sinks: SinkTable(models: models))
    builder = SummaryBuilder(
      engine: engine, entities: entityTable, models: models, isPrincipalSource: isPrincipalSource)
  }

  /// - Parameter dependencies: callables that run before the endpoint, what they need before them.
  package func read(
    endpoint: EffectCallable, dependencies: [EffectCallable] = [], response: EffectResponse = EffectResponse()
  ) -> EffectFacts {
    let operation = OperationReader(reader: self, endpoint: endpoint, dependencies: dependencies)
    var facts = EffectFacts()
    facts.effects = operation.effects()
    facts.objectAccesses = operation.objectAccesses()
    facts.openLists = operation.openLists()
    facts.flows = FlowReader(operation: operation, builder: taint).flows()
    facts.traits = TraitReader(operation: operation, response: response).traits(facts)
    return facts
  }
}

/// What is known of an operation's answer.
package struct EffectResponse: Sendable, Hashable {
  /// The model that filters the answer; nil when nothing does.
  package var model: String?
  package var isWebSocket: Bool
  /// True when something that runs before the operation turns strangers away.
  package var isAuthenticated: Bool
  /// True when scopes are asked of the caller.
  package var needsScopes = false

  package init(model: String? = nil, isWebSocket: Bool = false, isAuthenticated: Bool = false) {
    self.model = model
    self.isWebSocket = isWebSocket
    self.isAuthenticated = isAuthenticated
  }
}
