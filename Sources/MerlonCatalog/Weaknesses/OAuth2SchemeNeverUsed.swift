import MerlonBase

extension Weakness {
  /// A security scheme is declared, and no operation depends on it.
  package static let oauth2SchemeNeverUsed = Weakness(
    id: "MRL217", name: "oauth2-scheme-never-used", severity: .low, cwe: [306, 1164],
    owasp: [.api2023(9), .web2021(5)], asvs: [], practices: ["S7"], since: "0.1.0",
    summary: "A security scheme is declared, and no operation depends on it",
    why: """
      A scheme such as `OAuth2PasswordBearer(...)` guards nothing by being declared: only what depends on it asks \
      for the credential. One that nobody uses is either left over, or the operations that it was made for have been \
      forgotten.
      """,
    guide: [
      "Depend on it in the guard of the operations that it was made for, or remove it.",
      "See what each operation asks for with `merlon map`.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2AuthorizationCodeBearer
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


      staff_scheme = OAuth2AuthorizationCodeBearer(  # expect: MRL217
          authorizationUrl="https://id.example/authorize", tokenUrl="https://id.example/token"
      )


      @app.get("/reports")
      def reports(user: CurrentUser) -> list[str]:
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
          return ["2026-01"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://fastapi.tiangolo.com/tutorial/security/",
    ])
}
