import MerlonBase

extension Weakness {
  /// A key, token or password is written into the source.
  package static let hardCodedSecret = Weakness(
    id: "MRL701", name: "hard-coded-secret", severity: .high, cwe: [798, 321],
    owasp: [.api2023(8), .web2021(7)], asvs: ["13.3.1"], practices: ["S8", "S14"], since: "0.1.0",
    summary: "A key, token or password is written into the source",
    why: """
      Source is copied: to every developer, every build, every image, to forks and to backups, and its history keeps \
      what a later commit removes. Whoever reads it once has the secret, signs tokens or calls the paid service in \
      your name, and a change needs a release. Scanners find keys in public repositories within minutes. Keys that \
      are made to be public (a Stripe `pk_…`, a PostHog `phc_…`), names of variables and placeholders in tests are \
      harmless.
      """,
    guide: [
      """
      Read the secret from the environment or a secret store: a field without a default in a `BaseSettings` class, \
      of type `SecretStr`.
      """,
      "Make a new secret and revoke the old one: it stays in the history of the repository.",
      "Keep `.env` out of git and of images, and let a hook such as `merlon scan` run before each commit.",
    ],
    unsafe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt

      SECRET_KEY = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"  # expect: MRL701


      def make_access_token(user_id: int) -> str:
          claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=15)}
          return jwt.encode(claims, SECRET_KEY, algorithm="HS256")
      """),
    safe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from pydantic import SecretStr
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          secret_key: SecretStr


      settings = Settings()


      def make_access_token(user_id: int) -> str:
          claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=15)}
          return jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS256")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/798.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      "https://docs.pydantic.dev/latest/concepts/pydantic_settings/",
    ])
}
