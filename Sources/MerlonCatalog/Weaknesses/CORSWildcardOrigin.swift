import MerlonBase

extension Weakness {
  /// Every site may read the answers of this API, without credentials.
  package static let corsWildcardOrigin = Weakness(
    id: "MRL503", name: "cors-wildcard-origin", severity: .low, cwe: [942],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.2"], practices: ["S1"], since: "0.1.0",
    summary: "Every site may read the answers of this API, without credentials",
    why: """
      Without credentials a foreign page gets only what everyone gets, so for a public API that is what CORS is for. \
      It becomes a hole when reachability is the protection: a service on a company's network or on `localhost` is \
      read by any web site that someone inside visits, because that person's browser makes the request. Whoever adds \
      `allow_credentials=True` later opens far more (MRL501).
      """,
    guide: [
      "List the origins that need access: `allow_origins=[\"https://shop.example.com\"]`.",
      """
      If the API is public on purpose, keep the wildcard, leave `allow_credentials` off, and record the reason in an \
      ignore comment.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(CORSMiddleware, allow_origins=["*"])  # expect: MRL503
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com"])
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/942.html",
      "https://fastapi.tiangolo.com/tutorial/cors/",
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS",
    ])
}
