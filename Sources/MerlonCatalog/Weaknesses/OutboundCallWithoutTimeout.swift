import MerlonBase

extension Weakness {
  /// An outbound request waits for ever for an answer.
  package static let outboundCallWithoutTimeout = Weakness(
    id: "MRL801", name: "outbound-call-without-timeout", severity: .low, cwe: [400, 1088],
    owasp: [.api2023(10), .api2023(4), .web2021(5)], asvs: ["13.2.6"], practices: ["S1"], since: "0.1.0",
    summary: "An outbound request waits for ever for an answer",
    why: """
      `requests` has no timeout of its own, and `timeout=None` takes it away from `httpx`. When the other side \
      accepts the connection and stays silent, by fault or on purpose, the worker waits: a `def` route holds one of \
      the 40 threads, an `async def` route with a blocking client the whole event loop. Some dozen such requests \
      stop the service. `httpx` waits 5 seconds by default, so a call that says nothing is harmless there; streams \
      that stay open on purpose need a timeout for the connection.
      """,
    guide: [
      "Pass one: `requests.get(url, timeout=(3, 10))`, the first for connecting, the second between two bytes.",
      """
      In `async` code use one `httpx.AsyncClient(timeout=10)` for the application's life, and put \
      `asyncio.timeout(30)` around the whole exchange.
      """,
      "Decide what happens then: an answer 503 or a cached value, and few retries with growing pauses.",
    ],
    unsafe: Example(
      """
      import requests
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/rates")
      def rates() -> dict[str, float]:
          return requests.get("https://rates.example.com/latest").json()  # expect: MRL801
      """),
    safe: Example(
      """
      import requests
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/rates")
      def rates() -> dict[str, float]:
          return requests.get("https://rates.example.com/latest", timeout=(3, 10)).json()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/400.html",
      "https://requests.readthedocs.io/en/latest/user/quickstart/#timeouts",
      "https://www.python-httpx.org/advanced/timeouts/",
    ])
}
