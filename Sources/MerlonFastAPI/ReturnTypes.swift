import MerlonProgram
import MerlonPython

/// What the return annotation of an endpoint means for its answers (`APIRoute.__init__`).
struct ReturnTypes {
  let interpreter: Interpreter
  let signatures: CallableSignatures
  private var version: FrameworkVersion { interpreter.options.fastAPIVersion }
  private var shape: TypeShape { TypeShape(interpreter: interpreter) }

  init(interpreter: Interpreter, signatures: CallableSignatures) {
    self.interpreter = interpreter
    self.signatures = signatures
  }

  struct Answer {
    /// Nil when nothing filters the answer.
    var model: PythonValue?
    /// The elements of a stream.
    var streamItem: PythonValue?
    var streamsJSON = false
    var streamsEvents = false
  }

  /// - Parameters:
  ///   - responseClass: nil where nobody gave one.
  func answer(of endpoint: PythonValue, responseClass: PythonValue?) -> Answer {
    var answer = Answer()
    guard version >= FrameworkVersion(0, 89) else { return answer }
    let isGenerator = isGenerator(endpoint)
    if version >= FrameworkVersion(0, 134), isGenerator {
      answer.streamsJSON = responseClass == nil
      answer.streamsEvents =
        responseClass.map { shape.isSubclass($0, of: ["fastapi.sse.EventSourceResponse"]) } ?? false
    }
    guard let annotation = signatures.signature(of: endpoint)?.returnAnnotation else { return answer }
    if case .none = annotation { return answer }
    if shape.isSubclass(annotation, of: ["starlette.responses.Response"]) { return answer }
    // Until 0.136 the annotation of a stream alone took the model away, generator or not.
    if version >= FrameworkVersion(0, 134), isGenerator || version < FrameworkVersion(0, 137),
      let item = streamItem(of: annotation)
    {
      if isGenerator, answer.streamsJSON || answer.streamsEvents,
        !shape.isSubclass(item, of: ["fastapi.sse.ServerSentEvent"])
      {
        answer.streamItem = item
      }
      return answer
    }
    answer.model = annotation
    return answer
  }

  private func streamItem(of annotation: PythonValue) -> PythonValue? {
    let streams: Set<String> = [
      "collections.abc.AsyncIterable", "collections.abc.AsyncIterator", "collections.abc.AsyncGenerator",
      "collections.abc.Iterable", "collections.abc.Iterator", "collections.abc.Generator",
    ]
    switch TypeForm(annotation) {
    case .parametrized(_, let name, let arguments):
      return streams.contains(name) ? arguments.first ?? .library("typing.Any") : nil
    case .named(let name):
      // `typing.Iterator` alone has an origin, `collections.abc.Iterator` alone has none.
      guard streams.contains(name), TypeName.typingName(of: annotation) != nil else { return nil }
      return .library("typing.Any")
    default: return nil
    }
  }

  /// Whether a call gives a generator: of the callable, of what it wraps, or of its `__call__`.
  func isGenerator(_ callable: PythonValue) -> Bool {
    if let own = CallableReference.partialFunction(callable, interpreter) { return isGenerator(own) }
    if yields(callable) { return true }
    let innermost = CallableReference.innermost(callable, interpreter)
    if yields(innermost) { return true }
    for value in [callable, innermost] {
      if case .instance = value, let call = interpreter.attribute("__call__", of: value), yields(call) { return true }
    }
    return false
  }

  private func yields(_ value: PythonValue) -> Bool {
    switch CallableReference.settled(value) {
    case .method(let method): return yields(method.function)
    case .function(let function):
      guard let tree = function.module.module?.tree else { return false }
      switch tree.kind(function.node) {
      case .functionDef, .asyncFunctionDef:
        return tree[tree.functionDef(function.node).body].contains { Self.yields($0, tree) }
      default: return false
      }
    default: return false
    }
  }

  private static func yields(_ statement: NodeID, _ tree: Tree) -> Bool {
    var found = false
    tree.walk(statement) { node in
      switch tree.kind(node) {
      case .yield, .yieldFrom:
        found = true
        return false
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: return false
      default: return !found
      }
    }
    return found
  }
}
