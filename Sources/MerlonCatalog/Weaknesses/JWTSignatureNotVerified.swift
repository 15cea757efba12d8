import MerlonBase

extension Weakness {
  /// A token's claims are used although its signature is not verified.
  package static let jwtSignatureNotVerified = Weakness(
    id: "MRL101", name: "jwt-signature-not-verified", severity: .critical, cwe: [347],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.1.1"], practices: ["S8"], since: "0.1.0",
    summary: "A token's claims are used although its signature is not verified",
    why: """
      The signature is the only thing that ties a JSON web token to whoever issued it. With the check switched off, \
      an attacker takes any token, or types one by hand, writes another user's id or `"role": "admin"` into the \
      payload, and is that user. Nothing has to be broken or guessed for this. Decoding without a check is harmless \
      only to choose the key (by `iss` or `kid`) for a second decoding that does verify, or to show one's own token \
      in a client that trusts it for nothing.
      """,
    guide: [
      """
      Verify every token: pass the key and `algorithms=[…]` to `jwt.decode`, and drop `verify_signature: False` or \
      `verify=False`.
      """,
      "Require the claims that you rely on with `options={\"require\": [\"exp\", \"sub\"]}`.",
      "Turn `jwt.InvalidTokenError` into status 401; never go on without the claims.",
      """
      If the check was off because keys rotate, let `jwt.PyJWKClient` fetch them by `kid` from your issuer's fixed \
      address.
      """,
      "Treat what was accepted so far as untrusted: look for accounts that were used by others.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI
      from fastapi.security import OAuth2AuthorizationCodeBearer

      app = FastAPI()
      oauth2 = OAuth2AuthorizationCodeBearer("https://id.example.com/authorize", "https://id.example.com/token")


      def current_user(token: Annotated[str, Depends(oauth2)]) -> str:
          claims = jwt.decode(token, options={"verify_signature": False})  # expect: MRL101
          return claims["sub"]


      @app.get("/me")
      def me(user: Annotated[str, Depends(current_user)]) -> dict[str, str]:
          return {"id": user}
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, status
      from fastapi.security import OAuth2AuthorizationCodeBearer

      app = FastAPI()
      oauth2 = OAuth2AuthorizationCodeBearer("https://id.example.com/authorize", "https://id.example.com/token")
      keys = jwt.PyJWKClient("https://id.example.com/keys")


      def current_user(token: Annotated[str, Depends(oauth2)]) -> str:
          try:
              key = keys.get_signing_key_from_jwt(token)
              claims = jwt.decode(
                  token,
                  key,
                  algorithms=["ES256"],
                  audience="shop",
                  issuer="https://id.example.com",
                  options={"require": ["exp", "sub"]},
              )
          except jwt.PyJWTError:
              raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from None
          return claims["sub"]


      @app.get("/me")
      def me(user: Annotated[str, Depends(current_user)]) -> dict[str, str]:
          return {"id": user}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/347.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://pyjwt.readthedocs.io/en/stable/usage.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    ])
}
