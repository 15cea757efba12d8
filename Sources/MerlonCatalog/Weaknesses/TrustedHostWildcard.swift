import MerlonBase

extension Weakness {
  /// `TrustedHostMiddleware` accepts every host.
  package static let trustedHostWildcard = Weakness(
    id: "MRL509", name: "trusted-host-wildcard", severity: .medium, cwe: [346, 644],
    owasp: [.api2023(8), .web2021(5)], asvs: ["4.1.3"], practices: ["S1"], since: "0.1.0",
    summary: "`TrustedHostMiddleware` accepts every host",
    why: """
      The `Host` header is chosen by the caller. Starlette's redirects and `request.url_for` build addresses from \
      it, so a password reset requested with `Host: evil.example` sends the victim a link to the attacker with the \
      token in it; caches that key on the path serve such answers to others. The middleware exists to stop this, and \
      with `"*"` it checks nothing while it looks as if it did. Harmless behind a proxy that routes by host and \
      sends a fixed one on, but then the line is better removed.
      """,
    guide: [
      """
      List your names: `allowed_hosts=["shop.example.com", "*.shop.example.com"]`, from settings per environment.
      """,
      "Build links in mails from a setting (`settings.public_url`), never from the request.",
      "Add the name that health checks use, or let them send the right `Host`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.trustedhost import TrustedHostMiddleware

      app = FastAPI()
      app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])  # expect: MRL509
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.trustedhost import TrustedHostMiddleware

      app = FastAPI()
      app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.example.com", "localhost"])
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/346.html",
      "https://cwe.mitre.org/data/definitions/644.html",
      "https://fastapi.tiangolo.com/advanced/middleware/",
    ])
}
