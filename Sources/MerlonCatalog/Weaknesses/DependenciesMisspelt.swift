import MerlonBase

extension Weakness {
  /// Dependencies are handed to the application under a name that it ignores.
  package static let dependenciesMisspelt = Weakness(
    id: "MRL224", name: "dependencies-misspelt", severity: .high, cwe: [628, 862],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "Dependencies are handed to the application under a name that it ignores",
    why: """
      `FastAPI(**extra)` takes any keyword and does nothing with those that it does not know (the argument was \
      removed between 0.143 and 0.165, where a wrong name is an error). \
      `FastAPI(dependences=[Depends(current_user)])` starts without a word and serves everything to everyone.
      """,
    guide: [
      "Write `dependencies=[...]`.",
      "Add a test that walks all routes and calls each without a credential.",
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


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      app = FastAPI(dependences=[Depends(current_user)])  # expect: MRL224


      @app.get("/reports")
      def reports() -> list[str]:
          return ["2026-01"]
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


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      app = FastAPI(dependencies=[Depends(current_user)])


      @app.get("/reports")
      def reports() -> list[str]:
          return ["2026-01"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/628.html",
      "https://fastapi.tiangolo.com/tutorial/dependencies/global-dependencies/",
    ])
}
