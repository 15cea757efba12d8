import MerlonBase

extension Weakness {
  /// Access is decided by `request.url.path`, which is not always the path that is served.
  package static let accessDecisionOnUrlPath = Weakness(
    id: "MRL204", name: "access-decision-on-url-path", severity: .medium, cwe: [863, 436],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "Access is decided by `request.url.path`, which is not always the path that is served",
    why: """
      Starlette builds `request.url` from the `Host` header and the path, and routes by `scope["path"]`. Before \
      Starlette 1.0.1 (CVE-2026-48710) a request with `Host: x/y?` moves the real path into the query of that \
      address: the guard sees a public path, the router serves the private one. Prefix comparisons fail in other \
      ways as well (`/admin` against `/Admin/`, `//admin`, a mounted application's root path). Using the path for \
      logs, metrics or a choice of layout is harmless.
      """,
    guide: [
      """
      Bind the check to the routes instead of their text: `APIRouter(prefix="/admin", \
      dependencies=[Depends(require_admin)])`.
      """,
      """
      If a middleware has to decide, read `request.scope["path"]`, refuse by default and list what is public by \
      exact path.
      """,
      "Update Starlette to at least 1.0.1 and add `TrustedHostMiddleware` with your host names.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request
      from fastapi.responses import JSONResponse

      app = FastAPI()


      @app.middleware("http")
      async def guard_admin(request: Request, call_next):
          if request.url.path.startswith("/admin") and "session" not in request.cookies:  # expect: MRL204
              return JSONResponse({"detail": "Log in first"}, status_code=401)
          return await call_next(request)


      @app.get("/admin/export")
      def export() -> list[str]:
          return ["row"]
      """),
    safe: Example(
      """
      from fastapi import APIRouter, Depends, FastAPI

      from shop.security import require_admin

      app = FastAPI()
      admin = APIRouter(prefix="/admin", dependencies=[Depends(require_admin)])


      @admin.get("/export")
      def export() -> list[str]:
          return ["row"]


      app.include_router(admin)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/863.html",
      "https://cwe.mitre.org/data/definitions/436.html",
      "https://fastapi.tiangolo.com/tutorial/bigger-applications/",
    ])
}
