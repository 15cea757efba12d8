import MerlonBase

extension Weakness {
  /// A Content-Security-Policy allows what it is there to stop.
  package static let weakContentSecurityPolicy = Weakness(
    id: "MRL506", name: "weak-content-security-policy", severity: .medium, cwe: [1021, 693],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.3", "3.4.6"], practices: ["S29", "S33", "S41"], since: "0.1.0",
    summary: "A Content-Security-Policy allows what it is there to stop",
    why: """
      The policy is the second wall behind escaping: it says which scripts may run at all. `'unsafe-inline'` \
      (without a nonce or hash) allows the very script that an attacker injects; `*`, `https:` or `data:` as a \
      source of scripts allows his server or his text; `'unsafe-eval'` helps him on. Without `object-src`, \
      `base-uri` or `frame-ancestors`, which `default-src` does not cover or which are often forgotten, plug-ins, a \
      moved base address or a hidden frame go around it. Policies with a nonce and `'strict-dynamic'` may keep \
      `'unsafe-inline'` for old browsers: new ones ignore it, so that is harmless.
      """,
    guide: [
      "For a JSON API send `default-src 'none'; frame-ancestors 'none'`, which allows nothing.",
      """
      For pages start with `default-src 'self'; script-src 'self' 'nonce-…'; object-src 'none'; base-uri 'none'; \
      frame-ancestors 'none'`, with a fresh nonce in each answer.
      """,
      "Give `/docs`, which loads from a CDN and runs an inline script, a policy of its own.",
      "Try a stricter policy with `Content-Security-Policy-Report-Only` first.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def add_policy(request: Request, call_next):
          response = await call_next(request)
          response.headers["Content-Security-Policy"] = "default-src * 'unsafe-inline' 'unsafe-eval'"  # expect: MRL506
          return response
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def add_policy(request: Request, call_next):
          response = await call_next(request)
          response.headers["Content-Security-Policy"] = (
              "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
          )
          return response
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1021.html",
      "https://www.w3.org/TR/CSP3/",
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP",
      "https://cheatsheetseries.owasp.org/cheatsheets/Content_Security_Policy_Cheat_Sheet.html",
    ])
}
