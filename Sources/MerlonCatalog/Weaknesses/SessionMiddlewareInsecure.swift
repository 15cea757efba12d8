import MerlonBase

extension Weakness {
  /// The session cookie of `SessionMiddleware` goes over plain HTTP, to foreign sites, or never ends.
  package static let sessionMiddlewareInsecure = Weakness(
    id: "MRL123", name: "session-middleware-insecure", severity: .medium, cwe: [614, 613],
    owasp: [.api2023(2), .web2021(5)], asvs: ["3.3.1", "7.3.2"], practices: ["S31"], since: "0.1.0",
    summary: "The session cookie of `SessionMiddleware` goes over plain HTTP, to foreign sites, or never ends",
    why: """
      Starlette's `SessionMiddleware` keeps the whole session in a signed cookie and leaves `https_only` off, so the \
      cookie travels over `http://` too, where anyone on the network copies it and is logged in. `same_site="none"` \
      sends it along with requests that other sites start. `max_age=None` makes it a cookie without a date, which \
      also takes away the check that ends it on the server's side: a copied one works for as long as the key lives. \
      The default of two weeks is long, but ends.
      """,
    guide: [
      "Pass `https_only=True`, and keep `same_site=\"lax\"` or take `\"strict\"`.",
      "Set `max_age` to a working day or less (in seconds), and never to `None`.",
      """
      Keep only a session id in it when sessions must be revocable: the cookie can't be called back, and its content \
      can be read.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings
      from starlette.middleware.sessions import SessionMiddleware


      class Settings(BaseSettings):
          session_key: str


      settings = Settings()
      app = FastAPI()
      app.add_middleware(SessionMiddleware, secret_key=settings.session_key, max_age=None)  # expect: MRL123
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings
      from starlette.middleware.sessions import SessionMiddleware


      class Settings(BaseSettings):
          session_key: str


      settings = Settings()
      app = FastAPI()
      app.add_middleware(
          SessionMiddleware,
          secret_key=settings.session_key,
          session_cookie="__Host-session",
          https_only=True,
          same_site="lax",
          max_age=8 * 3600,
      )
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/614.html",
      "https://cwe.mitre.org/data/definitions/613.html",
      "https://www.starlette.io/middleware/",
    ])
}
