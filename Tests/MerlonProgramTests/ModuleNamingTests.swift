import MerlonProgram
import Testing

@Suite("Modules get the dotted names under which the project imports them")
struct ModuleNamingTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [(String, String)]
    var names: [String]
  }

  static let layouts: [Layout] = [
    Layout(
      testDescription: "package at the root", files: [("shop/__init__.py", ""), ("shop/a.py", "")],
      names: ["shop", "shop.a"]),
    Layout(
      testDescription: "src layout",
      files: [("src/shop/__init__.py", ""), ("src/shop/a.py", ""), ("tests/t.py", "import shop.a")],
      names: ["shop", "shop.a", "tests.t"]),
    Layout(
      testDescription: "backend folder with a package",
      files: [
        ("backend/app/__init__.py", ""), ("backend/app/main.py", "from app.db import x"), ("backend/app/db.py", ""),
      ],
      names: ["app", "app.db", "app.main"]),
    Layout(
      testDescription: "folders without __init__",
      files: [("app/db.py", ""), ("app/main.py", "from app.db import engine")],
      names: ["app.db", "app.main"]),
    Layout(
      testDescription: "service run from its own folder",
      files: [
        ("service/db.py", ""), ("service/main.py", "from db import engine\nimport models"), ("service/models.py", ""),
      ],
      names: ["db", "main", "models"]),
    Layout(
      testDescription: "two services",
      files: [
        ("a/app/__init__.py", ""), ("a/app/m.py", "import app.m"), ("b/app/__init__.py", ""),
        ("b/app/m.py", "import app.m"),
      ], names: ["app", "app.m", "app", "app.m"]),
    Layout(
      testDescription: "a folder with the name of a library",
      files: [
        ("alembic/env.py", "from alembic import context"), ("app/jwt.py", "import jwt\n"),
        ("app/x.py", "import app.jwt"),
      ],
      names: ["alembic.env", "app.jwt", "app.x"]),
  ]

  @Test("Names of modules", arguments: layouts)
  func names(_ layout: Layout) {
    let program = Program(files: layout.files.map { SourceFile(path: $0.0, text: $0.1) })
    #expect(program.modules.map(\.name) == layout.names)
  }

  @Test(
    "Where the root itself is a package, its name stands in front, unless the modules import one another without it")
  func rootPackage() {
    func names(_ files: [(String, String)]) -> [String] {
      Program(
        files: files.map { SourceFile(path: $0.0, text: $0.1) },
        options: ProgramOptions(rootPackage: ["shop", "api"])
      ).modules.map(\.name)
    }
    #expect(
      names([("__init__.py", ""), ("db.py", ""), ("main.py", "from shop.api.db import x")])
        == ["shop.api", "shop.api.db", "shop.api.main"])
    #expect(names([("__init__.py", ""), ("main.py", "from . import db")]) == ["shop.api", "shop.api.main"])
    #expect(names([("__init__.py", ""), ("db.py", ""), ("main.py", "from db import x")]).suffix(2) == ["db", "main"])
  }

  @Test("Each of two services imports its own module")
  func twoServices() throws {
    let project = TestProject([
      ("a/app/__init__.py", ""), ("a/app/m.py", "def f(): ..."), ("a/app/u.py", "from app.m import f\n‹a›f‹/›"),
      ("b/app/__init__.py", ""), ("b/app/m.py", "def f(): ..."), ("b/app/u.py", "from app.m import f\n‹b›f‹/›"),
    ])
    for mark in ["a", "b"] {
      let (semantics, node) = try project.find(mark)
      let definition = try #require(semantics.definition(of: node))
      #expect(project.program.module(definition.module)?.path == "\(mark)/app/m.py")
    }
  }

  @Test("A library keeps its name beside a folder of that name")
  func libraryBesideFolder() throws {
    let project = TestProject([
      ("alembic/env.py", "from alembic import context\n‹a›context.configure‹/›"),
      ("app/jwt.py", "import jwt\n‹b›jwt.decode‹/›"),
      ("app/x.py", "from app.jwt import jwt"),
    ])
    #expect(try project.qualifiedName("a") == "alembic.context.configure")
    #expect(try project.qualifiedName("b") == "jwt.decode")
  }
}
