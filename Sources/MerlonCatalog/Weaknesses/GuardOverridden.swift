import MerlonBase

extension Weakness {
  /// Production code replaces a guard through `dependency_overrides`.
  package static let guardOverridden = Weakness(
    id: "MRL229", name: "guard-overridden", severity: .high, cwe: [489, 287],
    owasp: [.api2023(2), .web2021(5)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "Production code replaces a guard through `dependency_overrides`",
    why: """
      `app.dependency_overrides` swaps a dependency for every request; tests use it to do without a log-in. In \
      production code it switches the guard off for everyone, often behind a condition that somebody set once for a \
      demonstration.
      """,
    guide: [
      "Move the override to the tests.",
      "Choose between guards where the application is built, and refuse the weak one in production.",
    ],
    unsafe: Example(
      """
      import os
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


      def anyone() -> str:
          return "demo"


      @app.get("/reports")
      def reports(user: CurrentUser) -> list[str]:
          return [user]


      if os.environ.get("DEMO"):
          app.dependency_overrides[current_user] = anyone  # expect: MRL229
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


      @app.get("/reports")
      def reports(user: CurrentUser) -> list[str]:
          return [user]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/489.html",
      "https://fastapi.tiangolo.com/advanced/testing-dependencies/",
    ])
}
