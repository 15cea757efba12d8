import MerlonBase

extension Weakness {
  /// An API key is taken from the query string.
  package static let apiKeyInQuery = Weakness(
    id: "MRL113", name: "api-key-in-query", severity: .medium, cwe: [598],
    owasp: [.api2023(2), .web2021(4)], asvs: ["14.2.1"], practices: ["S10", "S12"], since: "0.1.0",
    summary: "An API key is taken from the query string",
    why: """
      Addresses are written down everywhere: access logs of the server and of each proxy, browser histories, \
      bookmarks, monitoring, and the `Referer` of the next page. A key in the query string is in all of them, \
      readable for people who may not call the API, and it stays there after the call. Keys in headers are kept out \
      of these places by default. A signed link for one object that expires within minutes is something else, and is \
      harmless.
      """,
    guide: [
      "Take the key from a header: `APIKeyHeader(name=\"X-API-Key\")` instead of `APIKeyQuery`.",
      "Accept both for a while only if old clients need it, log who still uses the query, and set an end.",
      "Give out new keys once the query form is gone, because the old ones lie in logs.",
      "Compare keys with `secrets.compare_digest`, or store a hash of each key and look that up.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import APIKeyQuery

      app = FastAPI()
      api_key = APIKeyQuery(name="api_key")  # expect: MRL113


      @app.get("/rates")
      def rates(key: Annotated[str, Depends(api_key)]) -> dict[str, float]:
          return {"EUR": 1.0}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from fastapi.security import APIKeyHeader

      app = FastAPI()
      api_key = APIKeyHeader(name="X-API-Key")


      @app.get("/rates")
      def rates(key: Annotated[str, Depends(api_key)]) -> dict[str, float]:
          return {"EUR": 1.0}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/598.html",
      "https://fastapi.tiangolo.com/reference/security/",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    ])
}
