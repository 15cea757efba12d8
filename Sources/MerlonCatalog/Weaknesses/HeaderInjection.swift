import MerlonBase

extension Weakness {
  /// Text of the caller's is put into a header.
  package static let headerInjection = Weakness(
    id: "MRL309", name: "header-injection", severity: .low, cwe: [113, 93],
    owasp: [.web2021(3)], asvs: ["1.2.1"], practices: ["S20"], since: "0.1.0",
    summary: "Text of the caller's is put into a header",
    why: """
      A line break in the text ends the header: what follows is a header of the caller's choice, or an answer of its \
      own. `h11` refuses such headers, `httptools` (what `uvicorn[standard]` uses) sends them, and mail takes them as \
      recipients. Even without line breaks, `;` and `"` add attributes to `Set-Cookie` and `Content-Disposition`.
      """,
    guide: [
      """
      Encode the text for the header: `urllib.parse.quote` for file names, `set_cookie` for cookies, `EmailMessage` for mail.
      """,
      """
      Refuse control characters where the text comes in: `Annotated[str, Query(pattern="^[\\\\w .-]+$")]`.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Response

      app = FastAPI()


      @app.get("/reports")
      def report(name: str, response: Response) -> dict[str, str]:
          response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'  # expect: MRL309
          return {}
      """),
    safe: Example(
      """
      from urllib.parse import quote

      from fastapi import FastAPI, Response

      app = FastAPI()


      @app.get("/reports")
      def report(name: str, response: Response) -> dict[str, str]:
          response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.csv"
          return {}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/113.html",
      "https://owasp.org/www-community/attacks/HTTP_Response_Splitting",
    ])
}
