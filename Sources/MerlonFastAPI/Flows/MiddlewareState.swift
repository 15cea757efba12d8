import MerlonAPI
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Finds what middlewares take from requests and leave in `request.state` for handlers.
struct MiddlewareState {
  let program: Program
  let engine: FlowEngine
  let taint: TaintBuilder

  func fields() -> [String: (place: Parameter.Place, name: String)] {
    var result: [String: (place: Parameter.Place, name: String)] = [:]
    for function in Middlewares.functions(of: program) {
      guard let flow = engine.flow(function.definition) else { continue }
      let texts = TextOrigins(flow: flow, builder: taint)
      for write in flow.writes where write.key.isNone && flow.isState(write.receiver) {
        for value in texts.origins(flow.values(of: write.value)) {
          guard case .parameter(let place) = value.root, place.node == function.request,
            let field = Self.field(value.path.texts), result[write.name.text] == nil
          else { continue }
          result[write.name.text] = field
        }
      }
    }
    return result
  }

  private static func field(_ path: [String]) -> (place: Parameter.Place, name: String)? {
    guard path.count > 1 else { return nil }
    switch path[0] {
    case "query_params": return (.query, path[1])
    case "path_params": return (.path, path[1])
    case "cookies": return (.cookie, path[1])
    case "headers" where path[1].lowercased() != "authorization": return (.header, path[1])
    default: return nil
    }
  }
}

/// Functions that run around every operation.
enum Middlewares {
  struct Function {
    var definition: Definition
    /// The parameter that is the request.
    var request: NodeID
  }

  /// `async def dispatch(self, request, call_next)`, and functions below `@app.middleware("http")`.
  static func functions(of program: Program) -> [Function] {
    program.noteQuestion(APIQuestions.looseHandlers)
    var result: [Function] = []
    for module in program.modules where module.role == .production {
      for scope in module.scopes where scope.kind == .function {
        guard let request = request(of: scope.node, module) else { continue }
        program.noteLook(at: module)
        result.append(Function(definition: Definition(module: module.id, node: scope.node), request: request))
      }
    }
    return result
  }

  /// The parameter of a middleware that is the request; nil for other functions.
  static func request(of function: NodeID, _ module: Module) -> NodeID? {
    let tree = module.tree
    let parts = tree.functionDef(function)
    let parameters = Array(tree[tree.arguments(parts.arguments).positional])
    if parameters.count == 3, tree.text(parts.name) == "dispatch", module.methodClass(of: function) != nil {
      return parameters[1]
    }
    let isDecorated =
      parameters.count == 2
      && tree[parts.decorators].contains { decorator in
        tree.kind(decorator) == .call && tree.text(tree.call(decorator).function).hasSuffix(".middleware")
      }
    return isDecorated ? parameters[module.methodClass(of: function) == nil ? 0 : 1] : nil
  }
}

extension FunctionFlow {
  /// `request.state`, `request.app.state`, `app.state`
  func isState(_ node: NodeID) -> Bool {
    tree.kind(node) == .attribute && tree.text(tree.attribute(node).name) == "state"
  }
}
