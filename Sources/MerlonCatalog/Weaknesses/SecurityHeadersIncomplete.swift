import MerlonBase

extension Weakness {
  /// A middleware sets security headers on every answer and forgets some.
  package static let securityHeadersIncomplete = Weakness(
    id: "MRL505", name: "security-headers-incomplete", severity: .low, cwe: [693],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.3", "3.4.4", "3.4.5"],
    practices: ["S29", "S30", "S31", "S32"], since: "0.1.0",
    summary: "A middleware sets security headers on every answer and forgets some",
    why: """
      Each header closes one door. `X-Content-Type-Options: nosniff` keeps a browser from running an upload as a \
      script, `Content-Security-Policy` limits what an injected script can do and who may frame the page, \
      `Strict-Transport-Security` keeps visitors off plain HTTP, `Referrer-Policy` keeps addresses out of other \
      sites' logs. Someone set out to send them here and left gaps. Headers that a proxy in front adds are set \
      there: say so in the configuration. `frame-ancestors` in the policy makes `X-Frame-Options` unnecessary.
      """,
    guide: [
      """
      Send all of them: a policy (`default-src 'none'; frame-ancestors 'none'` for JSON APIs), `nosniff`, HSTS with \
      a year, and `Referrer-Policy: no-referrer`.
      """,
      """
      Wrap the whole application in a pure ASGI middleware, so that answers to unhandled errors get the headers too; \
      one added with `add_middleware` does not see them.
      """,
      "Check answers 200, 404, 422 and 500 with `curl -I`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def add_security_headers(request: Request, call_next):
          response = await call_next(request)
          response.headers["X-Frame-Options"] = "DENY"  # expect: MRL505
          response.headers["Referrer-Policy"] = "no-referrer"
          return response
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
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/693.html",
      "https://owasp.org/www-project-secure-headers/",
      "https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html",
    ])
}
