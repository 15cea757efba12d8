import MerlonBase

extension Weakness {
  /// Tokens that were issued for another service, or by another issuer, are accepted.
  package static let jwtAudienceNotVerified = Weakness(
    id: "MRL107", name: "jwt-audience-not-verified", severity: .medium, cwe: [345],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.2.3", "10.3.1"], practices: ["S7", "S8"], since: "0.1.0",
    summary: "Tokens that were issued for another service, or by another issuer, are accepted",
    why: """
      One identity provider signs tokens for many services with the same keys. `aud` says for which service a token \
      is meant, and `iss` who made it. With that check off, a token that a user gave to any other application of the \
      same provider, including one that the attacker runs, opens your API as that user; a refresh or identity token \
      passes as an access token. Harmless where one service alone issues and reads the tokens with a key that nobody \
      else uses, and tells kinds of tokens apart in another way.
      """,
    guide: [
      """
      Pass what you expect, `audience="shop-api"` and `issuer="https://id.example.com"`, and drop `verify_aud: \
      False` and `verify_iss: False`.
      """,
      "Require the claims: `options={\"require\": [\"exp\", \"aud\", \"iss\"]}`.",
      "Give access, refresh and e-mail tokens of your own different audiences.",
    ],
    unsafe: Example(
      """
      import jwt
      from fastapi import HTTPException

      keys = jwt.PyJWKClient("https://id.example.com/keys")


      def read_token(token: str) -> dict:
          try:
              key = keys.get_signing_key_from_jwt(token)
              return jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})  # expect: MRL107
          except jwt.PyJWTError:
              raise HTTPException(401, "Invalid token") from None
      """),
    safe: Example(
      """
      import jwt
      from fastapi import HTTPException

      keys = jwt.PyJWKClient("https://id.example.com/keys")


      def read_token(token: str) -> dict:
          try:
              key = keys.get_signing_key_from_jwt(token)
              return jwt.decode(
                  token,
                  key,
                  algorithms=["RS256"],
                  audience="shop-api",
                  issuer="https://id.example.com",
                  options={"require": ["exp", "aud", "iss", "sub"]},
              )
          except jwt.PyJWTError:
              raise HTTPException(401, "Invalid token") from None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/345.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://www.rfc-editor.org/rfc/rfc9068",
    ])
}
