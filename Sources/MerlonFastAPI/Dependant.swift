import MerlonAPI
import MerlonBase

/// What the framework works out for one callable before it calls it (`fastapi.dependencies.models.Dependant`).
final class Dependant {
  let callable: PythonValue
  /// Partials and wrappers looked through.
  let reference: CallableReference
  /// The parameter that receives the result; nil for dependencies that are only called.
  let parameter: String?
  let usesCache: Bool
  let level: DeclarationLevel
  /// Scopes of the `Security()` that asks for it. A reference, because FastAPI before 0.122.1 extends the parent's.
  let ownScopes: ScopeList
  var fields: [DependantField] = []
  var dependencies: [Dependant] = []
  var specialParameters: Set<SpecialParameter> = []

  init(
    callable: PythonValue, reference: CallableReference, parameter: String?, usesCache: Bool, level: DeclarationLevel,
    ownScopes: ScopeList
  ) {
    self.callable = callable
    self.reference = reference
    self.parameter = parameter
    self.usesCache = usesCache
    self.level = level
    self.ownScopes = ownScopes
  }
}

/// The scopes that one dependency asks for.
final class ScopeList {
  var scopes: [String]

  init(_ scopes: [String]) { self.scopes = scopes }
}

/// Parameters that the framework fills by their class.
enum SpecialParameter: String, CaseIterable {
  case request, webSocket, connection, response, backgroundTasks, securityScopes

  /// In the order in which the framework asks.
  var className: String {
    switch self {
    case .request: "starlette.requests.Request"
    case .webSocket: "starlette.websockets.WebSocket"
    case .connection: "starlette.requests.HTTPConnection"
    case .response: "starlette.responses.Response"
    case .backgroundTasks: "starlette.background.BackgroundTasks"
    case .securityScopes: "fastapi.security.oauth2.SecurityScopes"
    }
  }
}

/// A parameter that the caller of the API fills.
struct DependantField {
  var name: String
  /// `ModelField.alias`: the alias that was given, or the name, underscores of headers converted.
  var alias: String
  var place: Parameter.Place
  /// Annotation, constraints and attributes, `Annotated` and markers merged.
  var info: FieldInfo
  /// True when nothing but its position and type makes it a parameter.
  var isUnmarked: Bool
  /// The parameter in the code.
  var site: Site?

  var annotation: PythonValue { info.annotation }

  /// `FieldInfo.is_required`.
  var isRequired: Bool { info.attributes["default"] == nil && info.attributes["default_factory"] == nil }

  /// The name on the wire: a validation alias that is a plain text, else the alias.
  var wireName: String {
    if case .string(let text)? = info.attributes["validation_alias"] { return text }
    return alias
  }

  var isEmbedded: Bool {
    if case .bool(true)? = info.attributes["embed"] { return true }
    return false
  }

  var isInSchema: Bool {
    if case .bool(false)? = info.attributes["include_in_schema"] { return false }
    return true
  }

  /// Limits of the field, as far as its metadata states them.
  var constraints: [String: JSONValue] {
    var found: [String: JSONValue] = [:]
    for item in info.metadata {
      switch item {
      case .constraint(let name, let value):
        guard Constraints.names.contains(name) else { continue }
        if case .none = value { continue }
        found[name] = Constraints.json(value)
      case .other(let value):
        for (name, value) in Constraints.of(value) { found[name] = Constraints.json(value) }
      }
    }
    return found
  }
}
