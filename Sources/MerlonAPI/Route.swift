public import MerlonBase

/// One entry of the routing table. A route with several methods stands for several operations.
public struct Route: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// An operation of the framework: dependencies, validation and the document apply.
    case http
    case websocket
    /// Another application or a folder of files below a path; outside the dependencies of the application.
    case mount
    /// Static files that the framework serves as the last resort (FastAPI 0.138 and later).
    case frontend
    /// A plain route of the toolkit below (`add_route`): no dependencies, no validation, not in the document.
    case starlette
    /// An application for one host name.
    case host
  }

  public var kind: Kind
  /// Full path template with all prefixes: `/users/{user_id}`. A part that is not known stands as `{?text}`.
  public var path: String
  /// Sorted; empty for WebSockets and mounts.
  public var methods: [String]
  /// The name that URLs are built from.
  public var name: String?
  public var endpoint: CodeReference?
  /// Where the route is registered: the decorator or the call.
  public var location: SourceLocation?
  /// All callables that are resolved for a request, parents before what they need, the route's own at depth 1.
  public var dependencies: [Dependency]
  /// Security schemes in the chain, with the scopes that are asked of each.
  public var security: [SecurityUse]
  /// Parameters of the endpoint and of its dependencies, body fields included, in the order of the framework.
  public var parameters: [Parameter]
  /// Parameter objects of the document, where they were made together with the schemas: models of parameters stand as
  /// their fields. Nil when `parameters` says it all.
  public var documentParameters: [JSONValue]?
  public var requestBody: RequestBody?
  public var response: Response
  public var tags: [String]
  public var isInSchema: Bool
  public var isDeprecated: Bool
  public var operationID: String?
  public var summary: String?
  public var description: String?
  /// What the document says of the operation beyond this model (`openapi_extra`, `callbacks`).
  public var extra: [JSONValue.Member]
  /// Path of the mount that this route lies below; nil at the application's own level.
  public var mountedAt: String?
  /// For mounts: the class that serves it, and the folder of static files.
  public var mountedClass: String?
  public var directory: String?
  /// Why the route may be absent: texts of the conditions that its registration depends on.
  public var conditions: [String]
  /// What the operation's own code checks, beside its dependencies.
  public var handlerFacts: GuardFacts?
  /// Who may call it, told from dependencies, middleware and handler together.
  public var access: AccessRequirement
  /// What a call does, in the order of the code.
  public var effects: [Effect]
  /// Objects that a caller chooses by an identifier.
  public var objectAccesses: [ObjectAccess]
  /// Facts about input and output that rules judge (raw body, spread of a whole model, answers that bypass the model).
  public var traits: [OperationTrait]
  /// Values of the request that reach places where they can do harm.
  public var flows: [TaintFlow]
  /// Class of the route object, for applications that define their own.
  public var routeClass: String?
  /// Bytes; nil when unlimited or unknown.
  public var maxBodySize: Int?

  public init(kind: Kind, path: String, methods: [String] = []) {
    self.kind = kind
    self.path = path
    self.methods = methods
    self.name = nil
    self.endpoint = nil
    self.location = nil
    self.dependencies = []
    self.security = []
    self.parameters = []
    self.documentParameters = nil
    self.requestBody = nil
    self.response = Response()
    self.tags = []
    self.isInSchema = true
    self.isDeprecated = false
    self.operationID = nil
    self.summary = nil
    self.description = nil
    self.extra = []
    self.mountedAt = nil
    self.mountedClass = nil
    self.directory = nil
    self.conditions = []
    self.handlerFacts = nil
    self.access = AccessRequirement()
    self.effects = []
    self.objectAccesses = []
    self.traits = []
    self.flows = []
    self.routeClass = nil
    self.maxBodySize = nil
  }
}

/// A callable that the framework calls to answer a request.
public struct Dependency: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case function, `class`, instance, method }

  public var callable: CodeReference
  public var kind: Kind
  /// 1 for those of application, router, route and endpoint; one more for each step below.
  public var depth: Int
  /// Name of the parameter that receives the result; nil for those that are only called.
  public var parameter: String?
  /// Scopes in force, those of the parents included.
  public var scopes: [String]
  public var ownScopes: [String]
  public var usesCache: Bool
  /// Where it is declared: application, router, include, route or parameter.
  public var declaredBy: DeclarationLevel
  /// Name of the variable that holds the instance, as `module:name`; nil for functions and classes.
  public var variable: String?
  public var isSecurityScheme: Bool
  /// True when its `scopes` parameter (`SecurityScopes`) is taken by it or by something below it.
  public var readsScopes: Bool
  /// What it enforces; nil when it was not looked at.
  public var guardFacts: GuardFacts?
  /// Position of the dependency that needs this one in `Route.dependencies`; nil at depth 1.
  public var parent: Int?

  public init(callable: CodeReference, kind: Kind, depth: Int) {
    self.callable = callable
    self.kind = kind
    self.depth = depth
    self.parameter = nil
    self.scopes = []
    self.ownScopes = []
    self.usesCache = true
    self.declaredBy = .parameter
    self.variable = nil
    self.isSecurityScheme = false
    self.readsScopes = false
    self.guardFacts = nil
    self.parent = nil
  }
}

