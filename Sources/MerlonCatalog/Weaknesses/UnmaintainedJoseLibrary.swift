import MerlonBase

extension Weakness {
  /// Tokens are handled by python-jose, which is hardly maintained.
  package static let unmaintainedJoseLibrary = Weakness(
    id: "MRL601", name: "unmaintained-jose-library", severity: .medium, cwe: [1104, 347],
    owasp: [.api2023(8), .web2021(6)], asvs: ["15.2.1"], practices: ["S9", "S26"], since: "0.1.0",
    summary: "Tokens are handled by python-jose, which is hardly maintained",
    why: """
      python-jose was the library of FastAPI's tutorial until 2024 and lives on in copied code. Versions before 3.4 \
      accept a public key in some formats as an HMAC key (CVE-2024-33663), so that anyone forges tokens, and unpack \
      compressed tokens without a limit (CVE-2024-33664). Its default back end, `ecdsa`, leaks signing keys through \
      timing (CVE-2024-23342) and its authors will not repair that. Years lay between the last releases, so the next \
      hole will stay open for long.
      """,
    guide: [
      """
      Move to PyJWT: `import jwt`, `jwt.decode(token, key, algorithms=["HS256"])`, and `jwt.InvalidTokenError` in \
      place of `JWTError`.
      """,
      """
      Install `pyjwt[crypto]` for RS256, ES256 and EdDSA, and remove `python-jose` and `ecdsa` from the \
      requirements.
      """,
      "For encrypted tokens (JWE) take `joserfc`.",
      "Until then use python-jose 3.5 or newer with `python-jose[cryptography]`, and always pass `algorithms`.",
    ],
    unsafe: Example(
      """
      from fastapi import HTTPException
      from jose import JWTError, jwt  # expect: MRL601
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()


      def read_token(token: str) -> dict:
          try:
              return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
          except JWTError:
              raise HTTPException(401, "Invalid token") from None
      """),
    safe: Example(
      """
      import jwt
      from fastapi import HTTPException
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()


      def read_token(token: str) -> dict:
          try:
              return jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]})
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1104.html",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-33663",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-33664",
      "https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/",
    ])
}
