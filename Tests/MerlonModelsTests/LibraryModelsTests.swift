import MerlonBase
import MerlonCatalog
import MerlonModels
import Testing

@Suite struct LibraryModelsTests {
  @Test("The library models of the binary have no errors")
  func builtInModelsAreSound() {
    #expect(LibraryModels.builtIn.problems.map(\.description) == [])
  }

  @Test(
    "A name is followed to where the library defines it",
    arguments: [
      ("fastapi.middleware.cors.CORSMiddleware", "starlette.middleware.cors.CORSMiddleware"),
      ("jwt.decode", "jwt.api_jwt.decode"),
      ("fastapi.FastAPI.add_middleware", "starlette.applications.Starlette.add_middleware"),
      ("os.environ.get", "os._Environ.get"),
      ("fastapi.JSONResponse", "fastapi.JSONResponse"),
      ("fastapi.responses.JSONResponse.set_cookie", "starlette.responses.Response.set_cookie"),
    ])
  func canonicalNames(name: String, canonical: String) {
    #expect(LibraryModels.builtIn.canonicalName(name) == canonical)
  }

  @Test("Concepts, roles and constructors are inherited")
  func inheritance() throws {
    let bearer = try #require(LibraryModels.builtIn.entity("fastapi.security.HTTPBasic"))
    #expect(bearer.concepts == [.httpBasic, .securityScheme])
    let json = try #require(LibraryModels.builtIn.entity("fastapi.responses.JSONResponse"))
    #expect(json.parameters.first?.role == "content")
    let decode = try #require(LibraryModels.builtIn.entity("jwt.decode"))
    #expect(decode.parameters.prefix(3).map(\.role) == ["token", "key", "algorithms"])
  }

  @Test("A faulty model is reported with its place")
  func faultyModel() {
    let text = """
      from merlon import concept

      @concept("noSuchConcept")
      def f(a: Annotated[int, Rule("x")]): ...
      for x in y: pass
      """
    let models = LibraryModels(files: [("thing.pyi", Array(text.utf8))])
    #expect(
      models.problems.map(\.description) == [
        "thing.pyi:3:10: unknown concept `noSuchConcept`",
        "thing.pyi:4:25: expected `Role(\"name\")` or `Sink(\"kind\")`",
        "thing.pyi:5:1: a model holds functions, classes, annotated names and imports only",
      ])
  }
}
