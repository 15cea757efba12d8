import MerlonBase

extension Weakness {
  /// A number of the caller's decides how long or how much the server works.
  package static let amountFromCaller = Weakness(
    id: "MRL807", name: "amount-from-caller", severity: .medium, cwe: [770, 606, 400],
    owasp: [.api2023(4)], asvs: ["2.4.1"], practices: ["S18"], since: "0.1.0",
    summary: "A number of the caller's decides how long or how much the server works",
    why: """
      One request with a large number keeps a worker busy, sleeping or short of memory; a few of them stop the \
      service for everybody. Small limits cost nothing and say what the operation is for.
      """,
    guide: [
      """
      Bound the number where it comes in: `Annotated[int, Query(ge=1, le=100)]`.
      """,
      """
      Or cut it: `min(count, 100)`.
      """,
    ],
    unsafe: Example(
      """
      import secrets

      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/codes")
      def codes(count: int) -> list[str]:
          return [secrets.token_hex(8) for _ in range(count)]  # expect: MRL807
      """),
    safe: Example(
      """
      import secrets
      from typing import Annotated

      from fastapi import FastAPI, Query

      app = FastAPI()


      @app.get("/codes")
      def codes(count: Annotated[int, Query(ge=1, le=100)]) -> list[str]:
          return [secrets.token_hex(8) for _ in range(count)]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/770.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
    ])
}
