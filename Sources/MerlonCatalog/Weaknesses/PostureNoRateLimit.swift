import MerlonBase

extension Weakness {
  /// Nothing limits how often an operation is called.
  package static let postureNoRateLimit = Weakness(
    id: "MRL525", name: "posture-no-rate-limit", severity: .info, cwe: [770, 307],
    owasp: [.api2023(4), .web2021(4)], asvs: ["6.3.1"], practices: ["S1"], since: "0.1.0",
    summary: "Nothing limits how often an operation is called",
    why: """
      FastAPI has no limiter. Passwords and codes can be tried as fast as the server answers, and one caller can \
      take all of its time. No limiter and no answer 429 was found in the project. A gateway or proxy in front may \
      do it; the login then still deserves a limit by account, which only the application knows.
      """,
    guide: [
      """
      Limit by caller and by account, the login and the reset of passwords first, for instance with `slowapi` or at \
      the gateway.
      """,
      "Answer 429 with `Retry-After`, and log it.",
      "Take the caller's address from a proxy that you trust, or the limit counts nothing.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL525


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Request
      from slowapi import Limiter, _rate_limit_exceeded_handler
      from slowapi.errors import RateLimitExceeded
      from slowapi.util import get_remote_address

      limiter = Limiter(key_func=get_remote_address)
      app = FastAPI()
      app.state.limiter = limiter
      app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)


      @app.get("/")
      @limiter.limit("60/minute")
      def hello(request: Request) -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/770.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
      "https://slowapi.readthedocs.io/en/latest/",
    ])
}
