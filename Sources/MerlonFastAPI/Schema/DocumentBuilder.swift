import MerlonAPI
import MerlonBase

/// What a route object says that its operations in the document depend on: the input of FastAPI's `get_openapi_path`.
struct RouteDocumentInput {
  /// In the order of `Route.parameters`, as far as they are path, query, header and cookie parameters; models of
  /// parameters are already flattened into their fields.
  var parameters: [ParameterInput] = []
  /// All body, form and file parameters of the flat dependant, in order; not embedded yet.
  var body: [BodyInput] = []
  /// `_should_embed_body_fields` of the flat dependant.
  var embedsBody: Bool = false
  /// `APIRoute.unique_id`; names the body model.
  var uniqueID: String = ""
  /// `response_model`, or what the return annotation stands for; nil where no response field is made.
  var responseModel: PythonValue?
  /// Type of the elements that a generator yields; `streamsJSON` and `streamsEvents` say in which form.
  var streamItem: PythonValue?
  var streamsJSON: Bool = false
  var streamsEvents: Bool = false
  /// `status_code`; nil where the response class decides.
  var statusCode: Int?
  /// The response class in force, the application's default looked up.
  var responseClass: PythonValue?
  /// `responses` of application, routers and route merged; a dictionary by status.
  var responses: PythonValue?
  var responseDescription: PythonValue?
  var openAPIExtra: PythonValue?
  /// Security scheme instances of the chain by the name that the document gives them.
  var securitySchemes: [(name: String, scheme: PythonValue)] = []
  /// Routes of `callbacks=`, with name, path and the finished route model that `input` completes.
  var callbacks: [CallbackInput] = []
}

struct ParameterInput {
  /// Position in `Route.parameters`.
  var index: Int
  var field: FieldInfo
  /// Name in Python, from which the title is made when there is no alias.
  var name: String
  /// Validation alias (`get_validation_alias`), underscores not yet converted.
  var alias: String
  /// The model whose flattened field it is; its configuration applies.
  var model: PythonValue?
  /// What the parameter that takes the model says of underscores in names of headers.
  var convertsUnderscores: Bool = true
}

struct BodyInput {
  var field: FieldInfo
  var name: String
  var alias: String
  var place: Parameter.Place
}

struct CallbackInput {
  var name: String
  var route: Route
  var input: RouteDocumentInput
}

/// Makes the parts of the OpenAPI document that depend on types, for one application.
///
/// Names of schemas are only known when all types were seen, so routes are added first and completed by `finish`.
final class DocumentBuilder {
  let interpreter: Interpreter
  let fields: ModelFields
  let builder: CoreSchemaBuilder
  private let generator: SchemaGenerator
  private let separatesInputAndOutput: Bool
  private var routes: [(index: Int, input: RouteDocumentInput)] = []
  private var webhooks: [(index: Int, input: RouteDocumentInput)] = []
  private var bodies = 0

  /// What could not be told: callables that change schemas, types without a schema.
  var limits: [Limit] { builder.limits }

  /// - Parameter separatesInputAndOutput: `FastAPI(separate_input_output_schemas=)`.
  init(interpreter: Interpreter, fields: ModelFields, separatesInputAndOutput: Bool = true) {
    self.interpreter = interpreter
    self.fields = fields
    self.separatesInputAndOutput = separatesInputAndOutput
    builder = CoreSchemaBuilder(interpreter: interpreter, fields: fields)
    generator = SchemaGenerator(builder: builder)
  }

  /// Adds a route that is in the schema; `index` is its place in `Application.routes`.
  func add(_ input: RouteDocumentInput, route index: Int) { routes.append((index, input)) }

  /// Adds a route of `app.webhooks`; `index` is its place in `Application.webhooks`.
  func add(_ input: RouteDocumentInput, webhook index: Int) { webhooks.append((index, input)) }

