/// Values of the standard library that code which builds applications looks at.
enum LibraryConstants {
  static func value(_ name: String, _ interpreter: Interpreter) -> PythonValue? {
    switch name {
    case "typing.TYPE_CHECKING": return .bool(false)
    case "sys.version_info": return .tuple([.integer(3), .integer(12), .integer(4), .string("final"), .integer(0)])
    case "sys.platform": return .string("linux")
    case "sys.argv": return .list(ListObject([.string("merlon")]))
    case "sys.maxsize": return .integer(Int.max)
    case "os.sep", "os.path.sep": return .string("/")
    case "os.linesep": return .string("\n")
    case "os.name": return .string("posix")
    case "string.ascii_lowercase": return .string("abcdefghijklmnopqrstuvwxyz")
    case "string.ascii_uppercase": return .string("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    case "string.digits": return .string("0123456789")
    case "inspect.Parameter.empty", "inspect.Signature.empty", "inspect._empty": return .sentinel("inspect._empty")
    case "builtins.NotImplemented": return .sentinel("NotImplemented")
    case "types.NoneType": return .library("types.NoneType")
    case "dataclasses.MISSING": return .sentinel("dataclasses.MISSING")
    default: break
    }
    if name.hasPrefix("logging."), let level = levels[String(name.dropFirst(8))] { return .integer(level) }
    if name.hasPrefix("inspect.Parameter."), parameterKinds.contains(String(name.dropFirst(18))) {
      return .sentinel(name)
    }
    if name.hasPrefix("http.HTTPStatus."), let code = statusCodes[String(name.dropFirst(16))] {
      return .instance(
        InstanceObject(
          type: .library("http.HTTPStatus"),
          attributes: [
            "_value_": .integer(code), "value": .integer(code), "_name_": .string(String(name.dropFirst(16))),
            "name": .string(String(name.dropFirst(16))),
          ]))
    }
    if name.hasPrefix("typing."), ["AnyStr", "T", "KT", "VT"].contains(name.dropFirst(7)) {
      return .typeParameter(TypeParameterObject(name: String(name.dropFirst(7)), kind: .typeVariable) { nil })
    }
    return nil
  }

  private static let levels = ["DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40, "CRITICAL": 50, "NOTSET": 0]
  private static let parameterKinds: Set<String> = [
    "POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD",
  ]
  /// RFC 9110, as `http.HTTPStatus` names them.
  private static let statusCodes = [
    "CONTINUE": 100, "SWITCHING_PROTOCOLS": 101, "OK": 200, "CREATED": 201, "ACCEPTED": 202,
    "NON_AUTHORITATIVE_INFORMATION": 203, "NO_CONTENT": 204, "RESET_CONTENT": 205, "PARTIAL_CONTENT": 206,
    "MULTI_STATUS": 207, "MULTIPLE_CHOICES": 300, "MOVED_PERMANENTLY": 301, "FOUND": 302, "SEE_OTHER": 303,
    "NOT_MODIFIED": 304, "TEMPORARY_REDIRECT": 307, "PERMANENT_REDIRECT": 308, "BAD_REQUEST": 400, "UNAUTHORIZED": 401,
    "PAYMENT_REQUIRED": 402, "FORBIDDEN": 403, "NOT_FOUND": 404, "METHOD_NOT_ALLOWED": 405, "NOT_ACCEPTABLE": 406,
    "REQUEST_TIMEOUT": 408, "CONFLICT": 409, "GONE": 410, "LENGTH_REQUIRED": 411, "PRECONDITION_FAILED": 412,
    "REQUEST_ENTITY_TOO_LARGE": 413, "CONTENT_TOO_LARGE": 413, "UNSUPPORTED_MEDIA_TYPE": 415, "IM_A_TEAPOT": 418,
    "UNPROCESSABLE_ENTITY": 422, "UNPROCESSABLE_CONTENT": 422, "LOCKED": 423, "FAILED_DEPENDENCY": 424,
    "TOO_MANY_REQUESTS": 429, "INTERNAL_SERVER_ERROR": 500, "NOT_IMPLEMENTED": 501, "BAD_GATEWAY": 502,
    "SERVICE_UNAVAILABLE": 503, "GATEWAY_TIMEOUT": 504,
  ]
}
