import MerlonBase

extension Weakness {
  /// An operation is left out of the document and served to everyone.
  package static let hiddenOperation = Weakness(
    id: "MRL901", name: "hidden-operation", severity: .info, cwe: [912, 749],
    owasp: [.api2023(9), .web2021(5)], asvs: ["13.4.5"], practices: ["S16"], since: "0.1.0",
    summary: "An operation is left out of the document and served to everyone",
    why: """
      `include_in_schema=False` hides an operation from readers of the document, not from callers: names such as \
      `/admin/debug` are in every word list. What is hidden is also forgotten in reviews, in gateways that are built \
      from the document, and in tests that walk it. Reported for information, where the operation is administrative, \
      changes something or tells settings.
      """,
    guide: [
      "Put a guard in front of it, or remove it.",
      "Serve what only operators need on another port or application that is not reachable from outside.",
      "Show it in the document of those who may call it, so that it is tested like the others.",
    ],
    unsafe: Example(
      """
      import os

      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/debug/settings", include_in_schema=False)  # expect: MRL901
      def debug_settings() -> dict[str, str]:
          return dict(os.environ)
      """),
    safe: Example(
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


      @app.get("/debug/settings")
      def debug_settings(user: CurrentUser) -> dict[str, str]:
          return {"log_level": os.environ.get("LOG_LEVEL", "info")}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/912.html",
      "https://fastapi.tiangolo.com/tutorial/path-operation-configuration/",
      "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/",
    ])
}
