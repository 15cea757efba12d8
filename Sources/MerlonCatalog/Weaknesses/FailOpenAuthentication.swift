import MerlonBase

extension Weakness {
  /// When the check of a credential fails, the caller is let in all the same.
  package static let failOpenAuthentication = Weakness(
    id: "MRL117", name: "fail-open-authentication", severity: .critical, cwe: [636, 287],
    owasp: [.api2023(2), .web2021(7)], asvs: ["16.5.3"], practices: ["S43"], since: "0.1.0",
    summary: "When the check of a credential fails, the caller is let in all the same",
    why: """
      An exception inside authentication means that nothing is known about the caller. A handler that returns a \
      user, answers `True` or goes on to the route makes failure the easiest way in: a broken token, a missing field \
      or a database that does not answer opens the door, and each of them can be caused from outside. Returning \
      `None` is harmless where everyone who uses the dependency treats it as "not logged in"; raising, or passing \
      the exception on, is always right.
      """,
    guide: [
      """
      Refuse in the handler: `raise HTTPException(401)` for a bad credential, and let unexpected errors go through \
      to status 500.
      """,
      "Catch only what the check raises for bad credentials (`jwt.InvalidTokenError`), never `Exception`.",
      """
      For a public route that greets users it knows, write a second dependency that returns `None`, and name it \
      `optional_user`.
      """,
      "Add a test that sends no token, a broken one and an expired one, and expects 401 each time.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic import BaseModel
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      class User(BaseModel):
          id: str
          name: str = "guest"


      settings = Settings()
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> User:
          try:
              claims = jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])
              return User(id=claims["sub"])
          except Exception:  # expect: MRL117
              return User(id="1")
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic import BaseModel
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      class User(BaseModel):
          id: str
          name: str = "guest"


      settings = Settings()
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> User:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return User(id=claims["sub"])
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/636.html",
      "https://cwe.mitre.org/data/definitions/287.html",
      "https://owasp.org/Top10/A07_2021-Identification_and_Authentication_Failures/",
    ])
}
