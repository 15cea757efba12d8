import MerlonBase

extension Weakness {
  /// The documentation was meant to be closed, but the schema or a second page is still served.
  package static let apiDocsLeftOpen = Weakness(
    id: "MRL504", name: "api-docs-left-open", severity: .low, cwe: [200],
    owasp: [.api2023(9), .web2021(5)], asvs: ["13.4.5"], practices: ["S1"], since: "0.1.0",
    summary: "The documentation was meant to be closed, but the schema or a second page is still served",
    why: """
      `docs_url=None` closes one page. `/redoc` shows the same, and `/openapi.json`, from which both are drawn, \
      lists every operation, parameter and model, the administrative ones included; scanners ask for it first. \
      Dependencies of the application do not cover these addresses. Reported where the code shows the wish to close \
      them; an API that keeps its documentation open on purpose is only noted (MRL523).
      """,
    guide: [
      "Close the schema, and with it both pages: `FastAPI(openapi_url=None)`.",
      """
      To close it in production only, decide from a setting that is off by default: `openapi_url="/openapi.json" if \
      settings.show_docs else None`.
      """,
      "To show it to some, serve `app.openapi()` from a route behind your own dependency.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI(docs_url=None)  # expect: MRL504


      @app.get("/health")
      def health() -> dict[str, str]:
          return {"status": "ok"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI(openapi_url=None)


      @app.get("/health")
      def health() -> dict[str, str]:
          return {"status": "ok"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/200.html",
      "https://fastapi.tiangolo.com/how-to/conditional-openapi/",
      "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/",
    ])
}
