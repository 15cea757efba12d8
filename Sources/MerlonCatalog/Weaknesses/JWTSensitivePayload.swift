import MerlonBase

extension Weakness {
  /// A password, key or card number is put into a token, which everyone who holds it can read.
  package static let jwtSensitivePayload = Weakness(
    id: "MRL111", name: "jwt-sensitive-payload", severity: .high, cwe: [312, 522],
    owasp: [.api2023(2), .web2021(2)], asvs: ["14.2.6"], practices: ["S8"], since: "0.1.0",
    summary: "A password, key or card number is put into a token, which everyone who holds it can read",
    why: """
      The payload of a signed token is base64, not encryption: anyone who sees the token reads it, with no key. \
      Tokens lie in browsers, proxies, logs and crash reports, where nobody expects card numbers or password hashes. \
      A hash in a token can be attacked off-line for as long as a copy of the token exists. An id, a role, scopes \
      and times are harmless.
      """,
    guide: [
      "Leave it out: put the user's id into `sub` and look the rest up on the server when it is needed.",
      """
      If data must travel unread, keep it on the server under a random reference, or encrypt it (JWE) for a \
      recipient that you name.
      """,
      "Treat what was put into tokens as disclosed: change passwords and keys.",
    ],
    unsafe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()


      def make_wallet_token(customer) -> str:
          claims = {
              "sub": str(customer.id),
              "exp": datetime.now(UTC) + timedelta(minutes=15),
              "card_number": customer.card_number,  # expect: MRL111
          }
          return jwt.encode(claims, settings.jwt_key, algorithm="HS256")
      """),
    safe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()


      def make_wallet_token(customer) -> str:
          claims = {
              "sub": str(customer.id),
              "exp": datetime.now(UTC) + timedelta(minutes=15),
              "wallet": str(customer.wallet_id),
          }
          return jwt.encode(claims, settings.jwt_key, algorithm="HS256")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/312.html",
      "https://www.rfc-editor.org/rfc/rfc7519",
      "https://www.rfc-editor.org/rfc/rfc8725",
    ])
}
