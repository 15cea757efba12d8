import MerlonBase

extension Weakness {
  /// A secret is compared with `==`, whose running time tells how much of a guess is right.
  package static let timingUnsafeComparison = Weakness(
    id: "MRL115", name: "timing-unsafe-comparison", severity: .medium, cwe: [208],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.2.4"], practices: ["S10", "S11"], since: "0.1.0",
    summary: "A secret is compared with `==`, whose running time tells how much of a guess is right",
    why: """
      Comparing text stops at the first difference, so a guess whose beginning is right takes a little longer. \
      Measured over many requests, that turns the search for a key into a search character by character. Networks \
      add noise, which makes the attack slow, not impossible: it has been shown against HMAC checks and API keys on \
      the same cloud network. A comparison of hashes of both sides, of public values such as user names, or of two \
      fields that the caller sent both, is harmless.
      """,
    guide: [
      "Compare with `secrets.compare_digest(given.encode(), expected.encode())`.",
      "Encode both sides first: `compare_digest` refuses text with characters outside ASCII.",
      "Check name and password both before you refuse, so that the answer does not tell which was wrong.",
      "For many keys store a SHA-256 of each and look the hash up; then nothing secret is compared.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import APIKeyHeader
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          partner_api_key: str


      settings = Settings()
      app = FastAPI()


      def require_partner(api_key: Annotated[str, Depends(APIKeyHeader(name="X-API-Key"))]) -> None:
          if api_key != settings.partner_api_key:  # expect: MRL115
              raise HTTPException(401, "Invalid key")
      """),
    safe: Example(
      """
      import secrets
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import APIKeyHeader
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          partner_api_key: str


      settings = Settings()
      app = FastAPI()


      def require_partner(api_key: Annotated[str, Depends(APIKeyHeader(name="X-API-Key"))]) -> None:
          if not secrets.compare_digest(api_key.encode(), settings.partner_api_key.encode()):
              raise HTTPException(401, "Invalid key")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/208.html",
      "https://docs.python.org/3/library/secrets.html",
      "https://fastapi.tiangolo.com/advanced/security/http-basic-auth/",
    ])
}
