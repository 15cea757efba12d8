import Foundation
import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import Testing

/// Small applications against what real releases of FastAPI say of them. `Tests/oracle/excerpts.py` writes the answers.
@Suite("The map of an application is what the running FastAPI says")
struct RealFastAPITests {
  /// `<module>.<version of FastAPI>.json` below Tests/Fixtures/api.
  static let answers: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }()

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/api")

  /// The files that a module reads or imports: all below `<module>_parts`.
  private static func parts(of module: String) -> [String] {
    let name = module + "_parts"
    let found = FileManager.default.enumerator(atPath: folder.appending(path: name).path)
    return (found?.compactMap { $0 as? String } ?? []).sorted().map { name + "/" + $0 }
  }

  private static func bytes(of path: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: path))).map { Array($0) }
  }

  @Test("Every application, every version", arguments: answers)
  func sameAsReal(_ name: String) throws {
    let truth = try JSONValue(parsing: Array(Data(contentsOf: Self.folder.appending(path: name))))
    let module = try #require(truth["module"]?.string)
    let source = try Data(contentsOf: Self.folder.appending(path: module + ".py"))
    let parts = Self.parts(of: module)
    let program = Program(
      files: [SourceFile(path: module + ".py", bytes: Array(source))]
        + parts.filter { $0.hasSuffix(".py") }.map { SourceFile(path: $0, bytes: Self.bytes(of: $0) ?? []) },
      options: ProgramOptions(
        libraries: ModelledLibraries(.builtIn),
        readFile: { path, _ in parts.contains(path) ? Self.bytes(of: path) : nil }))
    let options = APIReaderOptions(
      fastAPIVersion: truth["versions"]?["fastapi"]?.string, pydanticVersion: truth["versions"]?["pydantic"]?.string,
      roles: [.production], publicOperations: [], trustedGuards: [], ownerFields: [])
    let model = APIReader.read(program, options: options)
    for application in truth["apps"]?.array ?? [] {
      let name = application["name"]?.string ?? ""
      let found = try #require(model.applications.first { $0.name == name && $0.module == module })
      let expected = Expectation.lines(of: application)
      let got = Expectation.lines(of: found)
      let missing = expected.filter { !got.contains($0) }
      let extra = got.filter { !expected.contains($0) }
      #expect(missing.isEmpty, "missing:\n\(missing.joined(separator: "\n"))")
      #expect(extra.isEmpty, "too much:\n\(extra.joined(separator: "\n"))")
      #expect(expected == got || !missing.isEmpty || !extra.isEmpty, "the order differs")
    }
  }
}

/// Facts of an application as one line each, in the same form from the answer of FastAPI and from the model.
enum Expectation {
  static func lines(of truth: JSONValue) -> [String] {
    var lines: [String] = []
    let openAPI = truth["openapi_url"]?.string
    lines.append("openapi_url \(openAPI ?? "-")")
    // FastAPI keeps the addresses of pages that it does not serve.
    for name in ["docs_url", "redoc_url"] {
      let page = openAPI == nil ? nil : truth[name]?.string
      lines.append("\(name) \(page ?? "-")")
    }
    for item in truth["middleware"]?.array ?? [] { lines.append("middleware \(item.string ?? "")") }
    for cors in truth["cors"]?.array ?? [] {
      lines.append(
        "cors \(texts(cors["allow_origins"])) \(texts(cors["allow_methods"])) \(cors["allow_credentials"]?.bool ?? false)"
      )
    }
    for route in truth["routes"]?.array ?? [] { lines += routeLines(route) }
    return lines
  }

