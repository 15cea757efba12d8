import MerlonBase

extension Weakness {
  /// A traceback is sent to the caller.
  package static let tracebackInResponse = Weakness(
    id: "MRL402", name: "traceback-in-response", severity: .high, cwe: [209, 497],
    owasp: [.api2023(8), .web2021(5)], asvs: ["16.5.1", "13.4.2"], practices: ["S43", "S47"], since: "0.1.0",
    summary: "A traceback is sent to the caller",
    why: """
      A traceback lists the files, functions and source lines that led to the error, with the versions of libraries \
      in their paths, and the last line often holds the data itself. For an attacker it is a map: which library to \
      look up, which line to aim at, where the application lies on disk. It goes to whoever can cause an error, and \
      causing one is easy. Writing it to the log is what it is for.
      """,
    guide: [
      "Log it, `logger.exception(\"…\")`, and answer with a fixed text and an id that finds it in the log.",
      """
      Handle unexpected errors in one place: `@app.exception_handler(Exception)` with a neutral answer of status \
      500.
      """,
      "Keep `debug=False`, since debug mode sends tracebacks by itself.",
    ],
    unsafe: Example(
      """
      import traceback

      from fastapi import FastAPI, Request
      from fastapi.responses import JSONResponse

      app = FastAPI()


      @app.exception_handler(Exception)
      def show_error(request: Request, error: Exception) -> JSONResponse:
          return JSONResponse({"error": traceback.format_exc()}, status_code=500)  # expect: MRL402
      """),
    safe: Example(
      """
      import logging
      import uuid

      from fastapi import FastAPI, Request
      from fastapi.responses import JSONResponse

      app = FastAPI()
      logger = logging.getLogger(__name__)


      @app.exception_handler(Exception)
      def show_error(request: Request, error: Exception) -> JSONResponse:
          reference = uuid.uuid4().hex
          logger.error("unhandled error %s", reference, exc_info=error)
          return JSONResponse({"error": "Internal error", "reference": reference}, status_code=500)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/209.html",
      "https://cwe.mitre.org/data/definitions/497.html",
      "https://fastapi.tiangolo.com/tutorial/handling-errors/",
    ])
}
