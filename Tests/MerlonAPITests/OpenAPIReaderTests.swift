import MerlonAPI
import MerlonBase
import Testing

@Suite struct OpenAPIReaderTests {
  private func read(_ text: String) throws -> APIModel {
    OpenAPIReader.read(try JSONValue(parsing: Array(text.utf8)), name: "openapi.json")
  }

  private let shop = """
    {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1.2"},
     "security": [{"token": []}],
     "paths": {
      "/items/{item_id}": {
       "parameters": [{"$ref": "#/components/parameters/Item"}],
       "get": {"operationId": "read", "security": [], "responses": {"200": {"description": "OK", "content":
         {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}},
         "parameters": [{"name": "q", "in": "query", "schema": {"anyOf": [{"type": "string"}, {"type": "null"}]}}]},
       "put": {"requestBody": {"required": true, "content": {"application/json":
         {"schema": {"$ref": "#/components/schemas/Item"}}}}, "responses": {}},
       "delete": {"security": [{"token": ["admin"]}], "responses": {}}
      }},
     "components": {
      "parameters": {"Item": {"name": "item_id", "in": "path", "required": true,
        "schema": {"type": "integer", "exclusiveMinimum": 0}}},
      "securitySchemes": {"token": {"type": "http", "scheme": "Bearer"}},
      "schemas": {
       "Item": {"type": "object", "required": ["name"], "properties": {
         "name": {"type": "string", "maxLength": 80}, "owner": {"$ref": "#/components/schemas/User"},
         "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}}},
       "User": {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}}}}}
    """

  @Test func operationsHaveTheParametersOfTheirPathAndTheirOwn() throws {
    let routes = try read(shop).applications[0].routes
    #expect(routes.map { $0.methods } == [["GET"], ["PUT"], ["DELETE"]])
    let get = routes[0]
    #expect(get.parameters.map(\.name) == ["item_id", "q"])
    #expect(get.parameters[0].isRequired)
    #expect(get.parameters[0].constraints == ["gt": .number(0)])
    #expect(get.parameters[0].content == .number)
    #expect(!get.parameters[1].isRequired)
    #expect(get.parameters[1].content == .text)
    #expect(get.operationID == "read")
  }

  @Test func membersOfTheBodyAreParameters() throws {
    let put = try read(shop).applications[0].routes[1]
    let body = put.parameters.filter { $0.place == .body }
    #expect(body.map(\.name) == ["name", "owner", "parts"])
    #expect(body.map(\.isRequired) == [true, false, false])
    #expect(body.map(\.type) == ["string", "User", "array<Item>"])
  }

  @Test func fieldsOfAnAnswerAreListedOnceThoughSchemasAreRecursive() throws {
    let get = try read(shop).applications[0].routes[0]
    #expect(get.response.model == "Item")
    #expect(get.response.fields.map(\.path) == ["name", "owner", "owner.email", "parts"])
    #expect(get.response.fields[2].owner == "User")
  }

  @Test func accessIsWhatTheDocumentClaims() throws {
    let routes = try read(shop).applications[0].routes
    #expect(routes.map(\.access.level) == [.anonymous, .authenticated, .authorized])
    #expect(routes[2].access.requirements == ["admin"])
    #expect(routes[1].security.map(\.httpScheme) == ["bearer"])
  }

  @Test(arguments: [
    "[]", "{}", #"{"swagger": "2.0"}"#, ##"{"openapi": "3.1.0", "paths": []}"##,
    ##"{"openapi": "3.0.0", "paths": {"/a": {"get": 1}}}"##,
    ##"{"openapi": "3.0.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}}"##,
    ##"{"openapi": "3.0.0", "paths": {"/a": {"get": {"parameters": [{"$ref": "other.json#/x"}, 7]}}}}"##,
    ##"{"openapi": "3.0.0", "paths": {"/a": {"get": {"requestBody": {"$ref": "#/paths/9/%zz/~2"}}}}}"##,
    ##"{"openapi": "3.1.0", "paths": {}, "components": {"securitySchemes": {"a": {"$ref": "#/nowhere"}}}}"##,
  ])
  func whatCanNotBeReadIsALimit(_ text: String) throws {
    let model = try read(text)
    #expect(text == "[]" || text == "{}" || !model.limits.isEmpty)
    #expect(model.applications.flatMap(\.routes).allSatisfy { $0.path == "/a" })
  }

  @Test func aSchemaThatRefersToItselfEnds() throws {
    let text = """
      {"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json":
       {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
       "components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}}}
      """
    #expect(try read(text).applications[0].routes[0].response.fields.isEmpty)
  }
}

@Suite struct PathTemplateTests {
  @Test(arguments: [
    ("/users/{user_id:int}/files/{path:path}", "/users/{user_id}/files/{path}", "/users/{}/files/{}"),
    ("/a/", "/a/", "/a"), ("/", "/", "/"), ("a", "a", "/a"),
    ("/{?settings.prefix}/x", "/{?settings.prefix}/x", "/{?settings.prefix}/x"),
    ("/broken/{x", "/broken/{x", "/broken/{x"), ("", "", "/"),
  ])
  func templatesAreBroughtIntoOneForm(_ path: String, _ document: String, _ normal: String) {
    #expect(PathTemplate.withoutConverters(path) == document)
    #expect(PathTemplate.normalised(path) == normal)
  }
}
