import MerlonBase

extension Weakness {
  /// A cookie that is sent from other sites is all that a change asks for.
  package static let crossSiteRequestForgery = Weakness(
    id: "MRL125", name: "cross-site-request-forgery", severity: .medium, cwe: [352, 1275],
    owasp: [.api2023(2), .web2021(1)], asvs: ["3.3.2", "3.5.1"], practices: ["S31"], since: "0.1.0",
    summary: "A cookie that is sent from other sites is all that a change asks for",
    why: """
      A browser sends cookies with `SameSite=None` along with requests that other sites cause. A page of the \
      attacker then changes, in the name of its visitor, whatever the cookie allows. Starlette sets `SameSite=lax` \
      by default, which keeps the cookie out of foreign forms; only `none` is reported, where nothing looks at a \
      token or at the origin. FastAPI refuses JSON without its content type since 0.132.0, earlier versions take it \
      from plain forms as well.
      """,
    guide: [
      "Leave `samesite` at `lax`, or set it to `strict` for cookies of a session.",
      "Where the cookie has to go to other sites, compare the `Origin` header or ask for a token in a header.",
      "Take the credential from the `Authorization` header in programs.",
    ],
    unsafe: Example(
      """
      import secrets
      from typing import Annotated

      from fastapi import Cookie, Depends, FastAPI, HTTPException, Response

      app = FastAPI()
      sessions: dict[str, str] = {}
      mails = {"alice": "alice@example.com"}


      def current_user(session: Annotated[str | None, Cookie()] = None) -> str:
          user = sessions.get(session or "")
          if user is None:
              raise HTTPException(401, "Log in first")
          return user


      @app.post("/login")
      def start(response: Response) -> None:
          session = secrets.token_urlsafe(32)
          sessions[session] = "guest"
          response.set_cookie("session", session, secure=True, httponly=True, samesite="none")  # expect: MRL125


      @app.put("/mail")
      def change_mail(mail: str, user: Annotated[str, Depends(current_user)]) -> None:
          mails[user] = mail
      """),
    safe: Example(
      """
      import secrets
      from typing import Annotated

      from fastapi import Cookie, Depends, FastAPI, HTTPException, Response

      app = FastAPI()
      sessions: dict[str, str] = {}
      mails = {"alice": "alice@example.com"}


      def current_user(session: Annotated[str | None, Cookie()] = None) -> str:
          user = sessions.get(session or "")
          if user is None:
              raise HTTPException(401, "Log in first")
          return user


      @app.post("/login")
      def start(response: Response) -> None:
          session = secrets.token_urlsafe(32)
          sessions[session] = "guest"
          response.set_cookie("session", session, secure=True, httponly=True, samesite="lax")


      @app.put("/mail")
      def change_mail(mail: str, user: Annotated[str, Depends(current_user)]) -> None:
          mails[user] = mail
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/352.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
    ])
}
