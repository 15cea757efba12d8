import MerlonBase

extension Weakness {
  /// The key of an HMAC token is short enough to be found by trying.
  package static let jwtWeakKey = Weakness(
    id: "MRL108", name: "jwt-weak-key", severity: .high, cwe: [326],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.2.3"], practices: ["S8"], since: "0.1.0",
    summary: "The key of an HMAC token is short enough to be found by trying",
    why: """
      Whoever holds one token can test keys on his own machine: compute the signature with a candidate and compare. \
      Programs such as hashcat try billions of candidates a second, so words, names and short keys fall in minutes, \
      and with the key the attacker signs tokens for every account. RFC 7518 section 3.2 therefore asks for a key at \
      least as long as the hash's output: 32 bytes for HS256, 48 for HS384, 64 for HS512. Only constant keys are \
      judged here; the length of a key from the environment cannot be seen in the code.
      """,
    guide: [
      """
      Make a random key (`openssl rand -hex 32`) and give it to the application through its environment or a secret \
      store.
      """,
      "Refuse to start with a short one: `jwt_key: SecretStr = Field(min_length=32)` in the settings class.",
      "Issue new tokens with the new key at once; tokens under the short key cannot be trusted.",
    ],
    unsafe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt


      def make_access_token(user_id: int) -> str:
          claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=15)}
          return jwt.encode(claims, "larkspur", algorithm="HS256")  # expect: MRL108, MRL701
      """),
    safe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from pydantic import Field, SecretStr
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: SecretStr = Field(min_length=32)


      settings = Settings()


      def make_access_token(user_id: int) -> str:
          claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=15)}
          return jwt.encode(claims, settings.jwt_key.get_secret_value(), algorithm="HS256")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/326.html",
      "https://www.rfc-editor.org/rfc/rfc7518",
      "https://pyjwt.readthedocs.io/en/stable/algorithms.html",
    ])
}
