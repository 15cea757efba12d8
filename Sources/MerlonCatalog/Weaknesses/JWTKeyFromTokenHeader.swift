import MerlonBase

extension Weakness {
  /// The token's own header decides which key verifies it.
  package static let jwtKeyFromTokenHeader = Weakness(
    id: "MRL112", name: "jwt-key-from-token-header", severity: .critical, cwe: [347, 22],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.1.3"], practices: ["S8"], since: "0.1.0",
    summary: "The token's own header decides which key verifies it",
    why: """
      `jku` and `x5u` name an address from which to fetch the key, `jwk` and `x5c` bring the key along, and `kid` \
      names one. All stand in the header, which the attacker writes before any signature is looked at. He signs with \
      a key of his own, points to it, and the check passes; with `jku` your server also calls the address that he \
      chose. A `kid` that becomes a part of a file name is the same hole: `../static/logo.png` is a key whose bytes \
      he knows. A `kid` that is looked up in a fixed set of keys is harmless, and is how keys are rotated.
      """,
    guide: [
      """
      Fetch keys from an address in your settings and let `kid` only choose among them: \
      `jwt.PyJWKClient(settings.jwks_url)`.
      """,
      "Ignore `jku`, `x5u`, `jwk` and `x5c` of the header, or compare an address with a fixed list before use.",
      "Look a `kid` up in a dictionary of known keys; never put it into a path, a query or a command.",
    ],
    unsafe: Example(
      """
      import httpx
      import jwt
      from fastapi import HTTPException


      def read_token(token: str) -> dict:
          header = jwt.get_unverified_header(token)
          key_set = httpx.get(header["jku"]).json()  # expect: MRL112
          try:
              key = jwt.PyJWKSet.from_dict(key_set)[header["kid"]]
              return jwt.decode(token, key, algorithms=["RS256"], audience="shop-api")
          except (jwt.PyJWTError, KeyError):
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
                  token, key, algorithms=["RS256"], audience="shop-api", options={"require": ["exp", "sub"]}
              )
          except jwt.PyJWTError:
              raise HTTPException(401, "Invalid token") from None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/347.html",
      "https://cwe.mitre.org/data/definitions/22.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://www.rfc-editor.org/rfc/rfc7515",
    ])
}
