import MerlonBase

extension Weakness {
  /// An identity or a role is read from a token that nobody has verified.
  package static let jwtUnverifiedClaimsUsed = Weakness(
    id: "MRL110", name: "jwt-unverified-claims-used", severity: .high, cwe: [345, 347],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.1.1"], practices: ["S8", "S13"], since: "0.1.0",
    summary: "An identity or a role is read from a token that nobody has verified",
    why: """
      `get_unverified_claims`, a token split at its dots and decoded with base64, and a token's header all give text \
      that the caller wrote. An identity, tenant or role taken from there is whatever the attacker says it is. "The \
      gateway has checked the token already" holds only as long as no request can reach the service without passing \
      it. Reading `kid` or `iss` to choose the key of a verification that follows is what these functions are for, \
      and harmless.
      """,
    guide: [
      "Replace the reading by a verified decoding: `jwt.decode(token, key, algorithms=[…])`.",
      "If a gateway verifies, verify again: it costs some microseconds and removes the assumption.",
      "Do not decode tokens by hand; a library checks expiry and audience in the same call.",
    ],
    unsafe: Example(
      """
      import base64
      import json
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

      app = FastAPI()


      def current_role(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          token = credentials.credentials
          payload = token.split(".")[1]  # expect: MRL110
          claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
          return claims["role"]
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


      def current_role(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "role"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["role"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/345.html",
      "https://cwe.mitre.org/data/definitions/347.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
    ])
}
