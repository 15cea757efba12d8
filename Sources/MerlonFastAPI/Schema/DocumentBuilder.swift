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
  /// What could not be told: callables that change schemas, types without a schema.
  private(set) var limits: [Limit] = []

  /// - Parameter separatesInputAndOutput: `FastAPI(separate_input_output_schemas=)`.
  init(interpreter: Interpreter, fields: ModelFields, separatesInputAndOutput: Bool = true) {
    self.interpreter = interpreter
    self.fields = fields
  }

  /// Adds a route that is in the schema; `index` is its place in `Application.routes`.
  func add(_ input: RouteDocumentInput, route index: Int) {}

  /// Adds a route of `app.webhooks`; `index` is its place in `Application.webhooks`.
  func add(_ input: RouteDocumentInput, webhook index: Int) {}

  /// Fills `Parameter.schema` and `.documentation`, `Route.requestBody`, `.response.document`, `.response.schema`,
  /// `.response.fields` and `.extra` of the routes that were added, and the application's `schemas` and
  /// `securitySchemes`.
  func finish(_ application: inout Application) {}

  /// Title, version and what else an application object says of itself (`FastAPI(title=…)`), and its servers.
  static func info(of application: InstanceObject, interpreter: Interpreter) -> (DocumentInfo, servers: [JSONValue]) {
    (DocumentInfo(), [])
  }
}
