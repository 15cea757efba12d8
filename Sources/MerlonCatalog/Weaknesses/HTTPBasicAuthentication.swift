import MerlonBase

extension Weakness {
  /// HTTP Basic sends the user's password with every request.
  package static let httpBasicAuthentication = Weakness(
    id: "MRL114", name: "http-basic-authentication", severity: .low, cwe: [522],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.3.1"], practices: ["S11", "S12"], since: "0.1.0",
    summary: "HTTP Basic sends the user's password with every request",
    why: """
      The header holds name and password in base64, which is no encryption. Whatever sees one request (a proxy that \
      ends TLS, a debug log, a page served by mistake over plain HTTP) has the password itself, not a token that \
      ends soon. There is no log-out, no second factor and, unless you add it, no limit to guessing, and each \
      request costs a slow password check. Acceptable for a tool inside a network over TLS, with a long random \
      password and a rate limit.
      """,
    guide: [
      """
      Exchange the password once for a short-lived token, or let an identity provider do so (authorization code with \
      PKCE), and accept `HTTPBearer` only.
      """,
      "For machines use API keys in a header, stored as hashes.",
      """
      If Basic has to stay, serve it over TLS only, compare with `secrets.compare_digest` and limit failed attempts.
      """,
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPBasic, HTTPBasicCredentials

      app = FastAPI()
      basic = HTTPBasic()  # expect: MRL114


      @app.get("/metrics")
      def metrics(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]) -> dict[str, str]:
          return {"user": credentials.username}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

      app = FastAPI()
      bearer = HTTPBearer()


      @app.get("/metrics")
      def metrics(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> dict[str, str]:
          return {"scheme": credentials.scheme}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/522.html",
      "https://www.rfc-editor.org/rfc/rfc7617",
      "https://fastapi.tiangolo.com/advanced/security/http-basic-auth/",
    ])
}