/// At which level of an application something is declared.
public enum DeclarationLevel: String, Sendable, Hashable { case application, router, include, route, parameter }

/// A security scheme in the chain of a route.
public struct SecurityUse: Sendable, Hashable {
  /// Name of the scheme in the document: the class name unless `scheme_name` says otherwise.
  public var schemeName: String
  /// `oauth2`, `http`, `apiKey`, `openIdConnect`.
  public var type: String
  public var scopes: [String]
  /// Class of the scheme, by dotted name.
  public var className: String
  /// False when a missing credential gives `None` instead of a refusal; nil when not known.
  public var autoError: Bool?
  /// `header`, `query` or `cookie` and the name there, for API keys.
  public var place: String?
  public var placeName: String?
  /// The `http` scheme: `bearer`, `basic`, `digest`.
  public var httpScheme: String?
  public var variable: String?

  public init(schemeName: String, type: String, scopes: [String] = [], className: String = "") {
    self.schemeName = schemeName
    self.type = type
    self.scopes = scopes
    self.className = className
    self.autoError = nil
    self.place = nil
    self.placeName = nil
    self.httpScheme = nil
    self.variable = nil
  }
}

/// A value that the caller gives.
public struct Parameter: Sendable, Hashable {
  public enum Place: String, Sendable, Hashable, CaseIterable { case path, query, header, cookie, body, form, file }

  public var name: String
  /// Name on the wire.
  public var alias: String
  public var place: Place
  /// The type in short normal form: `str | None`, `list[Item]`, `Literal['a']`.
  public var type: String
  public var isRequired: Bool
  /// Default as JSON; nil when there is none or it has no JSON form.
  public var defaultValue: JSONValue?
  /// `min_length`, `max_length`, `pattern`, `gt`, `ge`, `lt`, `le`, `multiple_of`, `strict`, `discriminator`.
  public var constraints: [String: JSONValue]
  public var isInSchema: Bool
  /// Dotted name of the callable that declares it.
  public var declaredBy: String
  /// True when nothing but its position makes it a parameter: no marker such as `Query()` or `Header()`.
  public var isUnmarked: Bool
  public var location: SourceLocation?
  /// JSON Schema of the value; nil where it could not be told.
  public var schema: JSONValue?
  /// Members that the document states beside the schema (`description`, `deprecated`, `example`, `examples`).
  public var documentation: [JSONValue.Member]
  /// What a value can hold, for judging it: text that a caller writes freely, a closed set, a number.
  public var content: Content

  /// How free the caller is in choosing the value.
  public enum Content: String, Sendable, Hashable {
    case text, number, boolean, identifier, closedSet, date, file, model, collection, anything
  }

  public init(name: String, alias: String? = nil, place: Place, type: String = "Any", isRequired: Bool = true) {
    self.name = name
    self.alias = alias ?? name
    self.place = place
    self.type = type
    self.isRequired = isRequired
    self.defaultValue = nil
    self.constraints = [:]
    self.isInSchema = true
    self.declaredBy = ""
    self.isUnmarked = false
    self.location = nil
    self.schema = nil
    self.documentation = []
    self.content = .anything
  }
}

/// The body as the document states it.
public struct RequestBody: Sendable, Hashable {
  /// Media type and its schema, examples and the like, in document order.
  public var content: [JSONValue.Member]
  public var isRequired: Bool

  public init(content: [JSONValue.Member] = [], isRequired: Bool = true) {
    self.content = content
    self.isRequired = isRequired
  }
}

/// What comes back.
public struct Response: Sendable, Hashable {
  /// The type that the answer is filtered by; nil when nothing filters it.
  public var model: String?
  /// True when the model is told by the return annotation and not by an argument.
  public var isModelFromAnnotation: Bool
  /// Status of success; nil where the framework's own default (200) holds.
  public var statusCode: Int?
  /// Class that writes the answer, by dotted name; nil for the default one.
  public var responseClass: String?
  /// `response_model_include` and the like, by name, as display text.
  public var filters: [String: String]
  /// JSON Schema of the model.
  public var schema: JSONValue?
  /// The `responses` object of the document, complete.
  public var document: [JSONValue.Member]
  /// Field names of the answer with the name of the class that holds each, as far as the model tells: what leaves.
  public var fields: [ResponseField]

  public init() {
    model = nil
    isModelFromAnnotation = false
    statusCode = nil
    responseClass = nil
    filters = [:]
    schema = nil
    document = []
    fields = []
  }
}

/// A field of an answer.
public struct ResponseField: Sendable, Hashable {
  /// Path from the answer's root: `owner.email`; `[]` for elements of a list.
  public var path: String
  public var type: String
  public var owner: String

  public init(path: String, type: String, owner: String) {
    self.path = path
    self.type = type
    self.owner = owner
  }
}
