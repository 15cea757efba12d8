import MerlonBase

extension Weakness {
  /// The size of request bodies has no limit.
  package static let postureNoBodyLimit = Weakness(
    id: "MRL524", name: "posture-no-body-limit", severity: .info, cwe: [770, 400],
    owasp: [.api2023(4), .web2021(5)], asvs: ["5.2.1"], practices: ["S1", "S18"], since: "0.1.0",
    summary: "The size of request bodies has no limit",
    why: """
      FastAPI reads a body whole, JSON into memory and uploads onto the disk, and it does so before any dependency \
      runs, so even a caller without a credential sends as much as he likes. Nothing in the project sets a limit. \
      Many proxies have one (nginx: 1 MB); then this one is only missing behind it.
      """,
    guide: [
      """
      Set it on the application, `FastAPI(max_body_size=1_000_000)` (FastAPI 0.164 and newer), and raise it on the \
      routes that take uploads.
      """,
      """
      On older versions count bytes in a pure ASGI middleware and answer 413; a check of `Content-Length` alone \
      misses chunked bodies.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL524


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI(max_body_size=1_000_000)


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/770.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
    ])
}
