public import MerlonBase

/// The model of one project's APIs: what every operation takes, who may call it, what it does.
///
/// Made from code, from an OpenAPI document or from a live site; the reader can't tell which. It knows neither Python
/// nor sockets: a type of the implementation language is a display text, a callable a `CodeReference`.
public struct APIModel: Sendable, Hashable {
  /// In the order of their modules' names.
  public var applications: [Application]
  /// What could not be told: computed paths, routers of unknown origin, budgets that were hit.
  public var limits: [Limit]
  /// Values of requests that do harm in handlers which none of the applications serves.
  public var looseFlows: [LooseFlow]

  public init(applications: [Application] = [], limits: [Limit] = []) {
    self.applications = applications
    self.limits = limits
    self.looseFlows = []
  }
}

/// A thing that the code defines: an endpoint, a dependency, a middleware class.
public struct CodeReference: Sendable, Hashable {
  /// Dotted name of the module that defines it; empty when unknown.
  public var module: String
  /// Dotted name inside the module, `outer.<locals>.inner` for what a function defines (PEP 3155).
  public var qualifiedName: String
  /// The definition (from `def` or `class` on); nil for what lies in a library without source.
  public var location: SourceLocation?
  /// Line of the first decorator, or of `def` where there is none; nil as `location` is.
  public var firstLine: Int?

  public init(module: String, qualifiedName: String, location: SourceLocation? = nil, firstLine: Int? = nil) {
    self.module = module
    self.qualifiedName = qualifiedName
    self.location = location
    self.firstLine = firstLine
  }

  /// `module.qualifiedName`.
  public var fullName: String { module.isEmpty ? qualifiedName : module + "." + qualifiedName }
}

/// One application: what a server serves at one root.
public struct Application: Sendable, Hashable {
  /// Dotted name of the module whose variable or factory it is.
  public var module: String
  /// The variable that holds it, or the factory that makes it, as `create_app()`.
  public var name: String
  /// Where it is made.
  public var location: SourceLocation?
  public var info: DocumentInfo
  /// In the order in which a request is matched; those of mounted applications stand behind their mount.
  public var routes: [Route]
  /// Outermost first.
  public var middleware: [Middleware]
  public var cors: [CORSPolicy]
  /// What is caught and by whom, in the order of registration.
  public var exceptionHandlers: [ExceptionHandler]
  public var documentation: DocumentationPaths
  /// Schemas that the routes' schemas refer to as `#/components/schemas/<name>`.
  public var schemas: [String: JSONValue]
  /// Security schemes by the name that an OpenAPI document gives them.
  public var securitySchemes: [String: JSONValue]
  /// Servers, root path and webhooks as the document states them; empty when it has none.
  public var servers: [JSONValue]
  public var webhooks: [Route]
  /// True when the application is itself mounted in another one of this model.
  public var isMounted: Bool

  public init(module: String, name: String) {
    self.module = module
    self.name = name
    self.location = nil
    self.info = DocumentInfo()
    self.routes = []
    self.middleware = []
    self.cors = []
    self.exceptionHandlers = []
    self.documentation = DocumentationPaths()
    self.schemas = [:]
    self.securitySchemes = [:]
    self.servers = []
    self.webhooks = []
    self.isMounted = false
  }
}

/// The `info` object of the document, and what else stands at its top.
public struct DocumentInfo: Sendable, Hashable {
  public var title: String?
  public var version: String?
  /// OpenAPI version that the framework writes, for instance `3.1.0`.
  public var openAPIVersion: String?
  /// Further members of `info` (`summary`, `description`, `contact`, `license`, `termsOfService`), in document order.
  public var details: [JSONValue.Member]
  /// Members of the document itself beside `paths` and `components` (`tags`, `externalDocs`).
  public var document: [JSONValue.Member]

  public init(title: String? = nil, version: String? = nil, openAPIVersion: String? = nil) {
    self.title = title
    self.version = version
    self.openAPIVersion = openAPIVersion
    self.details = []
    self.document = []
  }
}

/// Where an application describes itself; nil where it does not.
public struct DocumentationPaths: Sendable, Hashable {
  /// Path of the OpenAPI document; without it the pages are not served either.
  public var openAPI: String?
  public var docs: String?
  public var redoc: String?

  public init(openAPI: String? = nil, docs: String? = nil, redoc: String? = nil) {
    self.openAPI = openAPI
    self.docs = docs
    self.redoc = redoc
  }
}

/// A middleware of an application.
public struct Middleware: Sendable, Hashable {
  /// Class, by dotted name.
  public var className: String
  /// What the class was given, by name, as display text.
  public var arguments: [String: String]
  /// The function that it calls for each request, where it wraps one.
  public var function: CodeReference?
  public var location: SourceLocation?
  /// What it turns away; nil when it was not looked at or turns nothing away.
  public var guardFacts: GuardFacts?

  public init(className: String) {
    self.className = className
    self.arguments = [:]
    self.function = nil
    self.location = nil
    self.guardFacts = nil
  }
}

/// What a CORS middleware allows, with the middleware's own defaults filled in (Starlette's `CORSMiddleware`).
public struct CORSPolicy: Sendable, Hashable {
  /// Nil where the value is not known.
  public var allowOrigins: [String]?
  public var allowMethods: [String]?
  public var allowHeaders: [String]?
  public var allowCredentials: Bool?
  public var allowOriginRegex: String?

  public init() {
    allowOrigins = []
    allowMethods = ["GET"]
    allowHeaders = []
    allowCredentials = false
    allowOriginRegex = nil
  }
}

public struct ExceptionHandler: Sendable, Hashable {
  /// Exception class by dotted name, or a status code.
  public var exception: String
  public var handler: CodeReference

  public init(exception: String, handler: CodeReference) {
    self.exception = exception
    self.handler = handler
  }
}