  private static func routeLines(_ route: JSONValue) -> [String] {
    let kind = route["kind"]?.string ?? ""
    let methods = texts(route["methods"]).joined(separator: ",")
    let key = "\(kind) \(methods) \(route["path"]?.string ?? "")"
    var lines = [key]
    if let endpoint = route["endpoint"] {
      lines.append("\(key) endpoint \(fullName(endpoint)):\(endpoint["line"]?.integer ?? 0)")
    }
    if kind == "http" {
      lines.append(
        "\(key) answer \(route["response_model"]?.string ?? "-") \(route["status_code"]?.integer ?? 0)"
          + " \(texts(route["tags"])) \(route["include_in_schema"]?.bool ?? false) \(route["deprecated"]?.bool ?? false)"
      )
    }
    for item in route["dependencies"]?.array ?? [] {
      lines.append(
        "\(key) dependency \(item["depth"]?.integer ?? 0) \(fullName(item)) \(item["kind"]?.string ?? "")"
          + " \(item["param"]?.string ?? "-") \(texts(item["scopes"])) \(item["use_cache"]?.bool ?? false)"
          + " \(item["variable"]?.string ?? "-")")
    }
    for item in route["security"]?.array ?? [] {
      lines.append(
        "\(key) security \(item["scheme_name"]?.string ?? "") \(item["type"]?.string ?? "") \(texts(item["scopes"]))"
          + " \(item["auto_error"]?.bool ?? false) \(item["in"]?.string ?? "-") \(item["name"]?.string ?? "-")"
          + " \(item["http_scheme"]?.string ?? "-") \(item["variable"]?.string ?? "-")")
    }
    for place in ["path", "query", "header", "cookie", "body"] {
      for item in route["params"]?[place]?.array ?? [] {
        let constraints = (item["constraints"]?.members ?? []).map { ($0.key, $0.value) }
        lines.append(
          "\(key) parameter \(item["in"]?.string ?? "") \(item["name"]?.string ?? "") \(item["alias"]?.string ?? ""):"
            + " \(item["type"]?.string ?? "") \(item["required"]?.bool ?? false) \(text(constraints))"
            + " \(item["include_in_schema"]?.bool ?? true) of \(item["of"]?.string ?? "")")
      }
    }
    return lines
  }

  static func lines(of application: Application) -> [String] {
    let documentation = application.documentation
    var lines = ["openapi_url \(documentation.openAPI ?? "-")"]
    lines.append("docs_url \(documentation.docs ?? "-")")
    lines.append("redoc_url \(documentation.redoc ?? "-")")
    for item in application.middleware { lines.append("middleware \(item.className)") }
    for cors in application.cors {
      lines.append("cors \(cors.allowOrigins ?? []) \(cors.allowMethods ?? []) \(cors.allowCredentials ?? false)")
    }
    for route in application.routes where route.endpoint?.module.hasPrefix("fastapi.") != true {
      lines += self.lines(of: route)
    }
    return lines
  }

  private static func lines(of route: Route) -> [String] {
    let key = "\(route.kind.rawValue) \(route.methods.joined(separator: ",")) \(route.path)"
    var lines = [key]
    if let endpoint = route.endpoint {
      lines.append("\(key) endpoint \(endpoint.fullName):\(endpoint.location?.start.line ?? 0)")
    }
    if route.kind == .http {
      lines.append(
        "\(key) answer \(route.response.model ?? "-") \(route.response.statusCode ?? 0) \(route.tags)"
          + " \(route.isInSchema) \(route.isDeprecated)")
    }
    for item in route.dependencies {
      lines.append(
        "\(key) dependency \(item.depth) \(item.callable.fullName) \(item.kind.rawValue) \(item.parameter ?? "-")"
          + " \(item.scopes) \(item.usesCache) \(item.variable ?? "-")")
    }
    for item in route.security {
      lines.append(
        "\(key) security \(item.schemeName) \(item.type) \(item.scopes) \(item.autoError ?? false)"
          + " \(item.place ?? "-") \(item.placeName ?? "-") \(item.httpScheme ?? "-") \(item.variable ?? "-")")
    }
    let groups: [Set<Parameter.Place>] = [[.path], [.query], [.header], [.cookie], [.body, .form, .file]]
    for group in groups {
      for item in route.parameters where group.contains(item.place) {
        lines.append(
          "\(key) parameter \(item.place.rawValue) \(item.name) \(item.alias): \(item.type) \(item.isRequired)"
            + " \(text(item.constraints.map { ($0.key, $0.value) })) \(item.isInSchema) of \(item.declaredBy)")
      }
    }
    return lines
  }

  private static func fullName(_ reference: JSONValue) -> String {
    "\(reference["module"]?.string ?? "").\(reference["qualname"]?.string ?? "")"
  }

  private static func texts(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }

  private static func text(_ constraints: [(String, JSONValue)]) -> String {
    "[" + constraints.sorted { $0.0 < $1.0 }.map { "\($0.0)=\(text($0.1))" }.joined(separator: " ") + "]"
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .number(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    default: "?"
    }
  }
}
