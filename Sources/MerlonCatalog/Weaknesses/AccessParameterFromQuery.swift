import MerlonBase

extension Weakness {
  /// A parameter that decides access is filled from the query string.
  package static let accessParameterFromQuery = Weakness(
    id: "MRL221", name: "access-parameter-from-query", severity: .critical, cwe: [472, 639],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S13", "S16"], since: "0.1.0",
    summary: "A parameter that decides access is filled from the query string",
    why: """
      FastAPI takes every plain parameter without a marker, of a dependency too, from the query string. `def \
      require_user(is_admin: bool = False)` looks like a switch for programmers and is one for callers: \
      `?is_admin=true` turns it (measured on FastAPI 0.121 to 0.165).
      """,
    guide: [
      "Make the dependency by a factory that closes over the setting: `Depends(require_user(is_admin=True))`.",
      "Read what decides about access from the verified token, the account or the settings.",
      "Look at the parameters in `/openapi.json`: what stands there is the caller's to choose.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
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


      CurrentUser = Annotated[str, Depends(current_user)]


      def require_user(user: CurrentUser, is_admin: bool = False) -> str:  # expect: MRL221
          if not is_admin and user != "root":
              raise HTTPException(403, "Not allowed")
          return user


      @app.delete("/accounts/{name}")
      def delete_account(name: str, user: Annotated[str, Depends(require_user)]) -> dict[str, str]:
          return {"deleted": name}
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
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


      CurrentUser = Annotated[str, Depends(current_user)]


      ADMINISTRATORS = {"root"}


      def require_admin(user: CurrentUser) -> str:
          if user not in ADMINISTRATORS:
              raise HTTPException(403, "Not allowed")
          return user


      @app.delete("/accounts/{name}")
      def delete_account(name: str, user: Annotated[str, Depends(require_admin)]) -> dict[str, str]:
          return {"deleted": name}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/472.html",
      "https://fastapi.tiangolo.com/tutorial/query-params/",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
