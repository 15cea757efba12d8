import MerlonBase

extension Weakness {
  /// Nothing in the application asks who is calling.
  package static let postureNoAuthentication = Weakness(
    id: "MRL520", name: "posture-no-authentication", severity: .info, cwe: [306],
    owasp: [.api2023(2), .web2021(7)], asvs: ["8.2.1"], practices: ["S1", "S6", "S40"], since: "0.1.0",
    summary: "Nothing in the application asks who is calling",
    why: """
      FastAPI serves every operation to everyone until a dependency refuses. No security scheme, no verification of \
      a token or password and no answer 401 or 403 was found anywhere in the project. For a public read-only \
      service, or one behind a gateway that authenticates, this is right; then it is worth writing down. It is a \
      fact about the application, not an alarm.
      """,
    guide: [
      """
      Decide who may call what, and state it as dependencies: `FastAPI(dependencies=[Depends(current_user)])` with \
      public routers mounted apart.
      """,
      """
      Remember that `/docs`, `/openapi.json`, mounted applications and Starlette routes lie outside of those \
      dependencies.
      """,
      "Add a test that walks all routes and calls each without a credential.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL520


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
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


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://fastapi.tiangolo.com/tutorial/security/",
      "https://fastapi.tiangolo.com/tutorial/dependencies/global-dependencies/",
    ])
}
