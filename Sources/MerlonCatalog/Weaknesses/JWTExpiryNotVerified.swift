import MerlonBase

extension Weakness {
  /// Expired tokens are accepted.
  package static let jwtExpiryNotVerified = Weakness(
    id: "MRL106", name: "jwt-expiry-not-verified", severity: .high, cwe: [613],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.2.1"], practices: ["S8"], since: "0.1.0",
    summary: "Expired tokens are accepted",
    why: """
      The expiry is what ends a stolen token. With `verify_exp` off, every token that was ever issued stays good: \
      one from an old log file, from an employee who left, from before a password was changed. The option is usually \
      switched off in a refresh route, "because the access token has run out by then", which turns each leaked \
      access token into a session without end. Reading an expired token is harmless only where it grants nothing, \
      for instance to say whose session has ended.
      """,
    guide: [
      "Remove `verify_exp: False`, and ask for the claim: `options={\"require\": [\"exp\"]}`.",
      "If clocks differ, allow a few seconds: `leeway=10`.",
      """
      Renew sessions with a separate refresh token (own audience or `typ`, stored and rotated by the server), never \
      with an expired access token.
      """,
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Body, FastAPI, HTTPException
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      @app.post("/token/refresh")
      def refresh(token: Annotated[str, Body(embed=True)]) -> dict[str, str]:
          try:
              options = {"verify_exp": False}
              claims = jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options=options)  # expect: MRL106
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return {"sub": claims["sub"]}
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Body, FastAPI, HTTPException
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      @app.post("/token/refresh")
      def refresh(token: Annotated[str, Body(embed=True)]) -> dict[str, str]:
          try:
              claims = jwt.decode(
                  token,
                  settings.jwt_key,
                  algorithms=["HS256"],
                  audience="token-refresh",
                  options={"require": ["exp", "sub", "jti"]},
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return {"sub": claims["sub"]}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/613.html",
      "https://pyjwt.readthedocs.io/en/stable/usage.html",
      "https://www.rfc-editor.org/rfc/rfc9700",
    ])
}
