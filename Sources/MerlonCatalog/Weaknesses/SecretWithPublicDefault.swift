import MerlonBase

extension Weakness {
  /// A secret that is not configured falls back to one that stands in the source.
  package static let secretWithPublicDefault = Weakness(
    id: "MRL702", name: "secret-with-public-default", severity: .high, cwe: [1188, 798],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.3.1", "6.3.2"], practices: ["S8", "S14"], since: "0.1.0",
    summary: "A secret that is not configured falls back to one that stands in the source",
    why: """
      `os.getenv("SECRET_KEY", "changeme")` never fails. The one installation where the variable is missing, \
      misspelled or empty starts and works, with a key that everyone can look up, and nothing tells anybody. \
      Attackers try the defaults of every open-source project. A default that makes the start fail later (`None` \
      with a check, an empty text that is refused), or one for something that is no secret, is harmless.
      """,
    guide: [
      """
      Give the setting no default: `secret_key: SecretStr` in a `BaseSettings` class, or `os.environ["SECRET_KEY"]`, \
      which both refuse to start without it.
      """,
      "Put values for development into a `.env.example` or the compose file of the developers.",
      "Make a random value at start only where losing it at the next start does no harm.",
    ],
    unsafe: Example(
      """
      import os

      from fastapi import FastAPI

      app = FastAPI()
      SECRET_KEY = os.getenv("SECRET_KEY", "changeme")  # expect: MRL702
      """),
    safe: Example(
      """
      import os

      from fastapi import FastAPI

      app = FastAPI()
      SECRET_KEY = os.environ["SECRET_KEY"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1188.html",
      "https://docs.pydantic.dev/latest/concepts/pydantic_settings/",
      "https://fastapi.tiangolo.com/advanced/settings/",
    ])
}
