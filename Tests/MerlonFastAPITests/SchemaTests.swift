import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython
import Testing

@testable import MerlonFastAPI

/// Schemas of classes that are put together here; what is expected is what Pydantic 2.14.4 and FastAPI 0.165.0 give for
/// the same classes.
@Suite struct SchemaTests {
  private let interpreter = Interpreter(program: Program(files: []), options: InterpreterOptions())

  private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private static func type(_ name: String) -> PythonValue { .library(name) }
  private static func of(_ origin: String, _ arguments: PythonValue...) -> PythonValue {
    .generic(GenericObject(origin: .library(origin), arguments: arguments))
  }

  /// A model as `create_model` makes it.
  private func model(
    _ name: String, module: String = "shop", fields: [(String, PythonValue, PythonValue?)] = [],
    config: [(String, PythonValue)] = [], bases: [PythonValue] = [.library("pydantic.main.BaseModel")]
  ) -> ClassObject {
    let object = ClassObject(name: name, qualifiedName: name, moduleName: module, module: nil, node: .none)
    object.bases = bases
    object.order = [.classObject(object)] + bases.map { $0.genericValue?.origin ?? $0 }
    if bases.contains(where: { $0.genericValue != nil }) { object.order.append(.library("pydantic.main.BaseModel")) }
    object.namespace["__annotations__"] = .dictionary(DictionaryObject(fields.map { (.string($0.0), $0.1) }))
    for field in fields { if let value = field.2 { object.namespace[field.0] = value } }
    if !config.isEmpty {
      object.namespace["model_config"] = .dictionary(DictionaryObject(config.map { (.string($0.0), $0.1) }))
    }
    return object
  }

  private func field(_ arguments: (String, PythonValue)...) -> PythonValue {
    .instance(
      InstanceObject(
        type: .library("pydantic.fields.FieldInfo"),
        attributes: Dictionary(arguments, uniquingKeysWith: { first, _ in first })))
  }

  /// Schemas of the components that a response of a type and a body of a type need.
  private func components(body: PythonValue?, answer: PythonValue?) -> Application {
    let fields = ModelFields(interpreter: interpreter)
    let builder = DocumentBuilder(interpreter: interpreter, fields: fields)
    var application = Application(module: "shop", name: "app")
    application.routes = [Route(kind: .http, path: "/", methods: ["POST"])]
    var input = RouteDocumentInput()
    input.uniqueID = "f__post"
    if let body { input.body = [BodyInput(field: FieldInfo(annotation: body), name: "b", alias: "b", place: .body)] }
    input.responseModel = answer
    builder.add(input, route: 0)
    builder.finish(&application)
    return application
  }

  private func schema(_ type: PythonValue, _ mode: SchemaMode = .validation) -> JSONValue {
    let builder = CoreSchemaBuilder(interpreter: interpreter, fields: ModelFields(interpreter: interpreter))
    return SchemaGenerator(builder: builder).schema(builder.schema(type), mode: mode)
  }

