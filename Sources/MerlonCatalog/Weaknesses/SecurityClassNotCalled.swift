import MerlonBase

extension Weakness {
  /// A security class is handed to `Depends` without being called, so no credential is asked for.
  package static let securityClassNotCalled = Weakness(
    id: "MRL202", name: "security-class-not-called", severity: .critical, cwe: [306],
    owasp: [.api2023(2), .web2021(7)], asvs: ["8.3.1"], practices: ["S6", "S16"], since: "0.1.0",
    summary: "A security class is handed to `Depends` without being called, so no credential is asked for",
    why: """
      `Depends(HTTPBearer)` makes FastAPI create an instance of the class for each request, and creating it checks \
      nothing: the route answers 200 with no credential at all. The check is the call of an instance, so \
      `HTTPBearer()` has to be the dependency. The route looks protected in the code, and a test that sends a token \
      passes. With `OAuth2PasswordBearer` the arguments of the constructor turn into query parameters \
      (`?tokenUrl=`), and any value opens the route.
      """,
    guide: [
      "Add the parentheses: `Depends(HTTPBearer())`, or make one instance at module level and depend on that.",
      "Verify what it returns: the class only takes the credential out of the request.",
      "Test each protected route without a credential, and expect 401.",
    ],
    unsafe: Example(
      """
      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPBearer

      app = FastAPI()


      @app.get("/reports", dependencies=[Depends(HTTPBearer)])  # expect: MRL202
      def reports() -> list[str]:
          return ["2026-01", "2026-02"]
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


      def require_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      @app.get("/reports", dependencies=[Depends(require_user)])
      def reports() -> list[str]:
          return ["2026-01", "2026-02"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://fastapi.tiangolo.com/tutorial/security/first-steps/",
      "https://fastapi.tiangolo.com/reference/security/",
    ])
}
