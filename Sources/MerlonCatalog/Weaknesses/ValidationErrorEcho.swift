import MerlonBase

extension Weakness {
  /// A handler of validation errors sends the rejected input back.
  package static let validationErrorEcho = Weakness(
    id: "MRL405", name: "validation-error-echo", severity: .medium, cwe: [209, 200],
    owasp: [.api2023(8), .web2021(4)], asvs: ["16.5.1"], practices: ["S43", "S47"], since: "0.1.0",
    summary: "A handler of validation errors sends the rejected input back",
    why: """
      Each entry of `exc.errors()` holds the rejected value under `input`, and when a field is missing that is the \
      whole object around it: a sign-up without an e-mail address answers with the password that was typed. \
      `exc.body` is the body itself. Answers are logged and cached by proxies, shown in error trackers and pasted \
      into tickets, so secrets spread there. Picking `loc`, `msg` and `type` out of each entry is harmless. \
      (FastAPI's own handler does the same as this weakness; see MRL526.)
      """,
    guide: [
      """
      Send only what the caller needs: `[{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in \
      exc.errors()]`.
      """,
      "Leave `exc.body` out of the answer; log it only if it can't hold secrets.",
      "Do not rely on `SecretStr` here: the entries hold the input as it came, before it was wrapped.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request
      from fastapi.encoders import jsonable_encoder
      from fastapi.exceptions import RequestValidationError
      from fastapi.responses import JSONResponse

      app = FastAPI()


      @app.exception_handler(RequestValidationError)
      def show_validation_error(request: Request, exc: RequestValidationError) -> JSONResponse:
          return JSONResponse({"detail": jsonable_encoder(exc.errors())}, status_code=422)  # expect: MRL405
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
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/209.html",
      "https://fastapi.tiangolo.com/tutorial/handling-errors/",
    ])
}
