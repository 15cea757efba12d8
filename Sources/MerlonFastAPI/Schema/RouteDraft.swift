import MerlonAPI
import MerlonBase

/// The parts of an operation that depend on types, before names of schemas are chosen.
struct RouteDraft {
  /// Parameter objects of the document, grouped and of each name one.
  var parameters: [JSONValue] = []
  /// Schema by position in `Route.parameters`.
  var schemas: [Int: JSONValue] = [:]
  var documentation: [Int: [JSONValue.Member]] = [:]
  var body: RequestBody?
  var responses = JSONValue.object([])
  /// Schema of the answer in case of success.
  var answer: JSONValue?
  var fields: [ResponseField] = []
  var extra: [JSONValue.Member] = []
  var callbacks: [(name: String, path: String, route: Route, draft: RouteDraft)] = []
  var needsErrors = false
}

extension DocumentBuilder {
  func draft(_ input: RouteDocumentInput, route: Route) -> RouteDraft {
    var draft = RouteDraft()
    addParameters(input, route, to: &draft)
    draft.body = body(input)
    ResponseWriter(document: self, input: input).write(into: &draft)
    let hasParameters = !input.parameters.isEmpty || draft.body != nil
    let keys = Set((draft.responses.members ?? []).map(\.key))
    if hasParameters, keys.isDisjoint(with: ["422", "4XX", "default"]) {
      draft.responses.set("422", StandardSchemas.errorResponse)
      draft.needsErrors = true
    }
    for callback in input.callbacks {
      draft.callbacks.append(
        (callback.name, callback.route.path, callback.route, self.draft(callback.input, route: callback.route)))
    }
    if let extra = input.openAPIExtra, !extra.isNull {
      if let members = builder.encoder.json(extra)?.members {
        draft.extra = members
      } else {
        builder.note("`openapi_extra` of `\(route.path)` is only known at run time")
      }
    }
    if let model = input.responseModel {
      draft.fields = ResponseFields(fields: fields, interpreter: interpreter).list(of: model)
    }
    return draft
  }

  /// Puts a draft into its route; true when the answer to invalid requests is among its responses.
  func complete(_ route: inout Route, _ draft: RouteDraft, _ names: DefinitionNames) -> Bool {
    for (index, schema) in draft.schemas where route.parameters.indices.contains(index) {
      route.parameters[index].schema = names.apply(to: schema)
      route.parameters[index].documentation = draft.documentation[index] ?? []
    }
    route.documentParameters = draft.parameters.map { names.apply(to: $0) }
    route.requestBody = draft.body.map { body in
      RequestBody(
        content: body.content.map { .init(key: $0.key, value: names.apply(to: $0.value)) }, isRequired: body.isRequired)
    }
    route.response.document = names.apply(to: draft.responses).members ?? []
    route.response.schema = draft.answer.map { names.apply(to: $0) }
    route.response.fields = draft.fields
    var needsErrors = draft.needsErrors
    if !draft.callbacks.isEmpty {
      var callbacks = JSONValue.object([])
      for callback in draft.callbacks {
        var inner = callback.route
        needsErrors = complete(&inner, callback.draft, names) || needsErrors
        let operations = inner.methods.map {
          JSONValue.Member(key: $0.lowercased(), value: OpenAPIWriter.operation(of: inner, method: $0))
        }
        callbacks.set(
          callback.name, .object([.init(key: callback.path, value: .object(operations))]))
      }
      route.extra.append(.init(key: "callbacks", value: callbacks))
    }
    route.extra += draft.extra
    return needsErrors
  }

  // MARK: Parameters

  private func addParameters(_ input: RouteDocumentInput, _ route: Route, to draft: inout RouteDraft) {
    var objects: [(key: String, isRequired: Bool, value: JSONValue)] = []
    for place in [Parameter.Place.path, .query, .header, .cookie] {
      for item in input.parameters {
        guard route.parameters.indices.contains(item.index) else { continue }
        let parent = route.parameters[item.index]
        guard parent.place == place else { continue }
        let config = item.model.flatMap { fields.resolved($0) }.map { fields.config(of: $0.0) }
        let schema = schema(of: item.field, alias: item.alias, mode: .validation, config: config)
        let details = details(of: item.field)
        if item.model == nil {
          draft.schemas[item.index] = schema
          draft.documentation[item.index] = details
        }
        guard parent.isInSchema else { continue }
        var name = item.alias
        if item.model != nil, place == .header, item.alias == item.name, item.convertsUnderscores,
          item.field.flag("convert_underscores") != false
        {
          name = String(name.map { $0 == "_" ? "-" : $0 })
        }
        let isOptionalModel = item.model != nil && !parent.isRequired
        let isRequired = item.field.isRequired && !isOptionalModel
        let object = JSONValue.object(
          [
            .init(key: "name", value: .string(name)), .init(key: "in", value: .string(place.rawValue)),
            .init(key: "required", value: .bool(isRequired)), .init(key: "schema", value: schema),
          ] + details)
        objects.append((place.rawValue + " " + name, isRequired, object))
      }
    }
    // Of two with one name a required one wins, else the later (`get_openapi_path`).
    var order: [String] = []
    var chosen: [String: (isRequired: Bool, value: JSONValue)] = [:]
    for object in objects {
      if let earlier = chosen[object.key] {
        if object.isRequired || !earlier.isRequired { chosen[object.key] = (object.isRequired, object.value) }
      } else {
        order.append(object.key)
        chosen[object.key] = (object.isRequired, object.value)
      }
    }
    draft.parameters = order.compactMap { chosen[$0]?.value }
  }

