import MerlonBase

/// What code and a published document say of the same API, held against each other.
///
/// Operations are the same when their methods and their normalised path templates are: names of path parameters and
/// converters don't matter; a trailing slash does not either, but is reported.
public struct APIComparison: Sendable, Hashable {
  /// An operation of one side.
  public struct Operation: Sendable, Hashable {
    public var method: String
    /// As its side writes it.
    public var path: String
    public var route: Route
    /// Name of the application: `module:name`, or what the document is called.
    public var application: String
  }

  /// Both have it.
  public struct Match: Sendable, Hashable {
    public var code: Operation
    public var document: Operation
    public var differences: [Difference]
  }

  public enum Difference: Sendable, Hashable {
    /// The paths differ in their trailing slash.
    case trailingSlash
    /// A parameter that the code takes and the document does not name.
    case parameterOnlyInCode(Parameter.Place, String)
    /// A parameter that the document names and the code does not take.
    case parameterOnlyInDocument(Parameter.Place, String)
    case requiredOnlyInCode(Parameter.Place, String)
    case requiredOnlyInDocument(Parameter.Place, String)
    /// Kinds of security schemes (`http bearer`, `apiKey header X-Key`) that each side asks for.
    case security(code: [String], document: [String])
    /// One side has a body and the other has none.
    case body(code: Bool, document: Bool)
  }

  /// In the code, not in the document. Those that are hidden on purpose (`include_in_schema=False`) are among them:
  /// `route.isInSchema` tells.
  public var undocumented: [Operation] = []
  /// In the document, not in the code.
  public var shadow: [Operation] = []
  public var matches: [Match] = []

  /// The matches that differ.
  public var differing: [Match] { matches.filter { !$0.differences.isEmpty } }

  /// - Parameters:
  ///   - code: applications that are mounted in others are left out: their routes stand behind their mounts.
  ///   - document: what `OpenAPIReader` gave. Where more operations match with the path of one of its `servers` put
  ///     before them, that path is taken as a prefix.
  public init(code: APIModel, document: APIModel) {
    let served = Self.operations(of: code.applications.filter { !$0.isMounted })
    let published = Self.operations(of: document.applications)
    let prefix = Self.prefix(of: document, published: published, served: served)
    var remaining: [Key: [Operation]] = [:]
    for operation in published { remaining[Key(operation, prefix: prefix), default: []].append(operation) }
    for operation in served {
      let key = Key(operation, prefix: "")
      if let found = remaining[key]?.first {
        let differences = Self.differences(operation, found, code: code, document: document)
        matches.append(Match(code: operation, document: found, differences: differences))
        remaining[key]?.removeFirst()
      } else if !matches.contains(where: { Key($0.code, prefix: "") == key }) {
        undocumented.append(operation)
      }
    }
    let unmatched = Set(remaining.filter { !$0.value.isEmpty }.keys)
    shadow = published.filter { unmatched.contains(Key($0, prefix: prefix)) }
  }

  private struct Key: Hashable {
    let method: String
    let template: String

    init(_ operation: Operation, prefix: String) {
      method = operation.method
      template = PathTemplate.normalised(prefix + operation.path)
    }
  }

  private static func operations(of applications: [Application]) -> [Operation] {
    applications.flatMap { application in
      application.routes.flatMap { route in
        (route.kind == .http || route.kind == .starlette ? route.methods : []).map { method in
          Operation(
            method: method.uppercased(), path: route.path, route: route,
            application: application.module.isEmpty ? application.name : application.module + ":" + application.name)
        }
      }
    }
  }

  /// Path of the first server under which more operations are served than without it.
  private static func prefix(of document: APIModel, published: [Operation], served: [Operation]) -> String {
    let keys = Set(served.map { Key($0, prefix: "") })
    func count(_ prefix: String) -> Int { published.count { keys.contains(Key($0, prefix: prefix)) } }
    var best = (prefix: "", count: count(""))
    for server in document.applications.flatMap(\.servers) {
      guard let path = server["url"]?.string.map(pathOfURL), !path.isEmpty, path.utf8.count < 1_000 else { continue }
      let found = count(path)
      if found > best.count { best = (path, found) }
    }
    return best.prefix
  }

  /// `/v1` of `https://api.example.com/v1/`.
  private static func pathOfURL(_ url: String) -> String {
    var rest = url[...]
    if let range = rest.firstRange(of: "://") {
      rest = rest[range.upperBound...]
      rest = rest.drop { $0 != "/" }
    }
    var path = String(rest.prefix { $0 != "?" && $0 != "#" })
    while path.hasSuffix("/") { path.removeLast() }
    return path.hasPrefix("/") || path.isEmpty ? path : "/" + path
  }

  private static func differences(
    _ code: Operation, _ document: Operation, code codeModel: APIModel, document documentModel: APIModel
  ) -> [Difference] {
    var found: [Difference] = []
    if code.path != "/", document.path != "/", code.path.hasSuffix("/") != document.path.hasSuffix("/") {
      found.append(.trailingSlash)
    }
    let left = named(code.route)
    let right = named(document.route)
    for (key, parameter) in left.values {
      guard let other = right.values[key] else {
        if parameter.isInSchema { found.append(.parameterOnlyInCode(key.place, parameter.alias)) }
        continue
      }
      if parameter.isRequired != other.isRequired {
        found.append(
          parameter.isRequired
            ? .requiredOnlyInCode(key.place, parameter.alias) : .requiredOnlyInDocument(key.place, parameter.alias))
      }
    }
    for (key, parameter) in right.values where left.values[key] == nil {
      found.append(.parameterOnlyInDocument(key.place, parameter.alias))
    }
    if left.hasBody != right.hasBody { found.append(.body(code: left.hasBody, document: right.hasBody)) }
    let schemes = (kinds(code.route), kinds(document.route))
    if schemes.0 != schemes.1 { found.append(.security(code: schemes.0, document: schemes.1)) }
    return found.sorted { "\($0)" < "\($1)" }
  }

  private struct ParameterKey: Hashable {
    let place: Parameter.Place
    let name: String
  }

  /// Path parameters by position, because their names don't matter; names of headers in lower case (RFC 9110, 5.1).
  private static func named(_ route: Route) -> (values: [ParameterKey: Parameter], hasBody: Bool) {
    let order = PathTemplate.parameters(route.path)
    var values: [ParameterKey: Parameter] = [:]
    for parameter in route.parameters {
      var name = parameter.alias
      switch parameter.place {
      case .path: name = order.firstIndex(of: name).map { "#\($0)" } ?? name
      case .header: name = name.lowercased()
      case .query, .cookie: break
      case .body, .form, .file: continue
      }
      values[ParameterKey(place: parameter.place, name: name)] = parameter
    }
    let bodies: Set<Parameter.Place> = [.body, .form, .file]
    return (values, route.requestBody != nil || route.parameters.contains { bodies.contains($0.place) })
  }

  /// What is asked for, without the names that each side gives to its schemes.
  private static func kinds(_ route: Route) -> [String] {
    let kinds = route.security.map { use in
      [use.type, use.httpScheme, use.type == "apiKey" ? use.place : nil, use.type == "apiKey" ? use.placeName : nil]
        .compactMap { $0 }.joined(separator: " ")
    }
    return Set(kinds).sorted()
  }
}
