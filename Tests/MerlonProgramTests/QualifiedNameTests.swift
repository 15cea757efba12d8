import MerlonModels
import MerlonProgram
import Testing

@Suite("Expressions are resolved to dotted names")
struct QualifiedNameTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var story: String
    var files: [(path: String, text: String)]
    /// Expected name by mark; nil for none.
    var expected: [String: String?]
    var testDescription: String { story }

    init(_ story: String, _ text: String, _ expected: [String: String?]) {
      self.init(story, [("shop/main.py", text)], expected)
    }

    init(_ story: String, _ files: [(String, String)], _ expected: [String: String?]) {
      self.story = story
      self.files = files.map { (path: $0.0, text: $0.1) }
      self.expected = expected
    }
  }

  static let cases: [Case] = [
    Case(
      "imports and aliases",
      """
      import jwt, hashlib as h
      import os.path
      from jose import jwt as jose_jwt
      from datetime import datetime
      ‹a›jwt.decode‹/›
      ‹b›h.md5‹/›
      ‹c›jose_jwt.decode‹/›
      ‹d›os.path.join‹/›
      ‹e›datetime.now‹/›
      ‹f›os.environ.get‹/›
      decode = jwt.decode
      ‹g›decode‹/›
      ‹h›print‹/›
      ‹i›nowhere‹/›
      """,
      [
        "a": "jwt.decode", "b": "hashlib.md5", "c": "jose.jwt.decode", "d": "os.path.join",
        "e": "datetime.datetime.now", "f": "os.environ.get", "g": "jwt.decode", "h": "builtins.print", "i": nil,
      ]),
    Case(
      "shadowing by locals, parameters and classes",
      """
      import jwt
      def one(jwt):
          return ‹a›jwt.decode‹/›
      def two():
          jwt = make()
          return ‹b›jwt‹/›
      def three():
          def inner():
              return ‹c›jwt.decode‹/›
          return inner
      class Four:
          jwt = 1
          def method(self):
              return ‹d›jwt.decode‹/›
      [‹e›jwt‹/› for jwt in things]
      ‹f›jwt.encode‹/›
      """,
      ["a": nil, "b": nil, "c": "jwt.decode", "d": "jwt.decode", "e": nil, "f": "jwt.encode"]),
    Case(
      "alternatives of imports",
      """
      from typing import TYPE_CHECKING
      try:
          import ujson as json
      except ImportError:
          import json
      try:
          import jwt
      except ImportError:
          jwt = None
      if TYPE_CHECKING:
          from fastapi import Request
      ‹a›json.loads‹/›
      ‹b›jwt.decode‹/›
      def f(request: "Request"):
          return ‹c›request.url‹/›
      """,
      ["a": nil, "b": "jwt.decode", "c": "fastapi.Request.url"]),
    Case(
      "project symbols through re-exports, relative and star imports",
      [
        ("shop/__init__.py", "from .security import require_role\nfrom . import tools\n"),
        ("shop/security.py", "import jwt\ndef require_role(role): ...\nclass Guard:\n    def check(self): ...\n"),
        (
          "shop/tools.py",
          "from jwt import decode as jwt_decode\n__all__ = ['jwt_decode', 'helper']\ndef helper(): ...\n"
        ),
        ("shop/api/__init__.py", ""),
        (
          "shop/api/routes.py",
          """
          from shop import require_role as rr, tools
          from ..security import Guard
          from shop.tools import *
          import shop.security
          ‹a›rr‹/›
          ‹b›Guard.check‹/›
          ‹c›helper‹/›
          ‹d›jwt_decode‹/›
          ‹e›shop.security.Guard‹/›
          ‹f›tools.helper‹/›
          ‹g›Guard().check‹/›
          ‹h›shop.security.jwt.decode‹/›
          """
        ),
      ],
      [
        "a": "shop.security.require_role", "b": "shop.security.Guard.check", "c": "shop.tools.helper",
        "d": "jwt.decode", "e": "shop.security.Guard", "f": "shop.tools.helper", "g": "shop.security.Guard.check",
        "h": "jwt.decode",
      ]),
    Case(
      "attributes of instances",
      """
      import httpx
      from fastapi import FastAPI, Request
      from typing import Annotated, Optional
      app = FastAPI()
      ‹a›app.add_middleware‹/›
      ‹b›app‹/›
      def f(request: Request, other: Optional[Request], third: Request | None, fourth: Annotated[Request, 1]):
          ‹c›request.cookies.get‹/›
          ‹d›other.headers‹/›
          ‹e›third.headers‹/›
          ‹f›fourth.headers‹/›
      class Client:
          limit = 5
          def __init__(self):
              self.client = httpx.AsyncClient()
          def get(self):
              return ‹g›self.client.get‹/›
          @property
          def inner(self) -> httpx.Client: ...
      ‹h›Client().inner.post‹/›
      ‹i›Client.limit‹/›
      async def g():
          async with httpx.AsyncClient() as client:
              ‹j›client.get‹/›
          with open("x") as file:
              ‹k›file.read‹/›
      def make() -> Client: ...
      ‹l›make().get‹/›
      """,
      [
        "a": "fastapi.FastAPI.add_middleware", "b": "shop.main.app", "c": "fastapi.Request.cookies.get",
        "d": "fastapi.Request.headers", "e": "fastapi.Request.headers", "f": "fastapi.Request.headers",
        "g": "httpx.AsyncClient.get", "h": "httpx.Client.post", "i": "shop.main.Client.limit",
        "j": "httpx.AsyncClient.get", "k": "io.TextIOWrapper.read", "l": "shop.main.Client.get",
      ]),
    Case(
      "partial, super, inheritance and results of functions",
      """
      import functools
      import subprocess
      from pydantic import BaseModel
      run = functools.partial(subprocess.run, shell=True)
      ‹a›run‹/›
      class Base:
          def hello(self): ...
      class Model(Base, BaseModel):
          def hello(self):
              ‹b›super().hello‹/›
              ‹c›super().model_dump‹/›
      ‹d›Model().model_dump_json‹/›
      class Settings: ...
      @functools.lru_cache
      def get_settings():
          return Settings()
      settings = get_settings()
      ‹e›settings‹/›
      def recursive(n):
          return recursive(n - 1)
      ‹f›recursive(1).x‹/›
      ‹g›get_settings‹/›
      """,
      [
        "a": "subprocess.run", "b": "shop.main.Base.hello", "c": "pydantic.BaseModel.model_dump",
        "d": "pydantic.BaseModel.model_dump_json", "e": "shop.main.settings", "f": nil,
        "g": "shop.main.get_settings",
      ]),
    Case(
      "cycles of imports and names end",
      [
        ("a/__init__.py", ""),
        ("a/one.py", "from a.two import x\nfrom a.two import *\ny = y\n‹p›x‹/›\n"),
        (
          "a/two.py",
          "from a.one import x, y\nfrom a.one import *\nclass C(C): ...\nclass D(E): ...\nclass E(D): ...\n‹q›E().z‹/›\n"
        ),
      ], ["p": "a.one.x", "q": nil]),
  ]

  @Test("Names of expressions", arguments: cases)
  func names(_ example: Case) throws {
    let project = TestProject(example.files)
    #expect(project.markNames == example.expected.keys.sorted())
    for (mark, expected) in example.expected {
      #expect(try project.qualifiedName(mark) == expected, "mark \(mark)")
    }
  }

  @Test("Several bindings give several names")
  func alternatives() throws {
    let project = TestProject(
      "try:\n    import ujson as json\nexcept ImportError:\n    import json\n‹a›json.loads‹/›\n")
    let (semantics, node) = try project.find("a")
    #expect(semantics.qualifiedNames(of: node) == ["ujson.loads", "json.loads"])
  }

  @Test("Library models make names canonical and give types")
  func models() throws {
    let project = TestProject(
      """
      import os
      from fastapi import Request
      from fastapi.middleware.cors import CORSMiddleware
      def f(request: Request):
          ‹a›request‹/›
      ‹b›CORSMiddleware‹/›
      ‹c›os.environ.get("X")‹/›
      """, libraries: ModelledLibraries(.builtIn))
    #expect(try project.type("a") == "starlette.requests.Request")
    #expect(try project.qualifiedName("b") == "starlette.middleware.cors.CORSMiddleware")
    #expect(try project.type("c") == "builtins.str")
  }

  @Test("Scopes have dotted names")
  func scopes() throws {
    let project = TestProject(
      "class A:\n    def f(self):\n        def g():\n            return ‹a›1‹/›\n        return ‹b›lambda: 2‹/›\n‹c›3‹/›\n"
    )
    for (mark, name) in ["a": "shop.main.A.f.g", "b": "shop.main.A.f", "c": "shop.main"] {
      let (semantics, node) = try project.find(mark)
      #expect(semantics.module.qualifiedName(ofScopeAt: node) == name)
    }
  }
}
