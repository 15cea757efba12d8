import MerlonAPI
import MerlonBase
import Testing

@Suite struct OpenAPIWriterTests {
  private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private func application() throws -> Application {
    var application = Application(module: "shop", name: "app")
    application.info = DocumentInfo(title: "Shop", version: "2.0", openAPIVersion: "3.1.0")
    var route = Route(kind: .http, path: "/items/{item_id:int}", methods: ["GET"])
    route.operationID = "read_items__item_id__get"
    route.summary = "Read"
    var id = Parameter(name: "item_id", place: .path)
    id.schema = try json(#"{"type": "integer", "title": "Item Id"}"#)
    var query = Parameter(name: "q", place: .query, isRequired: false)
    query.schema = try json(#"{"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Q", "default": null}"#)
    var body = Parameter(name: "item", place: .body)
    body.schema = .object([])
    route.parameters = [query, id, body]
    route.security = [
      SecurityUse(schemeName: "Token", type: "http", scopes: ["a"]),
      SecurityUse(schemeName: "Token", type: "http", scopes: ["a", "b"]),
    ]
    route.response.document = try json(#"{"200": {"description": "OK"}}"#).members ?? []
    var hidden = Route(kind: .http, path: "/hidden", methods: ["GET"])
    hidden.isInSchema = false
    var mounted = Route(kind: .http, path: "/sub/a", methods: ["GET"])
    mounted.mountedAt = "/sub"
    application.routes = [route, hidden, mounted, Route(kind: .websocket, path: "/ws")]
    application.schemas = ["B": try json(#"{"const": 1}"#), "A": .object([])]
    return application
  }

  @Test func theDocumentHasWhatFastAPIWrites() throws {
    let document = OpenAPIWriter.document(of: try application())
    let expected = try json(
      """
      {"openapi": "3.1.0", "info": {"title": "Shop", "version": "2.0"},
       "paths": {"/items/{item_id}": {"get": {"summary": "Read", "operationId": "read_items__item_id__get",
        "parameters": [
         {"name": "item_id", "in": "path", "required": true, "schema": {"type": "integer", "title": "Item Id"}},
         {"name": "q", "in": "query", "required": false,
          "schema": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Q"}}],
        "responses": {"200": {"description": "OK"}}, "security": [{"Token": ["a", "b"]}]}}},
       "components": {"schemas": {"A": {}, "B": {"const": 1}}}}
      """)
    #expect(document.isEquivalent(to: expected))
  }

  @Test func extraMembersAreMergedDeeply() throws {
    var route = Route(kind: .http, path: "/a", methods: ["POST"])
    route.tags = ["one"]
    route.extra =
      try json(#"{"tags": ["two"], "x-rate": 5, "responses": {"404": {"description": "No"}}}"#).members ?? []
    route.response.document = try json(#"{"200": {"description": "OK"}}"#).members ?? []
    let operation = OpenAPIWriter.operation(of: route, method: "POST")
    #expect(operation["tags"]?.array == [.string("one"), .string("two")])
    #expect(operation["responses"]?.members?.map(\.key) == ["200", "404"])
    #expect(operation["x-rate"] == .number(5))
  }

  @Test func aDocumentCanBeWrittenForOlderTools() throws {
    var application = try application()
    application.schemas["A"] = try json(
      #"{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "b": {"type": "number", "exclusiveMinimum": 0}}}"#
    )
    let document = OpenAPIWriter.document(of: application, version: "3.0")
    #expect(document["openapi"] == .string("3.0.3"))
    let schemas = document["components"]?["schemas"]
    #expect(schemas?["B"] == (try json(#"{"enum": [1]}"#)))
    let properties = schemas?["A"]?["properties"]
    #expect(properties?["a"]?["nullable"] == .bool(true))
    #expect(properties?["a"]?["type"] == .string("string"))
    #expect(properties?["b"]?["minimum"] == .number(0))
    #expect(properties?["b"]?["exclusiveMinimum"] == .bool(true))
  }

  @Test func aWrittenDocumentCanBeReadBack() throws {
    let application = try application()
    let model = OpenAPIReader.read(OpenAPIWriter.document(of: application), name: "own")
    #expect(APIComparison(code: APIModel(applications: [application]), document: model).shadow.isEmpty)
  }
}
