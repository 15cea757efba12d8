import MerlonBase

extension Weakness {
  /// Every site may read answers with the visitor's cookies.
  package static let corsWildcardWithCredentials = Weakness(
    id: "MRL501", name: "cors-wildcard-with-credentials", severity: .high, cwe: [942],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.2"], practices: ["S1"], since: "0.1.0",
    summary: "Every site may read answers with the visitor's cookies",
    why: """
      Browsers refuse `Access-Control-Allow-Origin: *` together with credentials, and many conclude that the \
      combination is harmless. Starlette's middleware does not send it: with `allow_origins=["*"]` and \
      `allow_credentials=True` it answers with the origin of the request and allows credentials, always since 1.0 \
      and with a cookie or preflight before. So any page that a logged-in user opens can call the API as that user \
      and read everything. Where authentication goes by a header that scripts have to set themselves, there is \
      little to steal; the setting still opens every cookie to come.
      """,
    guide: [
      """
      List the origins of your own front ends: `allow_origins=["https://shop.example.com"]`, from settings per \
      environment.
      """,
      "Drop `allow_credentials=True` if no cookie and no HTTP authentication is used.",
      "Name the methods and headers that the front end needs instead of `[\"*\"]`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # expect: MRL501
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(
          CORSMiddleware,
          allow_origins=["https://shop.example.com"],
          allow_credentials=True,
          allow_methods=["GET", "POST"],
          allow_headers=["Content-Type"],
      )
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/942.html",
      "https://fastapi.tiangolo.com/tutorial/cors/",
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS",
    ])
}
