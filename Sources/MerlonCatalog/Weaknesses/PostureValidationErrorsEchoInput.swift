import MerlonBase

extension Weakness {
  /// Validation errors repeat the rejected input in the answer.
  package static let postureValidationErrorsEchoInput = Weakness(
    id: "MRL526", name: "posture-validation-errors-echo-input", severity: .info, cwe: [209],
    owasp: [.api2023(8), .web2021(4)], asvs: ["16.5.1"], practices: ["S1", "S43", "S47"], since: "0.1.0",
    summary: "Validation errors repeat the rejected input in the answer",
    why: """
      FastAPI's own answer 422 holds the rejected value of each error under `input`; when a field is missing, that \
      is the whole object around it, passwords included. The caller knows what he sent, but the answer is logged, \
      cached and put into tickets by everything on the way. No handler of the project replaces it.
      """,
    guide: [
      "Register a handler for `RequestValidationError` that sends only `loc`, `msg` and `type` of each error.",
      "Remember that mounted applications need the handler as well.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL526


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Request
      from fastapi.exceptions import RequestValidationError
      from fastapi.responses import JSONResponse

      app = FastAPI()


      @app.exception_handler(RequestValidationError)
      def show_validation_error(request: Request, exc: RequestValidationError) -> JSONResponse:
          detail = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in exc.errors()]
          return JSONResponse({"detail": detail}, status_code=422)


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/209.html",
      "https://fastapi.tiangolo.com/tutorial/handling-errors/",
    ])
}
