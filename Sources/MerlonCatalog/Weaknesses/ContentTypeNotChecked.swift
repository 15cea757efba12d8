import MerlonBase

extension Weakness {
  /// JSON bodies are read whatever content type they claim.
  package static let contentTypeNotChecked = Weakness(
    id: "MRL514", name: "content-type-not-checked", severity: .medium, cwe: [352],
    owasp: [.api2023(8), .web2021(1)], asvs: ["3.5.1", "3.5.2"], practices: ["S1"], since: "0.1.0",
    summary: "JSON bodies are read whatever content type they claim",
    why: """
      A page of another site may send a form or `text/plain` to your API with the visitor's cookies and without \
      asking first (CORS "simple request"); `application/json` needs a preflight, which CORS settings can refuse. \
      FastAPI since 0.132 therefore reads a body as JSON only when the header says so. `strict_content_type=False` \
      takes that away, and every operation that trusts a cookie can be triggered from any web site (CSRF). APIs that \
      authenticate by a header, which a foreign page can't set, are not affected.
      """,
    guide: [
      "Remove `strict_content_type=False`, and let clients send `Content-Type: application/json`.",
      """
      If an old client can't, accept its form on one route of its own that demands a header such as \
      `X-Requested-With`.
      """,
      "Set session cookies with `samesite=\"lax\"` or `\"strict\"`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel

      app = FastAPI(strict_content_type=False)  # expect: MRL514


      class Transfer(BaseModel):
          target: str
          amount: int


      @app.post("/transfers")
      def transfer(order: Transfer) -> dict[str, str]:
          return {"status": "ordered"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel

      app = FastAPI()


      class Transfer(BaseModel):
          target: str
          amount: int


      @app.post("/transfers")
      def transfer(order: Transfer) -> dict[str, str]:
          return {"status": "ordered"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/352.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
      "https://fastapi.tiangolo.com/release-notes/",
    ])
}
