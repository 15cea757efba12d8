import MerlonBase

extension Weakness {
  /// The same handler is served twice, once past its guard.
  package static let routerIncludedWithoutGuard = Weakness(
    id: "MRL225", name: "router-included-without-guard", severity: .high, cwe: [288, 862],
    owasp: [.api2023(5), .api2023(9), .web2021(1)], asvs: ["8.3.1"], practices: ["S16", "S40"], since: "0.1.0",
    summary: "The same handler is served twice, once past its guard",
    why: """
      A router may be included several times, under an old and a new prefix for instance. Dependencies that are \
      given to `include_router` belong to that inclusion alone: the other one serves the same handlers to everyone. \
      Attackers try old prefixes first.
      """,
    guide: [
      "Put the guard on the router itself: `APIRouter(dependencies=[Depends(current_user)])`.",
      "Remove the inclusion that nobody needs any more.",
      "Compare the two prefixes in `merlon map --unprotected`.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import APIRouter, Depends, FastAPI, HTTPException
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


      router = APIRouter()
      notes = {"1": "milk"}


      @router.delete("/notes/{number}")  # expect: MRL225
      def delete_note(number: str) -> None:
          notes.pop(number, None)


      app.include_router(router, prefix="/v2", dependencies=[Depends(current_user)])
      app.include_router(router, prefix="/v1")
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import APIRouter, Depends, FastAPI, HTTPException
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


      router = APIRouter(dependencies=[Depends(current_user)])
      notes = {"1": "milk"}


      @router.delete("/notes/{number}")
      def delete_note(number: str) -> None:
          notes.pop(number, None)


      app.include_router(router, prefix="/v2")
      app.include_router(router, prefix="/v1")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/288.html",
      "https://fastapi.tiangolo.com/tutorial/bigger-applications/",
      "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/",
    ])
}
