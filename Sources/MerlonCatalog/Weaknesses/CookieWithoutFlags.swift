import MerlonBase

extension Weakness {
  /// A cookie that holds a session or token is set without the flags that protect it.
  package static let cookieWithoutFlags = Weakness(
    id: "MRL116", name: "cookie-without-flags", severity: .medium, cwe: [614, 1004, 1275],
    owasp: [.api2023(2), .web2021(5)], asvs: ["3.3.1", "3.3.2", "3.3.4"], practices: ["S31"], since: "0.1.0",
    summary: "A cookie that holds a session or token is set without the flags that protect it",
    why: """
      Starlette's `set_cookie` leaves `secure` and `httponly` off. Without `secure`, the browser sends the cookie \
      over plain HTTP too, where anyone on the same network reads it; one link to `http://` is enough. Without \
      `httponly`, any script on the page, one injected through XSS included, reads the cookie and sends it away. \
      With `samesite="none"` every foreign site can make the browser send it (CSRF). The default, `lax`, is right \
      for most sessions. Cookies that a script has to read, such as a CSRF token or a colour scheme, hold nothing \
      worth stealing, and are not meant here.
      """,
    guide: [
      "Set all three: `response.set_cookie(…, secure=True, httponly=True, samesite=\"lax\")`.",
      "Name it with the prefix `__Host-` (with `path=\"/\"` and no `domain`), so that no subdomain can overwrite it.",
      "Give it an end with `max_age`, and delete it with the same flags at log-out.",
      "Browsers treat `http://localhost` as secure enough for `secure` cookies, so development needs no exception.",
    ],
    unsafe: Example(
      """
      import secrets

      from fastapi import FastAPI, Response

      app = FastAPI()
      sessions: dict[str, int] = {}


      def start_session(response: Response, user_id: int) -> None:
          session_id = secrets.token_urlsafe(32)
          sessions[session_id] = user_id
          response.set_cookie("session_id", session_id, max_age=3600)  # expect: MRL116
      """),
    safe: Example(
      """
      import secrets

      from fastapi import FastAPI, Response

      app = FastAPI()
      sessions: dict[str, int] = {}


      def start_session(response: Response, user_id: int) -> None:
          session_id = secrets.token_urlsafe(32)
          sessions[session_id] = user_id
          response.set_cookie("__Host-session_id", session_id, max_age=3600, secure=True, httponly=True, samesite="lax")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/614.html",
      "https://cwe.mitre.org/data/definitions/1004.html",
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Headers/Set-Cookie",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",
    ])
}
