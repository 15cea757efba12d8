import MerlonBase

extension Weakness {
  /// A scope is declared, and nothing in the chain reads it.
  package static let scopesNeverRead = Weakness(
    id: "MRL213", name: "scopes-never-read", severity: .high, cwe: [862],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.2.1"], practices: ["S7", "S13"], since: "0.1.0",
    summary: "A scope is declared, and nothing in the chain reads it",
    why: """
      `Security(current_user, scopes=["admin"])` only writes the scope into the document and into the \
      `SecurityScopes` that a callable of the chain may ask for. When none takes that parameter, FastAPI checks \
      nothing: every caller with a token is served, whatever its scopes are (measured on FastAPI 0.121 to 0.165).
      """,
    guide: [
      """
      Take `SecurityScopes` in the dependency and compare `security_scopes.scopes` with the scopes of the verified \
      token.
      """,
      "Put the scopes into the token when it is issued, and nowhere else.",
      "Test the operation with a token that lacks the scope, and expect 403.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, Security
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      @app.get("/audit")  # expect: MRL213
      def read_audit(user: Annotated[str, Security(current_user, scopes=["audit:read"])]) -> list[str]:
          return ["log-in of alice"]
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, Security
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def current_user(
          wanted: SecurityScopes, credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]
      ) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          if not set(wanted.scopes) <= set(claims.get("scopes", [])):
              raise HTTPException(403, "Not allowed")
          return claims["sub"]


      @app.get("/audit")
      def read_audit(user: Annotated[str, Security(current_user, scopes=["audit:read"])]) -> list[str]:
          return ["log-in of alice"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://fastapi.tiangolo.com/advanced/security/oauth2-scopes/",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
