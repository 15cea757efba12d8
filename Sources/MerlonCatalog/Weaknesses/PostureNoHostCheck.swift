import MerlonBase

extension Weakness {
  /// The `Host` header of requests is not checked.
  package static let postureNoHostCheck = Weakness(
    id: "MRL522", name: "posture-no-host-check", severity: .info, cwe: [346],
    owasp: [.api2023(8), .web2021(5)], asvs: ["4.1.3"], practices: ["S1"], since: "0.1.0",
    summary: "The `Host` header of requests is not checked",
    why: """
      Starlette answers to any name. Its redirects (a missing slash at the end is enough) and `request.url_for` \
      repeat the name that the caller sent, so links in mails and cached answers can point to a foreign site. \
      Nothing in the project restricts it. A proxy that routes by host and refuses unknown ones does the same job.
      """,
    guide: [
      "Add `TrustedHostMiddleware` with your names: `allowed_hosts=[\"shop.example.com\"]`.",
      "Build links in mails from a setting instead of the request.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()  # expect: MRL522


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.trustedhost import TrustedHostMiddleware

      app = FastAPI()
      app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.example.com", "localhost"])


      @app.get("/")
      def hello() -> dict[str, str]:
          return {"message": "Hello World"}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/346.html",
      "https://fastapi.tiangolo.com/advanced/middleware/",
    ])
}
