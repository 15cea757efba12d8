import MerlonBase

extension Weakness {
  /// An earlier operation answers for the address of a guarded one and asks for less.
  package static let guardedRouteShadowed = Weakness(
    id: "MRL214", name: "guarded-route-shadowed", severity: .high, cwe: [863, 1173],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "An earlier operation answers for the address of a guarded one and asks for less",
    why: """
      FastAPI serves a request with the first operation whose template matches. `/reports/{name}` that stands before \
      the guarded `/reports/finance` answers for it as well, so the guard never runs. The document shows both, and a \
      reader sees the guard in the code.
      """,
    guide: [
      "Register the fixed path before the one with the parameter.",
      "Put the same guard on both, on their router best of all.",
      """
      Restrict the parameter (`Literal`, an `Enum`, a pattern), so that it does not take the names of other \
      operations.
      """,
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


      @app.get("/reports/{name}")  # expect: MRL214
      def read_report(name: str) -> dict[str, str]:
          return {"report": name}


      @app.get("/reports/finance")
      def read_finance(user: CurrentUser) -> dict[str, str]:
          return {"report": "finance"}
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


      @app.get("/reports/finance")
      def read_finance(user: CurrentUser) -> dict[str, str]:
          return {"report": "finance"}


      @app.get("/reports/{name}")
      def read_report(name: str) -> dict[str, str]:
          return {"report": name}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/863.html",
      "https://fastapi.tiangolo.com/tutorial/path-params/",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
