import MerlonBase

extension Weakness {
  /// The documentation and the schema are open to everyone.
  package static let postureDocsOpen = Weakness(
    id: "MRL523", name: "posture-docs-open", severity: .info, cwe: [200],
    owasp: [.api2023(9), .web2021(5)], asvs: ["13.4.5"], practices: ["S1"], since: "0.1.0",
    summary: "The documentation and the schema are open to everyone",
    why: """
      `/docs`, `/redoc` and `/openapi.json` are on by default, and no dependency of the application covers them. \
      They tell every operation, parameter and model, those for administrators too. For a public API that is a \
      service to its users. For an internal one it saves an attacker the search; it opens nothing by itself.
      """,
    guide: [
      "Close them where nobody needs them: `FastAPI(openapi_url=None)`, which switches off all three.",
      "Decide by a setting that is off by default if developers need them.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL523


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          show_docs: bool = False


      settings = Settings()
      app = FastAPI(openapi_url="/openapi.json" if settings.show_docs else None)


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/200.html",
      "https://fastapi.tiangolo.com/how-to/conditional-openapi/",
    ])
}
