import MerlonBase

extension Weakness {
  /// Session cookies are signed with a key that stands in the source.
  package static let sessionMiddlewareConstantKey = Weakness(
    id: "MRL706", name: "session-middleware-constant-key", severity: .high, cwe: [798, 321],
    owasp: [.api2023(2), .web2021(7)], asvs: ["13.3.1"], practices: ["S14"], since: "0.1.0",
    summary: "Session cookies are signed with a key that stands in the source",
    why: """
      `SessionMiddleware` keeps the whole session in the cookie and trusts it because of its signature. Who knows \
      the key writes a cookie that says `{"user_id": 1}` and is the administrator, with a few lines of \
      `itsdangerous` and without a login. The key of an open repository, an image or a copied tutorial is known.
      """,
    guide: [
      "Take the key from the environment, without a default: `SessionMiddleware, secret_key=settings.session_key`.",
      "Make it with `openssl rand -hex 32`, another one for each installation.",
      "Changing the key ends all sessions, which is what you want after it was in the source.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from starlette.middleware.sessions import SessionMiddleware

      app = FastAPI()
      app.add_middleware(SessionMiddleware, secret_key="larkspur-sessions", https_only=True)  # expect: MRL706
      """),
    safe: Example(
      """
      import os

      from fastapi import FastAPI
      from starlette.middleware.sessions import SessionMiddleware

      app = FastAPI()
      app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"], https_only=True)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/798.html",
      "https://www.starlette.io/middleware/",
      "https://itsdangerous.palletsprojects.com/en/stable/",
    ])
}