  /// Members beside the schema.
  private func details(of info: FieldInfo) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let text = info.text("description"), !text.isEmpty {
      members.append(.init(key: "description", value: .string(text)))
    }
    members += examples(of: info)
    if let deprecated = info.attributes["deprecated"]?.settled, !deprecated.isNull, deprecated.boolValue != false {
      members.append(.init(key: "deprecated", value: .bool(true)))
    }
    return members
  }

  private func examples(of info: FieldInfo) -> [JSONValue.Member] {
    if let given = info.attributes["openapi_examples"], !given.isNull, let json = builder.encoder.json(given),
      json.members?.isEmpty == false
    {
      return [.init(key: "examples", value: json)]
    }
    if let example = info.attributes["example"], !example.isUnset, let json = builder.encoder.json(example) {
      return [.init(key: "example", value: json)]
    }
    return []
  }

  // MARK: Bodies

  /// `get_body_field` and `get_openapi_operation_request_body`.
  private func body(_ input: RouteDocumentInput) -> RequestBody? {
    guard let first = input.body.first else { return nil }
    let forms = FormBody(document: self, parameters: input.body)
    guard input.embedsBody || forms.hasNullableModel else {
      var content = JSONValue.object([
        .init(key: "schema", value: schema(of: first.field, alias: first.alias, mode: .validation))
      ])
      for member in examples(of: first.field) { content.set(member.key, member.value) }
      return RequestBody(
        content: [.init(key: mediaType(of: first), value: content)], isRequired: first.field.isRequired)
    }
    let name = "Body_" + input.uniqueID
    let key = "body " + input.uniqueID + "#\(nextBodyNumber())"
    let object = ObjectSchema(
      name: DefinitionName(key: key, qualified: "fastapi._compat.v2." + name), title: name, config: ModelConfig(),
      hasOwnConfig: true, type: .none)
    if forms.hasModels {
      forms.fill(object)
    } else {
      for item in input.body {
        let field = builder.bodyField(item.field, name: item.name, alias: item.alias)
        if let index = object.fields.firstIndex(where: { $0.name == field.name }) {
          object.fields[index] = field
        } else {
          object.fields.append(field)
        }
      }
    }
    let reference = builder.define(object.name, type: .none) { CoreSchema(.object(object)) }
    let isRequired = input.embedsBody ? input.body.contains { $0.field.isRequired } : first.field.isRequired
    let content = JSONValue.object([.init(key: "schema", value: schema(of: reference, mode: .validation))])
    return RequestBody(content: [.init(key: embeddedMediaType(input.body), value: content)], isRequired: isRequired)
  }

  private func embeddedMediaType(_ body: [BodyInput]) -> String {
    if body.contains(where: { $0.place == .file }) { return "multipart/form-data" }
    if body.contains(where: { $0.place == .form }) { return "application/x-www-form-urlencoded" }
    let types = Set(body.map { mediaType(of: $0) })
    return types.count == 1 ? types.first ?? "application/json" : "application/json"
  }

  private func mediaType(of body: BodyInput) -> String {
    if let given = body.field.text("media_type") { return given }
    switch body.place {
    case .file: return "multipart/form-data"
    case .form: return "application/x-www-form-urlencoded"
    default: return "application/json"
    }
  }
}

extension CoreSchemaBuilder {
  /// A body parameter as a field of the model that embeds it.
  func bodyField(_ info: FieldInfo, name: String, alias: String) -> SchemaField {
    var core = adapter(FieldInfo(annotation: info.annotation, metadata: info.metadata, attributes: [:]))
    if let discriminator = info.attributes["discriminator"] {
      core = adapter(
        FieldInfo(
          annotation: info.annotation, metadata: info.metadata, attributes: ["discriminator": discriminator]))
    }
    // `adapter` without a default, then the default outside, as for any field.
    if case .withDefault(let inner, _) = core.kind { core = inner }
    if !info.isRequired { core = CoreSchema(.withDefault(core, info.defaultValue)) }
    return SchemaField(
      name: name, validationAlias: alias, serializationAlias: info.text("serialization_alias") ?? alias, schema: core,
      updates: updates(of: info), extra: extra(of: info), extraFunction: extraFunction(of: info),
      isRequired: info.isRequired, isExcluded: false,
      isComputed: false)
  }
}
