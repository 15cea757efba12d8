import MerlonBase

extension Weakness {
  /// A token is verified and its claims are ignored, so the caller's identity comes from elsewhere.
  package static let jwtDecodeResultUnused = Weakness(
    id: "MRL109", name: "jwt-decode-result-unused", severity: .medium, cwe: [252, 287],
    owasp: [.api2023(2), .web2021(7)], asvs: ["8.3.3"], practices: ["S8"], since: "0.1.0",
    summary: "A token is verified and its claims are ignored, so the caller's identity comes from elsewhere",
    why: """
      A good signature only says that somebody has logged in; who it was stands in the claims. When they are thrown \
      away and the user is taken from a header, a path or the body, any customer with a valid token acts as any \
      other by changing that value. A function that only answers whether a token is valid, and whose caller needs no \
      identity, is harmless.
      """,
    guide: [
      "Take the identity from the verified claims: `claims = jwt.decode(…)`, then `claims[\"sub\"]`.",
      "Let one dependency return the user, and let every operation take it from there instead of from a parameter.",
      "Compare an id in the path with the user's own where an operation is for owners only.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, Header, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def current_user(
          credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
          x_user_id: Annotated[int, Header()],
      ) -> int:
          try:
              jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])  # expect: MRL109
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return x_user_id


      @app.get("/account")
      def account(user_id: Annotated[int, Depends(current_user)]) -> dict[str, int]:
          return {"id": user_id}
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


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> int:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return int(claims["sub"])


      @app.get("/account")
      def account(user_id: Annotated[int, Depends(current_user)]) -> dict[str, int]:
          return {"id": user_id}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/252.html",
      "https://cwe.mitre.org/data/definitions/287.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    ])
}
