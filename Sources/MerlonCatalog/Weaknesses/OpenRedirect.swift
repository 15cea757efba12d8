import MerlonBase

extension Weakness {
  /// Text of the caller's decides where the browser is sent.
  package static let openRedirect = Weakness(
    id: "MRL307", name: "open-redirect", severity: .medium, cwe: [601],
    owasp: [.api2023(10), .web2021(1)], asvs: ["1.2.2"], practices: ["S4"], since: "0.1.0",
    summary: "Text of the caller's decides where the browser is sent",
    why: """
      A link to the real site that leads to another one is what phishing wants: the victim sees the right \
      host, logs in, and lands on a copy. In a login flow the redirect can carry codes and tokens along. \
      `//evil.example` and `/\\\\evil.example` are addresses of other hosts too, so a check for a leading \
      slash alone is not enough.
      """,
    guide: [
      """
      Redirect to addresses of the program's own, chosen by a key.
      """,
      """
      Where the page that was left must be remembered, keep only path and query of the address, and refuse \
      what begins with `//` or holds a backslash.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.responses import RedirectResponse

      app = FastAPI()


      @app.get("/welcome")
      def welcome(target: str = "/") -> RedirectResponse:
          return RedirectResponse(target)  # expect: MRL307
      """),
    safe: Example(
      """
      from typing import Literal

      from fastapi import FastAPI
      from fastapi.responses import RedirectResponse

      app = FastAPI()
      PAGES = {"start": "/", "account": "/account"}


      @app.get("/welcome")
      def welcome(page: Literal["start", "account"] = "start") -> RedirectResponse:
          return RedirectResponse(PAGES[page])
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/601.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html",
    ])
}
