import MerlonBase

extension Weakness {
  /// What is mounted or added as a plain route lies outside of the dependencies of the application.
  package static let unguardedMount = Weakness(
    id: "MRL902", name: "unguarded-mount", severity: .high, cwe: [862, 1059],
    owasp: [.api2023(5), .api2023(9), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "What is mounted or added as a plain route lies outside of the dependencies of the application",
    why: """
      `FastAPI(dependencies=[...])` and the guards of routers cover operations and WebSockets. They do not cover \
      mounted applications, files, what `add_route` registers, nor the pages of the documentation (measured on \
      FastAPI 0.121 to 0.165). A mounted application that asks nobody itself is open, although the one around it \
      looks closed.
      """,
    guide: [
      "Give the mounted application guards of its own: `FastAPI(dependencies=[Depends(current_user)])`.",
      "Include a router instead of mounting an application where both belong to one service.",
      "Where neither is possible, authenticate in a middleware around the mount, refusing by default.",
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


      internal = FastAPI()
      credit = {"alice": 0}


      @internal.delete("/credit/{name}")  # expect: MRL210
      def close_account(name: str) -> None:
          credit.pop(name, None)


      @app.get("/credit")
      def read_credit(user: CurrentUser) -> int:
          return credit[user]


      app.mount("/internal", internal)  # expect: MRL902
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


      internal = FastAPI(dependencies=[Depends(current_user)])
      credit = {"alice": 0}


      @internal.delete("/credit/{name}")
      def close_account(name: str) -> None:
          credit.pop(name, None)


      @app.get("/credit")
      def read_credit(user: CurrentUser) -> int:
          return credit[user]


      app.mount("/internal", internal)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://fastapi.tiangolo.com/advanced/sub-applications/",
      "https://fastapi.tiangolo.com/tutorial/dependencies/global-dependencies/",
    ])
}
