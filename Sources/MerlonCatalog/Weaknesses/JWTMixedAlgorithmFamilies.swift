import MerlonBase

extension Weakness {
  /// HMAC and public-key algorithms are accepted for one key.
  package static let jwtMixedAlgorithmFamilies = Weakness(
    id: "MRL104", name: "jwt-mixed-algorithm-families", severity: .high, cwe: [347],
    owasp: [.api2023(2), .web2021(2)], asvs: ["9.1.2"], practices: ["S8"], since: "0.1.0",
    summary: "HMAC and public-key algorithms are accepted for one key",
    why: """
      With RS256 or ES256 the verifier holds a public key, which is no secret: it stands in certificates and JWKS \
      documents. With HS256 the verifier's key is the signing key. A list that holds both lets an attacker sign with \
      HMAC and use the bytes of your public key as the secret; the verifier, handed that same key, finds the \
      signature good (CVE-2022-29217 in PyJWT before 2.4, CVE-2024-33663 in python-jose). Current libraries refuse \
      keys that look like PEM or SSH keys for HMAC, but not every form of a key, and one exchanged library undoes \
      it. Several algorithms of one family with one key are harmless.
      """,
    guide: [
      "Accept algorithms of one family only: the one with which the issuer signs.",
      """
      While you move from HS256 to a key pair, choose key and algorithm together, by issuer or `kid`, and decode \
      with exactly that pair.
      """,
      "Update PyJWT to at least 2.4.",
    ],
    unsafe: Example(
      """
      import jwt
      from fastapi import HTTPException
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          issuer_public_key: str


      settings = Settings()


      def read_token(token: str) -> dict:
          try:
              return jwt.decode(token, settings.issuer_public_key, algorithms=["RS256", "HS256"])  # expect: MRL104
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
      """),
    safe: Example(
      """
      import jwt
      from fastapi import HTTPException
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          issuer_public_key: str


      settings = Settings()


      def read_token(token: str) -> dict:
          try:
              return jwt.decode(
                  token, settings.issuer_public_key, algorithms=["RS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/347.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://nvd.nist.gov/vuln/detail/CVE-2022-29217",
      "https://nvd.nist.gov/vuln/detail/CVE-2024-33663",
    ])
}
