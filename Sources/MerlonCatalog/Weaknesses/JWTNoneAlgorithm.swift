import MerlonBase

extension Weakness {
  /// Tokens without a signature are issued or accepted.
  package static let jwtNoneAlgorithm = Weakness(
    id: "MRL103", name: "jwt-none-algorithm", severity: .critical, cwe: [327, 347],
    owasp: [.api2023(2), .web2021(2)], asvs: ["9.1.2"], practices: ["S8"], since: "0.1.0",
    summary: "Tokens without a signature are issued or accepted",
    why: """
      The algorithm `none` means that a token carries no signature at all (RFC 7519 section 6). A service that \
      issues such tokens has a partner that accepts them, and everyone can write a token for that partner with a \
      text editor. In a list of accepted algorithms the entry opens the same door in libraries and versions that \
      honour it; current PyJWT then still refuses the token, so the entry is a hole that waits for the next library \
      or for a branch that skips verification.
      """,
    guide: [
      """
      Sign with a real algorithm (`HS256` with a random key of 32 bytes, or `ES256`/`EdDSA` with a key pair) and \
      accept only that one.
      """,
      """
      Remove `"none"` and `None` from every `algorithm=` and `algorithms=`, test helpers that ship with the code \
      included.
      """,
      "If a test needs a token, sign it with a key that the test makes.",
    ],
    unsafe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from fastapi import FastAPI

      app = FastAPI()


      def make_download_token(path: str) -> str:
          claims = {"path": path, "exp": datetime.now(UTC) + timedelta(minutes=5)}
          return jwt.encode(claims, None, algorithm="none")  # expect: MRL103


      @app.get("/reports/{number}/link")
      def report_link(number: int) -> dict[str, str]:
          return {"token": make_download_token(f"reports/{number}.pdf")}
      """),
    safe: Example(
      """
      from datetime import UTC, datetime, timedelta

      import jwt
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          download_key: str


      settings = Settings()
      app = FastAPI()


      def make_download_token(path: str) -> str:
          claims = {"path": path, "exp": datetime.now(UTC) + timedelta(minutes=5)}
          return jwt.encode(claims, settings.download_key, algorithm="HS256")


      @app.get("/reports/{number}/link")
      def report_link(number: int) -> dict[str, str]:
          return {"token": make_download_token(f"reports/{number}.pdf")}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/327.html",
      "https://www.rfc-editor.org/rfc/rfc8725",
      "https://www.rfc-editor.org/rfc/rfc7519",
    ])
}
