import MerlonModels
import MerlonProgram
import MerlonPython
import Testing

@Suite("Constants are folded")
struct ConstantTests {
  static let text = """
    import os
    from enum import Enum
    from shop.config import SECRET, ALGORITHMS, settings, debug
    from shop import config
    NAME = "shop"
    COUNT = 60 * 24
    LIST = ["a", "b", unknown]
    CHANGED = ["a"]
    CHANGED.append("b")
    TWICE = "a"
    TWICE = "b"
    PAIR, OTHER = "x", 2
    class Role(str, Enum):
        ADMIN = "admin"
    class Plain(Enum):
        ONE = 1
    class Constants:
        URL = "http://example.com"
    def f(parameter="x"):
        local = "l" + NAME
        ‹a›local‹/›
        ‹b›parameter‹/›
        again = "first"
        again = "second"
        ‹z›again‹/›
        if parameter:
            again = other()
        ‹aa›again‹/›
    ‹c›f"{NAME}-{COUNT}"‹/›
    ‹d›"%s/%d" % (NAME, 1)‹/›
    ‹e›"{}-{x}".format(NAME, x=2)‹/›
    ‹f›LIST‹/›
    ‹g›CHANGED‹/›
    ‹h›TWICE‹/›
    ‹i›OTHER‹/›
    ‹j›Role.ADMIN‹/›
    ‹k›Plain.ONE.value‹/›
    ‹l›Plain.ONE‹/›
    ‹m›Constants.URL‹/›
    ‹n›SECRET‹/›
    ‹o›config.SECRET.encode()‹/›
    ‹p›{"verify": False, **more}‹/›
    ‹q›os.environ.get("X", "d")‹/›
    ‹r›",".join(["a", "b"])‹/›
    ‹s›Constants‹/›
    ‹t›ALGORITHMS[0]‹/›
    ‹u›not debug‹/›
    ‹v›"a" if x else "a"‹/›
    ‹w›None or NAME‹/›
    ‹x›dict(a=1)["a"]‹/›
    ‹y›config.CHANGED_OUTSIDE‹/›
    config.CHANGED_OUTSIDE = 5
    """

  static let expected: [String: ConstantValue?] = [
    "a": .string("lshop"), "b": Optional<ConstantValue>.none, "c": .string("shop-1440"), "d": .string("shop/1"),
    "e": .string("shop-2"),
    "f": .list([.string("a"), .string("b"), .unknown]), "g": Optional<ConstantValue>.none,
    "h": Optional<ConstantValue>.none, "i": .integer(2),
    "j": .string("admin"), "k": .integer(1), "l": .reference("shop.main.Plain.ONE"),
    "m": .string("http://example.com"), "n": .string("s3cret"), "o": .bytes(Array("s3cret".utf8)),
    "p": .dictionary([.init(key: .string("verify"), value: .bool(false)), .init(key: .unknown, value: .unknown)]),
    "q": Optional<ConstantValue>.none, "r": .string("a,b"), "s": .reference("shop.main.Constants"),
    "t": .string("HS256"),
    "z": .string("second"), "aa": Optional<ConstantValue>.none,
    "u": .bool(true), "v": .string("a"), "w": .string("shop"), "x": .integer(1), "y": Optional<ConstantValue>.none,
  ]

  static let config = """
    SECRET: str = "s3cret"
    ALGORITHMS = ("HS256",)
    debug = False
    settings = None
    CHANGED_OUTSIDE = 4
    """

  @Test("Values of marked expressions", arguments: expected.keys.sorted())
  func values(_ mark: String) throws {
    let project = TestProject([("shop/main.py", Self.text), ("shop/config.py", Self.config)])
    let expected = try #require(Self.expected[mark])
    #expect(try project.constant(mark) == expected)
  }

  @Test("Values of the environment have a name and a default", arguments: [false, true])
  func environment(isModelled: Bool) throws {
    let libraries: any LibraryKnowledge = isModelled ? ModelledLibraries(.builtIn) : UnknownLibraries()
    let project = TestProject(
      [
        (
          "shop/config.py",
          """
          import os
          from pydantic import Field, SecretStr
          from pydantic_settings import BaseSettings, SettingsConfigDict
          from starlette.config import Config
          config = Config(".env")
          KEY = os.environ.get("KEY", "changeme")
          OTHER = config("OTHER", cast=str, default="abc")
          class Settings(BaseSettings):
              model_config = SettingsConfigDict(env_prefix="app_")
              secret: str = "dev"
              token: SecretStr = Field("t0ken", validation_alias="TOKEN_X")
              needed: str
          settings = Settings()
          """
        ),
        (
          "shop/main.py",
          """
          import os
          from shop.config import KEY, OTHER, settings
          ‹a›KEY‹/›
          ‹b›OTHER‹/›
          ‹c›settings.secret‹/›
          ‹d›settings.token.get_secret_value()‹/›
          ‹e›settings.needed‹/›
          ‹f›os.environ["HOME"]‹/›
          ‹g›int(os.getenv("PORT") or "80")‹/›
          ‹h›"plain"‹/›
          """
        ),
      ], libraries: libraries)
    let expected: [String: [String?]] = [
      "a": ["KEY", "\"changeme\""], "b": ["OTHER", "\"abc\""], "c": ["APP_SECRET", "\"dev\""],
      "d": ["TOKEN_X", "\"t0ken\""], "e": ["APP_NEEDED", nil], "f": ["HOME", nil], "g": ["PORT", "\"80\""],
      "h": [nil, nil],
    ]
    for (mark, answer) in expected {
      let (semantics, node) = try project.find(mark)
      let found = semantics.environmentDefault(of: node)
      let fallback = found?.fallback.flatMap { project.program.module($0.module)?.tree.text($0.node) }
      #expect([found?.variable, fallback] == answer, "mark \(mark)")
    }
  }

  @Test("Modules that import a name from each other end no search")
  func circles() throws {
    let project = TestProject([
      ("shop/a.py", "from shop.b import KEY\n"), ("shop/b.py", "from shop.a import KEY\n"),
      ("shop/__init__.py", ""), ("shop/main.py", "from shop.a import KEY\nprint(‹x›KEY‹/›)\n"),
    ])
    let (semantics, node) = try project.find("x")
    #expect(semantics.environmentDefault(of: node) == nil)
  }
}
