import MerlonBase

extension Weakness {
  /// Text of the caller's is written to the log with its line breaks.
  package static let logInjection = Weakness(
    id: "MRL322", name: "log-injection", severity: .low, cwe: [117],
    owasp: [.web2021(9)], asvs: ["16.4.1"], practices: ["S44"], since: "0.1.0",
    summary: "Text of the caller's is written to the log with its line breaks",
    why: """
      A line break in the text begins a line that looks like one of the program's own: it hides what was done, or \
      accuses others, and tools that read the log take it at its word.
      """,
    guide: [
      """
      Write the text with `%r` or `!r`, or as a field of a structured log (JSON), which escape line breaks.
      """,
      """
      Or narrow it where it comes in, by a pattern or a type.
      """,
    ],
    unsafe: Example(
      """
      import logging

      from fastapi import FastAPI

      app = FastAPI()
      logger = logging.getLogger(__name__)


      @app.get("/login-failed")
      def failed(name: str) -> None:
          logger.warning(f"login failed for {name}")  # expect: MRL322
      """),
    safe: Example(
      """
      import logging

      from fastapi import FastAPI

      app = FastAPI()
      logger = logging.getLogger(__name__)


      @app.get("/login-failed")
      def failed(name: str) -> None:
          logger.warning(f"login failed for {name!r}")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/117.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
    ])
}
