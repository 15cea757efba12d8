import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonRules
import Testing

/// Acceptance tests of the practices that are one question to one small program.
@Suite struct AcceptanceTests {
  static func findings(_ text: String) -> [Finding] {
    let program = Program(
      files: [SourceFile(path: "app.py", text: text)], options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
    return RuleRunner(isSelected: { _ in true })
      .checkAll(
        program, models: .builtIn,
        options: RuleOptions(headersAtProxy: false, fastAPIVersion: nil, requiredDependency: nil))
  }

  static func ids(_ text: String) -> Set<String> { Set(findings(text).map(\.id)) }

  @Test("AT-1.1: the hello-world application gives at least six posture notes and no alarm")
  func helloWorld() {
    let findings = Self.findings(
      """
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/")
      async def root():
          return {"message": "Hello World"}
      """)
    #expect(findings.count >= 6)
    #expect(findings.allSatisfy { $0.severity == .info && $0.id.hasPrefix("MRL52") })
  }

  static let header = """
    import os
    import secrets
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException, Security
    from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials

    app = FastAPI()
    api_key_header = APIKeyHeader(name="X-API-Key")
    basic = HTTPBasic()


    """

  @Test("AT-10.1: a key that is compared with `==` is flagged, `compare_digest` is silent")
  func keyComparison() {
    let unsafe = """
      def guard(api_key: Annotated[str, Security(api_key_header)]):
          if api_key == os.environ["API_KEY"]:
              return api_key
          raise HTTPException(403)
      """
    let safe = """
      def guard(api_key: Annotated[str, Security(api_key_header)]):
          if secrets.compare_digest(api_key, os.environ["API_KEY"]):
              return api_key
          raise HTTPException(403)
      """
    #expect(Self.ids(Self.header + unsafe).contains("MRL115"))
    #expect(!Self.ids(Self.header + safe).contains("MRL115"))
  }

  @Test(
    "AT-11.1: HTTP Basic is named, and its password is not compared with `==`",
    arguments: [
      ("return credentials.password == os.environ[\"OPS_PASSWORD\"]", true),
      ("return os.environ[\"OPS_PASSWORD\"] != credentials.password", true),
      ("return secrets.compare_digest(credentials.password, os.environ[\"OPS_PASSWORD\"])", false),
    ])
  func basicComparison(statement: String, isFlagged: Bool) {
    let ids = Self.ids(
      Self.header + """
        def ops(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]):
            \(statement)
        """)
    #expect(ids.contains("MRL114"))
    #expect(ids.contains("MRL115") == isFlagged)
  }

  @Test(
    "AT-14.1: a default of an environment variable is flagged for names of secrets only",
    arguments: [
      ("SECRET_KEY", "changeme", true), ("JWT_SECRET", "dev-secret", true), ("DB_PASSWORD", "postgres123", true),
      ("LOG_LEVEL", "changeme", false), ("TOKEN_URL", "/auth/token", false), ("PASSWORD_MIN_LENGTH", "12", false),
      ("SECRET_KEY", "", false),
    ])
  func environmentDefault(name: String, fallback: String, isFlagged: Bool) {
    let ids = Self.ids("import os\nvalue = os.getenv(\"\(name)\", \"\(fallback)\")\n")
    #expect(ids.contains("MRL702") == isFlagged)
  }

  @Test("AT-30.1: `frame-ancestors` alone is enough against framing")
  func frameAncestors() {
    let ids = Self.ids(
      Self.header + """
        @app.middleware("http")
        async def headers(request, call_next):
            response = await call_next(request)
            response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            return response
        """)
    #expect(ids.isDisjoint(with: ["MRL505", "MRL506", "MRL507", "MRL508"]))
  }

  @Test(
    "AT-43.1 and AT-43.2: what leaks inner workings, and what lets callers in on errors, is flagged",
    arguments: [
      ("except Exception as error:\n        raise HTTPException(500, detail=str(error))", "MRL401"),
      ("except Exception as error:\n        raise HTTPException(500, f\"failed: {error}\")", "MRL401"),
      ("except Exception as error:\n        return {\"error\": repr(error)}", "MRL401"),
      ("except Exception as error:\n        text = str(error)\n        raise HTTPException(500, text)", "MRL401"),
      ("except Exception:\n        return {\"trace\": traceback.format_exc()}", "MRL402"),
    ])
  func leaks(handler: String, id: String) {
    let ids = Self.ids(
      Self.header + """
        import traceback

        @app.get("/report")
        def report():
            try:
                return build()
            \(handler)
        """)
    #expect(ids.contains(id))
  }

  @Test("AT-43.2: a check that lets callers in when it fails is critical")
  func failOpen() {
    let findings = Self.findings(
      """
      import jwt

      def current_user(token: str, user):
          try:
              jwt.decode(token, load_key(), algorithms=["HS256"])
          except Exception:
              return user
          return user
      """)
    #expect(findings.contains { $0.id == "MRL117" && $0.severity == .critical })
  }
}
