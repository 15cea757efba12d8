import MerlonBase

extension Weakness {
  /// A middleware that authenticates lets requests through by a part of the path that private operations have too.
  package static let middlewareExemptionTooWide = Weakness(
    id: "MRL222", name: "middleware-exemption-too-wide", severity: .high, cwe: [863, 288],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary:
      "A middleware that authenticates lets requests through by a part of the path that private operations have too",
    why: """
      "Everything that ends with `.js` is public" also holds for `/users/alice.js`, when the last part of a path is \
      a parameter: the caller writes the exemption himself. The same goes for parts of a path, for prefixes without \
      a final slash (`/public` and `/public-keys-of-customers`) and for methods.
      """,
    guide: [
      """
      Bind the check to routers: `APIRouter(dependencies=[Depends(current_user)])`, and keep public files in a \
      mount.
      """,
      """
      If a middleware has to decide, list what is public by exact path of `request.scope["path"]`, and refuse the \
      rest.
      """,
    ],
    unsafe: Example(
      """
      import os
      import secrets

      from fastapi import FastAPI, Request
      from fastapi.responses import JSONResponse

      KEY = os.environ["SERVICE_KEY"]
      app = FastAPI()
      notes = {"1": "milk"}


      @app.middleware("http")
      async def require_key(request: Request, call_next):
          if request.scope["path"].endswith(".js"):  # expect: MRL222
              return await call_next(request)
          if not secrets.compare_digest(request.headers.get("x-api-key", ""), KEY):
              return JSONResponse({"detail": "Unknown key"}, status_code=401)
          return await call_next(request)


      @app.delete("/notes/{number}")
      def delete_note(number: str) -> None:
          notes.pop(number, None)
      """),
    safe: Example(
      """
      import os
      import secrets
      from typing import Annotated

      from fastapi import Depends, FastAPI, Header, HTTPException

      KEY = os.environ["SERVICE_KEY"]
      notes = {"1": "milk"}


      def require_key(x_api_key: Annotated[str, Header()]) -> None:
          if not secrets.compare_digest(x_api_key, KEY):
              raise HTTPException(401, "Unknown key")


      app = FastAPI(dependencies=[Depends(require_key)])


      @app.delete("/notes/{number}")
      def delete_note(number: str) -> None:
          notes.pop(number, None)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/863.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
