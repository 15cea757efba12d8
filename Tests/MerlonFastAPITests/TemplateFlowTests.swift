import Foundation
import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import Testing

/// What gets into pages through templates: `Tests/Fixtures/flows/templated` says for each handler whether it does, and
/// where.
@Suite struct TemplateFlowTests {
  static let folder = FlowPairTests.folder.appending(path: "templated")

  @Test func `each handler has the flow through a template that its comment says`() throws {
    let names = ["shop/__init__.py", "shop/engine.py", "shop/main.py", "admin/__init__.py"]
    let files = try names.map {
      SourceFile(path: $0, text: try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8))
    }
    let routes = Self.routes(files) { path, _ in
      (try? Data(contentsOf: Self.folder.appending(path: path))).map { Array($0) }
    }
    let text = try String(contentsOf: Self.folder.appending(path: "shop/main.py"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(routes.count >= 48)
    for route in routes {
      let comment = lines[try #require(route.endpoint?.firstLine) - 2]
      let found = route.flows.filter { $0.sink == .html }.map { flow in
        let place = flow.template.map { "\($0.location.path):\($0.location.start.line)" } ?? "no template"
        return "\(place) \(flow.source)"
      }
      let expected = comment == "# safe" ? [] : [comment.replacing("# flow: ", with: "")]
      #expect(found == expected, "\(route.endpoint?.qualifiedName ?? "")")
    }
  }

  @Test func `the entry of the context is the place, and the template is the last step`() throws {
    let code = """
      from fastapi import FastAPI, Request
      from fastapi.templating import Jinja2Templates
      app = FastAPI()
      templates = Jinja2Templates("views")
      @app.get("/")
      def home(request: Request, a: str, b: str, c: str):
          return templates.TemplateResponse(request, "x.html", {
              "a": a,
              "b": b,
              "c": c,
          })
      """
    let page = "<p>\n{{ a|safe }}</p>{{ b }}\n<a href=\"{{ c }}\"></a>"
    let routes = Self.routes([SourceFile(path: "app/main.py", text: code)]) { path, _ in
      path == "app/views/x.html" ? Array(page.utf8) : nil
    }
    let flows = routes.flatMap(\.flows)
    #expect(flows.map(\.location.start.line) == [8, 10])
    #expect(flows.map(\.isCertain) == [true, false])
    #expect(flows.map { $0.steps.last?.location.path } == ["app/views/x.html", "app/views/x.html"])
    #expect(flows.map { $0.steps.last?.location.start.line } == [2, 3])
  }

  private static func routes(
    _ files: [SourceFile], readFile: @escaping @Sendable (String, Int) -> [UInt8]?
  ) -> [Route] {
    let program = Program(
      files: files, options: ProgramOptions(libraries: ModelledLibraries(.builtIn), readFile: readFile))
    let model = APIReader.read(
      program,
      options: APIReaderOptions(
        fastAPIVersion: nil, pydanticVersion: nil, roles: [.production], publicOperations: [], trustedGuards: [],
        ownerFields: []))
    return model.applications.flatMap(\.routes).filter { $0.endpoint != nil && $0.kind == .http }
  }
}
