import MerlonBase

extension Weakness {
  /// Text of the caller's becomes part of an HTML page.
  package static let crossSiteScripting = Weakness(
    id: "MRL306", name: "cross-site-scripting", severity: .medium, cwe: [79],
    owasp: [.api2023(10), .web2021(3)], asvs: ["1.2.1"], practices: ["S4", "S19", "S41"], since: "0.1.0",
    summary: "Text of the caller's becomes part of an HTML page",
    why: """
      A browser runs every script of a page with the rights of whoever looks at it. A link that carries the \
      script in a parameter is enough: who follows it sends cookies and tokens along, and the script acts as \
      that user. A template with autoescaping, or `html.escape`, turns the markup into text. JSON answers are \
      not read as HTML.
      """,
    guide: [
      """
      Render pages from templates with autoescaping (`Jinja2Templates` has it on) and hand values in as \
      variables.
      """,
      """
      In a template leave `|safe` to markup that the program made itself, put values of scripts through `tojson`, and \
      give templates names that end in `.html`: `Jinja2Templates` escapes in no others.
      """,
      """
      Where a page is built by hand, put each value through `html.escape`, and put attributes in quotes.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.responses import HTMLResponse

      app = FastAPI()


      @app.get("/search")
      def search(q: str) -> HTMLResponse:
          return HTMLResponse(f"<h1>Results for {q}</h1>")  # expect: MRL306
      """),
    safe: Example(
      """
      import html

      from fastapi import FastAPI
      from fastapi.responses import HTMLResponse

      app = FastAPI()


      @app.get("/search")
      def search(q: str) -> HTMLResponse:
          return HTMLResponse(f"<h1>Results for {html.escape(q)}</h1>")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/79.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
      "https://docs.python.org/3/library/html.html#html.escape",
    ])
}
