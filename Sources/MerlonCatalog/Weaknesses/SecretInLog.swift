import MerlonBase

extension Weakness {
  /// A password, token or key is written to a log.
  package static let secretInLog = Weakness(
    id: "MRL403", name: "secret-in-log", severity: .medium, cwe: [532],
    owasp: [.api2023(8), .web2021(9)], asvs: ["16.2.5"], practices: ["S44"], since: "0.1.0",
    summary: "A password, token or key is written to a log",
    why: """
      Logs are copied to disks, collectors and dashboards, kept for years, and read by many more people and programs \
      than the database. A password or session token in one of them opens the account for all of those readers and \
      for whoever steals a backup, long after the request. Failed logins are the worst: they hold the user's right \
      password with one letter wrong. A length, a hash that was made with a key, or the last four characters of a \
      long key are harmless.
      """,
    guide: [
      "Log who and what, not with which secret: `logger.info(\"login failed for user %s\", user.id)`.",
      """
      Type secrets as `SecretStr`, which prints as stars, and call `get_secret_value()` only where the value is \
      used.
      """,
      "Add a filter to the log handler that masks `Authorization`, `password` and `token` as a last net.",
      "Change the secrets that were logged, and delete the old logs.",
    ],
    unsafe: Example(
      """
      import logging

      from fastapi import FastAPI
      from pydantic import BaseModel

      app = FastAPI()
      logger = logging.getLogger(__name__)


      class Login(BaseModel):
          email: str
          password: str


      @app.post("/login")
      def log_in(login: Login) -> dict[str, str]:
          logger.info("login of %r with %r", login.email, login.password)  # expect: MRL403
          return {"status": "checking"}
      """),
    safe: Example(
      """
      import logging

      from fastapi import FastAPI
      from pydantic import BaseModel, SecretStr

      app = FastAPI()
      logger = logging.getLogger(__name__)


      class Login(BaseModel):
          email: str
          password: SecretStr


      @app.post("/login")
      def log_in(login: Login) -> dict[str, str]:
          logger.info("login of %r", login.email)
          return {"status": "checking"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/532.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
      "https://docs.pydantic.dev/latest/api/types/",
    ])
}
