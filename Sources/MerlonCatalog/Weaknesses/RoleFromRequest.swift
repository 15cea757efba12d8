import MerlonBase

extension Weakness {
  /// The role or identity of the caller is what the request says it is.
  package static let roleFromRequest = Weakness(
    id: "MRL218", name: "role-from-request", severity: .critical, cwe: [290, 639, 807],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.2.2", "8.3.1"], practices: ["S13", "S21"], since: "0.1.0",
    summary: "The role or identity of the caller is what the request says it is",
    why: """
      A header, query parameter, cookie or body field is the caller's text. Where it names the caller's role, \
      account or tenant and nothing compares it with a verified credential, the caller is whoever he says. A gateway \
      that sets such a header helps only as long as nobody reaches the application past it and the gateway removes \
      what clients send.
      """,
    guide: [
      "Take role and identity from the verified token or session, or from the row of the account.",
      "If a gateway sets the header, verify its signature or a shared secret, and refuse requests that lack it.",
      """
      Let fields such as `role` or `owner_id` not be part of the input, or compare them with the rights of the \
      caller.
      """,
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, Header, HTTPException

      app = FastAPI()
      orders = {"1": "a lamp"}


      def partner_role(x_partner_role: Annotated[str, Header()] = "reader") -> str:  # expect: MRL218
          return x_partner_role


      @app.delete("/orders/{number}")
      def delete_order(number: str, role: Annotated[str, Depends(partner_role)]) -> None:
          if role != "manager":  # expect: MRL218
              raise HTTPException(403, "Managers only")
          orders.pop(number, None)
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
      orders = {"1": "a lamp"}


      def partner_role(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "role"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["role"]


      @app.delete("/orders/{number}")
      def delete_order(number: str, role: Annotated[str, Depends(partner_role)]) -> None:
          if role != "manager":
              raise HTTPException(403, "Managers only")
          orders.pop(number, None)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/290.html",
      "https://cwe.mitre.org/data/definitions/639.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
