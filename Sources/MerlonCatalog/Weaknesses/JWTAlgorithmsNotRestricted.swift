import MerlonBase

extension Weakness {
  /// The token itself decides with which algorithm it is verified.
  package static let jwtAlgorithmsNotRestricted = Weakness(
    id: "MRL102", name: "jwt-algorithms-not-restricted", severity: .high, cwe: [347],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.1.2"], practices: ["S8"], since: "0.1.0",
    summary: "The token itself decides with which algorithm it is verified",
    why: """
      The `alg` field of a token's header is written by whoever sends it. When the verifier follows it, because the \
      list of algorithms is missing, `None` or copied from the header, the attacker picks the check that he can \
      pass: HMAC with your published public key as the secret, or an algorithm that your service never meant to \
      accept. python-jose accepts every algorithm that fits the key when the list is missing. PyJWT since 2.0 \
      refuses to decode without a list, so there the missing list is a call that always fails, and someone will soon \
      "repair" it the wrong way.
      """,
    guide: [
      """
      Name the one algorithm that you issue: `algorithms=["HS256"]`, or `["ES256"]` for tokens of an identity \
      provider.
      """,
      "Keep the list in code or settings, next to the key that it belongs to; never read it from the token.",
      "When two issuers need two algorithms, choose key and algorithm together by the issuer.",
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


      @app.get("/me")
      def me(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> dict[str, str]:
          token = credentials.credentials
          header = jwt.get_unverified_header(token)
          try:
              claims = jwt.decode(token, settings.jwt_key, algorithms=[header["alg"]])  # expect: MRL102
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return {"id": claims["sub"]}
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


      @app.get("/me")
      def me(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> dict[str, str]:
          token = credentials.credentials
          try:
              claims = jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]})
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return {"id": claims["sub"]}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/347.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://pyjwt.readthedocs.io/en/stable/algorithms.html",
    ])
}
