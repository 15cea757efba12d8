import MerlonAPI
import MerlonBase

/// The `responses` object of an operation, as `get_openapi_path` puts it together.
struct ResponseWriter {
  let document: DocumentBuilder
  let input: RouteDocumentInput

  private var interpreter: Interpreter { document.interpreter }

  func write(into draft: inout RouteDraft) {
    let response = ResponseClass(input.responseClass, interpreter)
    let status = input.statusCode.map(String.init) ?? String(response.statusCode)
    var success = JSONValue.object([
      .init(
        key: "description",
        value: .string(input.responseDescription?.settled.stringValue ?? "Successful Response"))
    ])
    if Self.allowsBody(input.statusCode) {
      var media: String?
      var content = JSONValue.object([])
      if input.streamsJSON {
        media = "application/jsonl"
        content.set("itemSchema", streamItem() ?? .object([]))
      } else if input.streamsEvents {
        media = "text/event-stream"
        content.set("itemSchema", StandardSchemas.event(content: streamItem()))
      } else if let type = response.mediaType {
        media = type
        var schema = SchemaGenerator.type("string")
        if response.isJSON {
          schema = input.responseModel.map { field($0, name: "Response_" + input.uniqueID) } ?? .object([])
          draft.answer = input.responseModel == nil ? nil : schema
        }
        content.set("schema", schema)
      }
      if let media { success.set("content", .object([.init(key: media, value: content)])) }
    }
    draft.responses.set(status, success)
    addAdditional(to: &draft, mediaType: response.mediaType ?? "application/json")
  }

  private func streamItem() -> JSONValue? {
    input.streamItem.map { field($0, name: "StreamItem_" + input.uniqueID) }
  }

  private func field(_ type: PythonValue, name: String) -> JSONValue {
    // The name in the title of a response field is that of the operation.
    document.schema(of: FieldInfo.from(annotation: type), alias: name, mode: .serialization)
  }

  private func addAdditional(to draft: inout RouteDraft, mediaType: String) {
    let models = ResponseDictionary.models(in: input.responses)
    for entry in input.responses?.settled.dictionaryValue?.entries ?? [] {
      guard let code = ResponseDictionary.status(entry.key) else {
        document.builder.note("a response has a status that is only known at run time")
        continue
      }
      var given = ResponseDictionary.json(entry.value, document.builder.encoder)
      given.remove("model")
      let key = code.uppercased() == "DEFAULT" ? "default" : code.uppercased()
      var present = draft.responses[key] ?? .object([])
      if let model = models.first(where: { $0.status == code })?.model {
        let schema = field(model, name: "Response_\(code)_" + input.uniqueID)
        var content = given["content"] ?? .object([])
        var media = content[mediaType] ?? .object([])
        var target = media["schema"] ?? .object([])
        target.merge(schema)
        media.set("schema", target)
        content.set(mediaType, media)
        given.set("content", content)
      }
      let description =
        Self.text(given["description"]) ?? Self.text(present["description"]) ?? StandardSchemas.phrase(of: code)
        ?? "Additional Response"
      present.merge(given)
      present.set("description", .string(description))
      draft.responses.set(key, present)
    }
  }

  private static func text(_ value: JSONValue?) -> String? {
    guard let text = value?.string, !text.isEmpty else { return nil }
    return text
  }

  /// `is_body_allowed_for_status_code`.
  private static func allowsBody(_ status: Int?) -> Bool {
    guard let status else { return true }
    return status >= 200 && status != 204 && status != 205 && status != 304
  }
}

/// The `responses=` dictionaries of applications, routers and routes.
enum ResponseDictionary {
  static func models(in responses: PythonValue?) -> [(status: String, model: PythonValue)] {
    (responses?.settled.dictionaryValue?.entries ?? []).compactMap { entry in
      guard let status = status(entry.key),
        let model = entry.value.settled.dictionaryValue?.entries.first(where: { $0.key.stringValue == "model" })?.value,
        !model.isNull
      else { return nil }
      return (status, model)
    }
  }

  /// `404`, `4XX`, `default`; members of `http.HTTPStatus` count as their values.
  static func status(_ value: PythonValue) -> String? {
    let value = value.settled
    if let text = PlainValue.text(of: value) { return text }
    return PlainValue.integer(of: value).map(String.init)
  }

  /// What has a JSON form; models and the like are left out.
  static func json(_ value: PythonValue, _ encoder: ValueEncoder, depth: Int = 0) -> JSONValue {
    guard depth < 40, let dictionary = value.settled.dictionaryValue else {
      return encoder.json(value) ?? .object([])
    }
    var result = JSONValue.object([])
    for entry in dictionary.entries {
      guard let key = encoder.key(entry.key) else { continue }
      if entry.value.settled.dictionaryValue != nil {
        result.set(key, json(entry.value, encoder, depth: depth + 1))
      } else if let value = encoder.json(entry.value) {
        result.set(key, value)
      }
    }
    return result
  }
}

/// What a response class says of the answers that it writes.
struct ResponseClass {
  let mediaType: String?
  let statusCode: Int
  let isJSON: Bool

  /// - Parameter value: nil for the default, `JSONResponse`.
  init(_ value: PythonValue?, _ interpreter: Interpreter) {
    guard let value = value?.settled else {
      self.init(mediaType: "application/json", statusCode: 200, isJSON: true)
      return
    }
    let isRedirect = interpreter.isSubclass(value, of: "starlette.responses.RedirectResponse")
    let isJSON = interpreter.isSubclass(value, of: "starlette.responses.JSONResponse")
    var mediaType = isJSON ? "application/json" : Self.mediaTypes[TypeName.last(value.typeName ?? "")]
    if let type = interpreter.attribute("media_type", of: value)?.settled, !type.isUnknownValue {
      mediaType = type.stringValue
    }
    self.init(
      mediaType: mediaType, statusCode: Self.ownStatus(value, interpreter) ?? (isRedirect ? 307 : 200), isJSON: isJSON)
  }

  private init(mediaType: String?, statusCode: Int, isJSON: Bool) {
    self.mediaType = mediaType
    self.statusCode = statusCode
    self.isJSON = isJSON
  }

  /// The default of `status_code` in the class's own constructor.
  private static func ownStatus(_ value: PythonValue, _ interpreter: Interpreter) -> Int? {
    interpreter.signature(of: value)?.parameters.first { $0.name == "status_code" }?.defaultValue?.intValue
  }

  private static let mediaTypes = [
    "HTMLResponse": "text/html", "PlainTextResponse": "text/plain", "JSONResponse": "application/json",
    "ORJSONResponse": "application/json", "UJSONResponse": "application/json",
    "EventSourceResponse": "text/event-stream",
  ]
}

extension PythonValue {
  fileprivate var isUnknownValue: Bool {
    if case .unknown = self { return true }
    return false
  }
}