  @Test func plainTypesHaveTheSchemasOfPydantic() throws {
    let cases: [(PythonValue, String)] = [
      (Self.type("int"), #"{"type": "integer"}"#), (Self.type("typing.Any"), "{}"), (.none, #"{"type": "null"}"#),
      (Self.type("datetime.datetime"), #"{"type": "string", "format": "date-time"}"#),
      (Self.type("decimal.Decimal"), #"{"anyOf": [{"type": "number"}, {"type": "string"}]}"#),
      (Self.type("uuid.UUID"), #"{"type": "string", "format": "uuid"}"#),
      (Self.type("bytes"), #"{"type": "string", "contentMediaType": "application/octet-stream"}"#),
      (Self.type("pathlib.Path"), #"{"type": "string", "format": "path"}"#),
      (
        Self.type("pydantic.networks.HttpUrl"),
        #"{"type": "string", "format": "uri", "minLength": 1, "maxLength": 2083}"#
      ),
      (Self.type("pydantic.types.SecretStr"), #"{"type": "string", "format": "password", "writeOnly": true}"#),
      (Self.of("list", Self.type("int")), #"{"type": "array", "items": {"type": "integer"}}"#),
      (Self.of("set", Self.type("str")), #"{"type": "array", "items": {"type": "string"}, "uniqueItems": true}"#),
      (Self.of("tuple", Self.type("int"), .ellipsis), #"{"type": "array", "items": {"type": "integer"}}"#),
      (
        Self.of("tuple", Self.type("int"), Self.type("str")),
        #"{"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2, "maxItems": 2}"#
      ),
      (
        Self.of("dict", Self.type("str"), Self.type("typing.Any")), #"{"type": "object", "additionalProperties": true}"#
      ),
      (
        Self.of("typing.Mapping", Self.type("str"), Self.type("int")),
        #"{"type": "object", "additionalProperties": {"type": "integer"}}"#
      ),
      (Self.of("typing.Optional", Self.type("str")), #"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#),
      (
        Self.of("typing.Union", Self.of("typing.Optional", Self.type("str")), Self.type("int")),
        #"{"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}"#
      ),
      (Self.of("typing.Literal", .string("a")), #"{"const": "a", "type": "string"}"#),
      (Self.of("typing.Literal", .string("a"), .integer(1)), #"{"enum": ["a", 1]}"#),
      (
        Self.of("typing.Union", Self.type("int"), Self.of("typing.Callable", .list(ListObject([])), Self.type("int"))),
        #"{"type": "integer"}"#
      ),
    ]
    for (type, expected) in cases {
      let found = schema(type)
      #expect(
        found.isEquivalent(to: try json(expected)),
        "\(expected) \(String(decoding: found.text(layout: .compact), as: UTF8.self))")
    }
  }

  @Test func aModelInBothDirectionsHasTwoSchemasWhereTheyDiffer() throws {
    let user = model("User", fields: [("email", Self.type("pydantic.networks.EmailStr"), .string("a@b.c"))])
    let item = model(
      "Item",
      fields: [
        ("name", Self.type("str"), field(("min_length", .integer(1)), ("title", .string("The name")))),
        ("price", Self.type("decimal.Decimal"), field(("default", .integer(1)), ("gt", .integer(0)))),
        ("owner", Self.of("typing.Optional", .classObject(user)), PythonValue.none),
        ("parts", Self.of("list", .string("Item")), .list(ListObject([]))),
      ], config: [("extra", .string("forbid"))])
    let application = components(body: .classObject(item), answer: Self.of("list", .classObject(item)))
    let expected = try json(
      """
      {"Item-Input": {"properties": {
        "name": {"type": "string", "minLength": 1, "title": "The name"},
        "price": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}], "title": "Price", "default": 1},
        "owner": {"anyOf": [{"$ref": "#/components/schemas/User"}, {"type": "null"}], "default": null},
        "parts": {"items": {"$ref": "#/components/schemas/Item-Input"}, "type": "array", "title": "Parts", "default": []}},
        "additionalProperties": false, "type": "object", "required": ["name"], "title": "Item"},
       "User": {"properties": {"email": {"type": "string", "format": "email", "title": "Email", "default": "a@b.c"}},
        "type": "object", "title": "User"}}
      """)
    for member in expected.members ?? [] {
      #expect(application.schemas[member.key]?.isEquivalent(to: member.value) == true, "\(member.key)")
    }
    #expect(
      application.schemas.keys.sorted() == [
        "HTTPValidationError", "Item-Input", "Item-Output", "User", "ValidationError",
      ])
    #expect(
      application.routes[0].requestBody?.content.first?.value["schema"]
        == (try json(##"{"$ref": "#/components/schemas/Item-Input"}"##)))
    #expect(
      application.routes[0].response.schema?.isEquivalent(
        to: try json(
          ##"{"items": {"$ref": "#/components/schemas/Item-Output"}, "type": "array", "title": "Response F  Post"}"##))
        == true)
    #expect(
      application.routes[0].response.fields.map(\.path) == [
        "[].name", "[].price", "[].owner", "[].owner.email", "[].parts",
      ])
  }

  @Test func modelsThatShareANameAreToldApartByTheirModules() {
    let first = model("Item", module: "shop.a", fields: [("x", Self.type("int"), nil)])
    let second = model("Item", module: "shop.b", fields: [("y", Self.type("int"), nil)])
    let same = model("Same", module: "shop.a", fields: [("x", Self.type("int"), nil)])
    let twin = model("Same", module: "shop.b", fields: [("x", Self.type("int"), nil)])
    let all = Self.of("typing.Union", .classObject(first), .classObject(second), .classObject(same), .classObject(twin))
    #expect(components(body: nil, answer: all).schemas.keys.sorted() == ["Same", "shop__a__Item", "shop__b__Item"])
  }

  @Test func parametrisedModelsAreNamedByTheirArguments() throws {
    let variable = PythonValue.typeParameter(TypeParameterObject(name: "T", kind: .typeVariable) { nil })
    let page = model(
      "Page", fields: [("items", Self.of("list", variable), nil)],
      bases: [.library("pydantic.main.BaseModel"), Self.of("typing.Generic", variable)])
    let item = model("Item", fields: [("a", Self.type("int"), .integer(1))])
    func of(_ argument: PythonValue) -> PythonValue {
      .generic(GenericObject(origin: .classObject(page), arguments: [argument]))
    }
    let union = Self.of(
      "typing.Union", of(.classObject(item)), of(Self.of("list", .classObject(item))),
      of(Self.of("typing.Optional", Self.type("int"))))
    let schemas = components(body: nil, answer: union).schemas
    #expect(schemas.keys.sorted() == ["Item", "Page_Item_", "Page_Union_int__NoneType__", "Page_list_Item__"])
    #expect(schemas["Page_Union_int__NoneType__"]?["title"] == .string("Page[Union[int, NoneType]]"))
    #expect(
      schemas["Page_Item_"]?["properties"]?["items"]?.isEquivalent(
        to: try json(##"{"items": {"$ref": "#/components/schemas/Item"}, "type": "array", "title": "Items"}"##)) == true
    )
  }

  @Test func unionsInUnionsAreFlat() {
    let nested = Self.of("types.UnionType", Self.of("types.UnionType", Self.type("int"), Self.type("str")), .none)
    guard case .union(let members) = TypeForm(nested) else {
      Issue.record("no union")
      return
    }
    #expect(members.count == 3)
  }

  @Test func aTagChoosesAmongModels() throws {
    let cat = model("Cat", fields: [("type", Self.of("typing.Literal", .string("cat")), nil)])
    let dog = model("Dog", fields: [("type", Self.of("typing.Literal", .string("dog"), .string("wolf")), nil)])
    let pet = model(
      "Pet",
      fields: [
        (
          "pet", Self.of("typing.Union", .classObject(cat), .classObject(dog)),
          field(("discriminator", .string("type")))
        )
      ])
    let schemas = components(body: .classObject(pet), answer: nil).schemas
    let expected = try json(
      """
      {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "title": "Pet",
       "discriminator": {"propertyName": "type", "mapping": {"cat": "#/components/schemas/Cat",
        "dog": "#/components/schemas/Dog", "wolf": "#/components/schemas/Dog"}}}
      """)
    #expect(schemas["Pet"]?["properties"]?["pet"]?.isEquivalent(to: expected) == true)
  }

  @Test(arguments: [
    ("side_length", "sideLength", "SideLength"), ("already", "already", "Already"), ("a_1", "a1", "A1"),
    ("_x_y", "_xY", "_XY"), ("http2_port", "http2Port", "Http2Port"),
  ])
  func namesAreMadeAsByTheGeneratorsOfPydantic(_ name: String, _ camel: String, _ pascal: String) {
    #expect(AliasGenerators.camel(name) == camel)
    #expect(AliasGenerators.pascal(name) == pascal)
  }
}
