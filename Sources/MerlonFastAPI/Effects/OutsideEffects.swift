import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Effects of calls beside stores, and values that calls bring from outside.
struct OutsideEffects {
  let flow: FunctionFlow
  let models: LibraryModels

  private var tree: Tree { flow.tree }

  func effect(of call: FlowCall) -> Effect? {
    guard !call.isSubscript, let kind = kind(of: call) else { return nil }
    return Effect(
      kind: kind, target: call.target?.qualifiedName ?? call.name, location: flow.module.location(call.node))
  }

  private func kind(of call: FlowCall) -> Effect.Kind? {
    if let name = call.target?.qualifiedName, let entity = models.entity(name) {
      for concept in Concept.allCases where entity.concepts.contains(concept) {
        switch concept {
        case .executeCommand, .executeCode, .enqueueJob: return .execute
        case .sendMessage: return .send
        case .httpRequest: return .send
        case .payment: return .payment
        case .jwtEncode, .passwordHash: return .credential
        case .fileWrite: return .fileWrite
        case .fileRead: return .fileRead
        case .openFile: return call.opensForWriting(tree) ? .fileWrite : .fileRead
        default: continue
        }
      }
    }
    guard call.function == nil else { return nil }
    switch call.name {
    case "write_text", "write_bytes", "unlink", "rmtree", "rmdir", "mkdir": return .fileWrite
    case "read_text", "read_bytes", "FileResponse": return .fileRead
    case "send_mail", "send_email", "sendmail", "send_message", "send_sms", "publish": return .send
    case "delay", "apply_async", "enqueue", "enqueue_job", "kiq": return .execute
    default: return nil
    }
  }

  /// The root of what a call reads from the request; nil for other calls.
  func label(of call: FlowCall, _ builder: SummaryBuilder) -> UInt32? {
    if let function = call.function { return builder.isPrincipalSource(function) ? Label.principal : nil }
    return RequestReads.readsRequest(call) ? Label.rawBody : nil
  }

  /// Calls that neither load nor check: logs, builtins, exceptions, answers.
  static func isHarmless(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    if let name = call.target?.qualifiedName {
      if name.hasPrefix("builtins.") || name.hasPrefix("logging.") || name.hasPrefix("typing.") { return true }
      // What an application keeps in its state is its own.
      let isState = name.contains(".state.") || name.contains(".app.")
      if name.hasPrefix("fastapi.") || name.hasPrefix("starlette.") && !isState { return true }
      if name.hasPrefix("pydantic.") { return true }
      if name.hasPrefix("sqlalchemy.") || name.hasPrefix("datetime.") || name.hasPrefix("uuid.") { return true }
    }
    switch call.name {
    case "debug", "info", "warning", "error", "exception", "critical", "print", "log", "append", "commit", "refresh",
      "flush", "rollback", "close", "format", "getLogger", "where", "filter", "filter_by", "options", "order_by",
      "limit", "offset", "join", "select", "HTTPException", "JSONResponse", "add", "set_cookie", "values", "returning":
      return true
    default: break
    }
    let last = call.name.split(separator: ".").last ?? ""
    return last.hasSuffix("Error") || last.hasSuffix("Exception") || last.hasSuffix("Response") || last.isEmpty
  }
}

extension FlowCall {
  /// True for `open(path, mode)` with a mode that writes.
  func opensForWriting(_ tree: Tree) -> Bool {
    let mode = arguments.first { $0.name == "mode" } ?? arguments.dropFirst().first { $0.name == nil }
    guard let mode, let text = tree.stringValue(mode.node) else { return false }
    return text.contains { "wax+".contains($0) }
  }
}

/// Calls that read the request.
enum RequestReads {
  private static let names: Set<String> = [
    "starlette.requests.Request.json", "starlette.requests.Request.body", "starlette.requests.Request.form",
    "starlette.requests.Request.stream", "starlette.websockets.WebSocket.receive_json",
    "starlette.websockets.WebSocket.receive_text", "starlette.websockets.WebSocket.receive",
    "starlette.websockets.WebSocket.receive_bytes", "starlette.websockets.WebSocket.iter_text",
    "starlette.websockets.WebSocket.iter_json", "starlette.websockets.WebSocket.iter_bytes",
  ]

  static func readsRequest(_ call: FlowCall) -> Bool { call.target.map { names.contains($0.qualifiedName) } ?? false }
}
