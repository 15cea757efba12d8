import Foundation
import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import Testing

/// Small programs in pairs: every shape of `Tests/Fixtures/flows/shapes` with every place of `sinks.json`, once unsafe
/// and once with the safe form beside it. The unsafe one must be found at its line, the safe one must be silent.
@Suite("Flows are found in unsafe programs and not in their safe twins")
struct FlowPairTests {
  struct Place {
    var name: String
    var sinks: Set<TaintFlow.Sink>
    var imports: String
    var unsafe: String
    var safe: String
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/flows")

  static let shapes: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "shapes").path)) ?? []
    return names.filter { $0.hasSuffix(".py") }.sorted()
  }()

  static let places: [Place] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "sinks.json")),
      let value = try? JSONValue(parsing: Array(data))
    else { return [] }
    return (value.members ?? []).map { member in
      let entry = member.value
      return Place(
        name: member.key, sinks: sinks(of: entry["id"]?.string ?? ""), imports: entry["imports"]?.string ?? "",
        unsafe: entry["unsafe"]?.string ?? "", safe: entry["safe"]?.string ?? "")
    }
  }()

  private static func sinks(of id: String) -> Set<TaintFlow.Sink> {
    switch id {
    case "MRL301": [.sql]
    case "MRL302": [.command]
    case "MRL303": [.code]
    case "MRL304": [.fileRead, .fileWrite]
    case "MRL305": [.requestURL]
    case "MRL306": [.html]
    case "MRL307": [.redirect]
    case "MRL308": [.template]
    case "MRL309": [.header]
    case "MRL316": [.pattern]
    case "MRL317": [.xpath]
    case "MRL320": [.ldap]
    case "MRL322": [.log]
    case "MRL807": [.amount]
    default: []
    }
  }

  @Test func `there are at least four hundred pairs`() { #expect(Self.shapes.count * Self.places.count >= 400) }

  /// AT-4.1, AT-35.1, AT-41.1.
  @Test(arguments: shapes)
  func `each place in this shape is found, and its safe twin is not`(_ shape: String) throws {
    let template = try String(contentsOf: Self.folder.appending(path: "shapes/" + shape), encoding: .utf8)
    for place in Self.places {
      let unsafe = try Self.program(template, place, place.unsafe)
      let found = Self.flows(unsafe.text).filter { place.sinks.contains($0.sink) }
      #expect(found.contains { unsafe.lines.contains($0.location.start.line) }, "unsafe \(place.name):\n\(unsafe.text)")
      let safe = try Self.program(template, place, place.safe)
      let alarms = Self.flows(safe.text).filter { place.sinks.contains($0.sink) }
      #expect(alarms.isEmpty, "safe \(place.name):\n\(safe.text)")
    }
  }

  /// The program, with the lines where the value is used.
  static func program(_ template: String, _ place: Place, _ form: String) throws -> (text: String, lines: [Int]) {
    var text = "from fastapi import FastAPI\n" + place.imports + "\n\napp = FastAPI()\n\n\n"
    var lines: [Int] = []
    for line in template.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = String(line)
      if let start = line.firstRange(of: "{sink:"), let end = line[start.upperBound...].firstIndex(of: "}") {
        let value = String(line[start.upperBound..<end])
        let use = form.replacing("{value}", with: "\u{1}").replacing("{{", with: "{").replacing("}}", with: "}")
          .replacing("\u{1}", with: value)
        line.replaceSubrange(start.lowerBound...end, with: use)
        lines.append(text.split(separator: "\n", omittingEmptySubsequences: false).count)
      }
      text += line + "\n"
    }
    return (text, lines)
  }

  static func flows(_ text: String) -> [TaintFlow] { routes(text).flatMap(\.flows) }

  static func routes(_ text: String) -> [Route] { model(text).applications.flatMap(\.routes) }

  /// The API of a program of one file.
  static func model(_ text: String) -> APIModel {
    let program = Program(
      files: [SourceFile(path: "main.py", text: text)],
      options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
    return APIReader.read(
      program,
      options: APIReaderOptions(
        fastAPIVersion: nil, pydanticVersion: nil, roles: [.production], publicOperations: [], trustedGuards: [],
        ownerFields: []))
  }
}

/// Checks that hold and checks that do not: `Tests/Fixtures/flows/checks.py` says which is which.
@Suite struct FlowCheckTests {
  @Test func `each handler has the flow that its comment says`() throws {
    let text = try String(contentsOf: FlowPairTests.folder.appending(path: "checks.py"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let routes = FlowPairTests.routes(text).filter { $0.kind == .http }
    #expect(routes.count >= 36)
    for route in routes {
      let first = try #require(route.endpoint?.firstLine)
      let comment = lines[first - 2]
      let found = route.flows.map { $0.sink.rawValue + ($0.flaw == nil ? "" : " flawed") }
      let expected = comment == "# safe" ? [] : [comment.replacing("# flow: ", with: "")]
      #expect(found == expected, "\(route.endpoint?.qualifiedName ?? "")")
    }
  }
}

/// Tasks, middlewares, resolvers and tools, and values kept in the state or in an object: each line of
/// `Tests/Fixtures/flows/entries.py` has the flow that its comment says, and the others have none.
@Suite struct FlowEntryTests {
  @Test func `each line has the flow that its comment says`() throws {
    let text = try String(contentsOf: FlowPairTests.folder.appending(path: "entries.py"), encoding: .utf8)
    var expected: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let mark = line.firstRange(of: "# flow: ") else { continue }
      expected.insert("\(index + 1) \(line[mark.upperBound...])")
    }
    #expect(expected.count == 9)
    let model = FlowPairTests.model(text)
    let flows = model.applications.flatMap { $0.routes.flatMap(\.flows) } + model.looseFlows.map(\.flow)
    let found = Set(flows.map { "\($0.location.start.line) \($0.sink.rawValue)" })
    #expect(found == expected)
  }
}

@Suite struct FlowBudgetTests {
  @Test func `what lies beyond the budget of a function is told as a limit with its place`() {
    let opens = (0..<60).map { "    open(name + '\($0)')\n" }.joined()
    let text =
      "from fastapi import FastAPI\n\napp = FastAPI()\n\n\ndef spread(name):\n" + opens
      + "\n\n@app.get('/')\ndef handler(name: str):\n    spread(name)\n"
    let model = FlowPairTests.model(text)
    let limit = model.limits.first { $0.kind == "flow-budget" }
    #expect(limit?.path == "main.py" && limit?.position?.line == 6)
    #expect(limit?.message.contains("`main.spread`") ?? false)
    #expect(!FlowPairTests.flows(text).isEmpty)
  }
}
