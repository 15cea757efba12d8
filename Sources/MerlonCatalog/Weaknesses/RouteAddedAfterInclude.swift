import MerlonBase

extension Weakness {
  /// A route is added to a router that has been included already.
  package static let routeAddedAfterInclude = Weakness(
    id: "MRL228", name: "route-added-after-include", severity: .low, cwe: [1059, 561],
    owasp: [.api2023(9), .web2021(5)], asvs: [], practices: ["S16", "S26"], since: "0.1.0",
    summary: "A route is added to a router that has been included already",
    why: """
      Before FastAPI 0.137.0 `include_router` copied the routes that were there; what is added to the router later \
      was never served. Since 0.137.0 the router is live: the same code serves the route after an update, and nobody \
      has ever looked at its guards (measured with 0.121, 0.136 and 0.165). The same goes for `APIRouter.mount`.
      """,
    guide: [
      "Add the routes before the router is included, or remove what is dead.",
      "Before an update across 0.137, compare `merlon map` of both versions (`--fastapi-version`).",
    ],
    unsafe: Example(
      """
      from fastapi import APIRouter, FastAPI

      app = FastAPI()
      router = APIRouter(prefix="/reports")
      app.include_router(router)


      @router.get("/debug")  # expect: MRL228
      def debug() -> dict[str, str]:
          return {"status": "ok"}
      """),
    safe: Example(
      """
      from fastapi import APIRouter, FastAPI

      app = FastAPI()
      router = APIRouter(prefix="/reports")


      @router.get("/status")
      def status() -> dict[str, str]:
          return {"status": "ok"}


      app.include_router(router)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1059.html",
      "https://fastapi.tiangolo.com/release-notes/",
      "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/",
    ])
}
