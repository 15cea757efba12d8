import MerlonBase

/// Schemas and texts that FastAPI itself puts into documents (`fastapi.openapi.utils`, `fastapi.sse`).
enum StandardSchemas {
  /// The response to invalid requests.
  static let errorResponse = object([
    ("description", .string("Validation Error")),
    (
      "content",
      object([
        (
          "application/json",
          object([("schema", object([("$ref", .string("#/components/schemas/HTTPValidationError"))]))])
        )
      ])
    ),
  ])

  static let errorAnswer = object([
    ("title", .string("HTTPValidationError")), ("type", .string("object")),
    (
      "properties",
      object([
        (
          "detail",
          object([
            ("title", .string("Detail")), ("type", .string("array")),
            ("items", object([("$ref", .string("#/components/schemas/ValidationError"))])),
          ])
        )
      ])
    ),
  ])

  /// `input` and `ctx` are described since 0.128.3.
  static func validationError(_ version: FrameworkVersion) -> JSONValue {
    var properties: [(String, JSONValue)] = [
      (
        "loc",
        object([
          ("title", .string("Location")), ("type", .string("array")),
          (
            "items",
            object([
              (
                "anyOf",
                .array([object([("type", .string("string"))]), object([("type", .string("integer"))])])
              )
            ])
          ),
        ])
      ),
      ("msg", object([("title", .string("Message")), ("type", .string("string"))])),
      ("type", object([("title", .string("Error Type")), ("type", .string("string"))])),
    ]
    if version >= FrameworkVersion(0, 128, 3) {
      properties.append(("input", object([("title", .string("Input"))])))
      properties.append(("ctx", object([("title", .string("Context")), ("type", .string("object"))])))
    }
    return object([
      ("title", .string("ValidationError")), ("type", .string("object")), ("properties", object(properties)),
      ("required", .array([.string("loc"), .string("msg"), .string("type")])),
    ])
  }

  /// An event of a stream of server-sent events.
  static func event(content: JSONValue?) -> JSONValue {
    var data = object([("type", .string("string"))])
    if let content {
      data.set("contentMediaType", .string("application/json"))
      data.set("contentSchema", content)
    }
    var schema = object([
      ("type", .string("object")),
      (
        "properties",
        object([
          ("data", data), ("event", object([("type", .string("string"))])),
          ("id", object([("type", .string("string"))])),
          ("retry", object([("type", .string("integer")), ("minimum", .number(0))])),
        ])
      ),
    ])
    if content != nil { schema.set("required", .array([.string("data")])) }
    return schema
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { .init(key: $0.0, value: $0.1) })
  }

  /// Description of a status or of a range of them; nil for unknown ones.
  static func phrase(of status: String) -> String? {
    ranges[status.uppercased()] ?? Int(status).flatMap { phrases[$0] }
  }

  private static let ranges = [
    "1XX": "Information", "2XX": "Success", "3XX": "Redirection", "4XX": "Client Error", "5XX": "Server Error",
    "DEFAULT": "Default Response",
  ]

  /// `http.client.responses` of Python 3.11.
  private static let phrases = [
    100: "Continue", 101: "Switching Protocols", 102: "Processing", 103: "Early Hints", 200: "OK", 201: "Created",
    202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content", 205: "Reset Content",
    206: "Partial Content", 207: "Multi-Status", 208: "Already Reported", 226: "IM Used", 300: "Multiple Choices",
    301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified", 305: "Use Proxy",
    307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
    402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
    407: "Proxy Authentication Required", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
    412: "Precondition Failed", 413: "Request Entity Too Large", 414: "Request-URI Too Long",
    415: "Unsupported Media Type", 416: "Requested Range Not Satisfiable", 417: "Expectation Failed",
    418: "I'm a Teapot", 421: "Misdirected Request", 422: "Unprocessable Entity", 423: "Locked",
    424: "Failed Dependency", 425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required",
    429: "Too Many Requests", 431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported", 506: "Variant Also Negotiates",
    507: "Insufficient Storage", 508: "Loop Detected", 510: "Not Extended", 511: "Network Authentication Required",
  ]
}
