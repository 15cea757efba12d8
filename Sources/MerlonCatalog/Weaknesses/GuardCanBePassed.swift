import MerlonBase

extension Weakness {
  /// A guard stands in front of operations and does not refuse what it seems to refuse.
  package static let guardCanBePassed = Weakness(
    id: "MRL219", name: "guard-can-be-passed", severity: .high, cwe: [287, 636],
    owasp: [.api2023(2), .web2021(7)], asvs: ["8.3.1", "16.5.3"], practices: ["S6", "S7", "S43"], since: "0.1.0",
    summary: "A guard stands in front of operations and does not refuse what it seems to refuse",
    why: """
      A dependency guards only what every path through it refuses. It can be passed when it takes a token out of the \
      request and nobody verifies it (`OAuth2PasswordBearer` alone accepts any text), when an exception of the \
      verification is caught and the request goes on, when the check answers `False` and nobody looks at the answer, \
      or when a setting that is off by default decides whether anything is checked. The operation looks protected in \
      the code and in the document.
      """,
    guide: [
      "Make the guard raise on every path that did not verify a credential, and return what it verified.",
      "Verify tokens with key and algorithms; taking them out of the request proves nothing.",
      "Let a switch that turns checks off be on by default, and refuse to start without a key in production.",
      "Test the guard with no credential, a wrong one and an expired one.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

      app = FastAPI()
      scheme = HTTPBearer()
      reports = {"2026-01": "12 orders"}


      def current_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(scheme)]) -> str:  # expect: MRL219
          return credentials.credentials


      @app.delete("/reports/{month}")
      def delete_report(month: str, token: Annotated[str, Depends(current_token)]) -> None:
          reports.pop(month, None)
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


      reports = {"2026-01": "12 orders"}


      @app.delete("/reports/{month}")
      def delete_report(month: str, user: CurrentUser) -> None:
          reports.pop(month, None)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/287.html",
      "https://fastapi.tiangolo.com/tutorial/security/first-steps/",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    ])
}
