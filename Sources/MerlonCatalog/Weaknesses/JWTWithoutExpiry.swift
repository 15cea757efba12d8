import MerlonBase

extension Weakness {
  /// A token is issued without an expiry.
  package static let jwtWithoutExpiry = Weakness(
    id: "MRL105", name: "jwt-without-expiry", severity: .medium, cwe: [613],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.2.1", "7.3.2"], practices: ["S8"], since: "0.1.0",
    summary: "A token is issued without an expiry",
    why: """
      A signed token is valid as long as its key is: there is no log-out that reaches it. Without `exp`, one that \
      leaks through a log, a browser extension, a backup or a stolen laptop opens the account for ever, and the only \
      remedy is to change the key, which logs everybody out. Verifiers do not ask for `exp` unless told to, so \
      nobody notices that it is missing. Harmless where a server keeps a list of the tokens that are still valid and \
      looks each one up.
      """,
    guide: [
      """
      Put an `exp` into the claims: 5 to 30 minutes from now for access tokens, in UTC (`datetime.now(UTC) + \
      timedelta(minutes=15)`).
      """,
      "Make verifiers demand it: `options={\"require\": [\"exp\"]}`.",
      "Give long sessions a refresh token that the server stores, rotates at each use and can revoke.",
    ],
    unsafe: Example(
      """
      import jwt
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def make_access_token(user_id: int) -> str:
          claims = {"sub": str(user_id), "scope": "shop"}
          return jwt.encode(claims, settings.jwt_key, algorithm="HS256")  # expect: MRL105
      """),
    safe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def make_access_token(user_id: int) -> str:
          now = datetime.now(UTC)
          claims = {"sub": str(user_id), "scope": "shop", "iat": now, "exp": now + timedelta(minutes=15)}
          return jwt.encode(claims, settings.jwt_key, algorithm="HS256")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/613.html",
      "https://www.rfc-editor.org/rfc/rfc7519",
      "https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/",
    ])
}
