import MerlonBase

extension Weakness {
  /// Nothing sets security headers on answers.
  package static let postureNoSecurityHeaders = Weakness(
    id: "MRL521", name: "posture-no-security-headers", severity: .info, cwe: [693],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.1", "3.4.3", "3.4.4"],
    practices: ["S1", "S29", "S31", "S32"], since: "0.1.0",
    summary: "Nothing sets security headers on answers",
    why: """
      FastAPI and Starlette send none by themselves, and none was found in the project. A browser then sniffs \
      content types, may show the pages in a foreign frame and falls back to plain HTTP. For an API that only \
      machines call this costs little. If a proxy in front adds them, say so with `headers-at-proxy = true` in the \
      configuration.
      """,
    guide: [
      """
      Wrap the application in a pure ASGI middleware that sends `Content-Security-Policy`, `X-Content-Type-Options`, \
      `Strict-Transport-Security` and `Referrer-Policy`.
      """,
      "Or let the proxy that ends TLS add them to every answer, errors included.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL521


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from starlette.datastructures import MutableHeaders


      # Outermost, so that answers to unhandled errors pass it too.
      class SecurityHeaders:
          def __init__(self, app):
              self.app = app

          async def __call__(self, scope, receive, send):
              if scope["type"] != "http":
                  await self.app(scope, receive, send)
                  return

              async def send_with_headers(message):
                  if message["type"] == "http.response.start":
                      headers = MutableHeaders(scope=message)
                      headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
                      headers["X-Content-Type-Options"] = "nosniff"
                      headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
                      headers["Referrer-Policy"] = "no-referrer"
                  await send(message)

              await self.app(scope, receive, send_with_headers)


      api = FastAPI()
      app = SecurityHeaders(api)


      @api.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/693.html",
      "https://owasp.org/www-project-secure-headers/",
      "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html",
    ])
}
