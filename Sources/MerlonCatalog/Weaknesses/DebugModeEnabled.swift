import MerlonBase

extension Weakness {
  /// The application runs in debug mode, which shows source code to everyone who causes an error.
  package static let debugModeEnabled = Weakness(
    id: "MRL404", name: "debug-mode-enabled", severity: .high, cwe: [489, 209],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.4.2"], practices: ["S43", "S47"], since: "0.1.0",
    summary: "The application runs in debug mode, which shows source code to everyone who causes an error",
    why: """
      With `debug=True` Starlette answers each unhandled error with a page that holds the traceback, the source \
      lines around each frame and paths of the server. It also comes before your own handler for `Exception`, which \
      is then never called. Anyone who finds one input that fails reads your code. A flag that is read from the \
      environment and off by default is harmless.
      """,
    guide: [
      """
      Remove `debug=True`, or take it from a setting that is off by default: `FastAPI(debug=settings.debug)` with \
      `debug: bool = False`.
      """,
      "Read tracebacks in the log or in an error tracker.",
      "Let a test of the production settings assert `app.debug is False`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI(title="Shop", debug=True)  # expect: MRL404


      @app.get("/health")
      def health() -> dict[str, str]:
          return {"status": "ok"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          debug: bool = False


      settings = Settings()
      app = FastAPI(title="Shop", debug=settings.debug)


      @app.get("/health")
      def health() -> dict[str, str]:
          return {"status": "ok"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/489.html",
      "https://www.starlette.io/applications/",
      "https://owasp.org/Top10/A05_2021-Security_Misconfiguration/",
    ])
}
