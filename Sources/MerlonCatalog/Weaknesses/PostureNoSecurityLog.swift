import MerlonBase

extension Weakness {
  /// The application writes no log of its own.
  package static let postureNoSecurityLog = Weakness(
    id: "MRL527", name: "posture-no-security-log", severity: .info, cwe: [778],
    owasp: [.api2023(8), .web2021(9)], asvs: ["16.3.1", "16.3.2"], practices: ["S1", "S44", "S45"], since: "0.1.0",
    summary: "The application writes no log of its own",
    why: """
      The server's access log tells addresses and status codes, not who failed to log in, who was refused and which \
      rule refused him. Without such lines an attack is neither seen nor understood afterwards. Nothing in the \
      project writes to a log. A gateway that logs each decision can stand in for it.
      """,
    guide: [
      """
      Log each failed login, each refusal (401, 403, 429) and each change of rights, with user, route and reason, \
      and never with the secret.
      """,
      "Write JSON to standard output, and let a collector keep it elsewhere than on the same machine.",
      "Set an alert on a sudden rise of refusals.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL527


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      import logging

      from fastapi import FastAPI, HTTPException, Request
      from fastapi.exception_handlers import http_exception_handler
      from fastapi.responses import Response

      app = FastAPI()
      security_log = logging.getLogger("security")


      @app.exception_handler(HTTPException)
      async def log_refusal(request: Request, exc: HTTPException) -> Response:
          if exc.status_code in (401, 403, 429):
              client = request.client.host if request.client else "unknown"
              # `%r` keeps line breaks of a crafted path out of the log.
              security_log.warning("%s for %s %r", exc.status_code, client, request.scope["path"])
          return await http_exception_handler(request, exc)


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/778.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
      "https://owasp.org/Top10/A09_2021-Security_Logging_and_Monitoring_Failures/",
    ])
}