  /// Fills `Parameter.schema` and `.documentation`, `Route.documentParameters`, `.requestBody`, `.response` and
  /// `.extra` of the routes that were added, and the application's `schemas` and `securitySchemes`.
  func finish(_ application: inout Application) {
    // All schemas are written before the first name is chosen, because names depend on what else there is.
    let drafts = routes.compactMap { item in
      application.routes.indices.contains(item.index)
        ? (item.index, draft(item.input, route: application.routes[item.index])) : nil
    }
    let hookDrafts = webhooks.compactMap { item in
      application.webhooks.indices.contains(item.index)
        ? (item.index, draft(item.input, route: application.webhooks[item.index])) : nil
    }
    for (_, input) in routes + webhooks { addFlatModels(of: input) }
    let names = DefinitionNames(
      order: generator.order, definitions: generator.definitions, names: builder.names)
    var needsErrors = false
    for (index, draft) in drafts {
      needsErrors = complete(&application.routes[index], draft, names) || needsErrors
    }
    for (index, draft) in hookDrafts {
      needsErrors = complete(&application.webhooks[index], draft, names) || needsErrors
    }
    for reference in generator.order {
      guard let name = names.names[reference], var schema = generator.definitions[reference] else { continue }
      schema = names.apply(to: schema)
      if let description = schema["description"]?.string {
        schema.set("description", .string(String(description.prefix { $0 != "\u{C}" })))
      }
      application.schemas[name] = schema
    }
    if needsErrors {
      if application.schemas["ValidationError"] == nil {
        application.schemas["ValidationError"] = StandardSchemas.validationError(interpreter.options.fastAPIVersion)
        application.schemas["HTTPValidationError"] = StandardSchemas.errorAnswer
      }
    }
    for (_, input) in routes + webhooks {
      for (name, scheme) in input.securitySchemes {
        application.securitySchemes[name] = SecuritySchemeWriter(builder: builder).json(scheme)
      }
    }
  }

  /// Title, version and what else an application object says of itself (`FastAPI(title=…)`), and its servers.
  static func info(of application: InstanceObject, interpreter: Interpreter) -> (DocumentInfo, servers: [JSONValue]) {
    ApplicationInfo(application: application, interpreter: interpreter).read()
  }

  // MARK: Schemas of fields

  /// The schema of a parameter, body or response (`get_schema_from_model_field`), references in placeholder form.
  func schema(
    of info: FieldInfo, alias: String, mode: SchemaMode, config: ModelConfig? = nil
  ) -> JSONValue {
    let mode = separatesInputAndOutput || hasComputedFields(info.annotation) ? mode : .validation
    var json = generator.schema(builder.adapter(info), mode: mode, config: config)
    if json["$ref"] == nil {
      json.set("title", .string(info.text("title") ?? Self.title(of: alias)))
    }
    return json
  }

  /// The same of a schema that no type value stands for: the model of an embedded body.
  func schema(of core: CoreSchema, mode: SchemaMode) -> JSONValue {
    generator.schema(core, mode: separatesInputAndOutput ? mode : .validation)
  }

  /// Tells embedded bodies apart whose operations share an id.
  func nextBodyNumber() -> Int {
    bodies += 1
    return bodies
  }

  /// `alias.title().replace("_", " ")`.
  private static func title(of alias: String) -> String {
    String(DocumentText.title(alias).map { $0 == "_" ? " " : $0 })
  }

  /// `_annotation_has_computed_fields`.
  private func hasComputedFields(_ type: PythonValue) -> Bool {
    var seen: Set<String> = []
    return hasComputedFields(type, &seen)
  }

  private func hasComputedFields(_ type: PythonValue, _ seen: inout Set<String>) -> Bool {
    if let members = fields.fields(of: type) {
      guard seen.insert(fields.identity.key(type)).inserted else { return false }
      if members.contains(where: \.isComputed) { return true }
      for member in members where hasComputedFields(member.annotation, &seen) { return true }
      return false
    }
    for argument in type.settled.genericValue?.arguments ?? [] where hasComputedFields(argument, &seen) { return true }
    return false
  }

  /// Models and enumerations that types mention have definitions even where no schema refers to them
  /// (`get_flat_models_from_fields`).
  private func addFlatModels(of input: RouteDocumentInput) {
    var seen: Set<String> = []
    for parameter in input.parameters { addFlat(parameter.field.annotation, .validation, &seen) }
    for body in input.body { addFlat(body.field.annotation, .validation, &seen) }
    var outputs: Set<String> = []
    let mode: SchemaMode = .serialization
    if let model = input.responseModel { addFlat(model, mode, &outputs) }
    if let item = input.streamItem { addFlat(item, mode, &outputs) }
    for (_, model) in ResponseDictionary.models(in: input.responses) { addFlat(model, mode, &outputs) }
    for callback in input.callbacks { addFlatModels(of: callback.input) }
  }

  private func addFlat(_ type: PythonValue, _ mode: SchemaMode, _ seen: inout Set<String>) {
    let type = type.settled
    let isEnumeration = type.classValue != nil && interpreter.isSubclass(type, of: "enum.Enum")
    if isEnumeration || fields.isModel(type) {
      guard seen.insert(fields.identity.key(type)).inserted else { return }
      let actual = separatesInputAndOutput || hasComputedFields(type) ? mode : .validation
      _ = generator.schema(builder.schema(type), mode: actual)
      for field in isEnumeration ? [] : fields.fields(of: type) ?? [] where !field.isComputed {
        addFlat(field.annotation, mode, &seen)
      }
    } else {
      for argument in type.genericValue?.arguments ?? [] { addFlat(argument, mode, &seen) }
    }
  }
}
