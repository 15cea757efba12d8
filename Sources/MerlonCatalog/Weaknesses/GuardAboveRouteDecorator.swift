import MerlonBase

extension Weakness {
  /// A decorator that checks access stands above the one that registers the route and never runs.
  package static let guardAboveRouteDecorator = Weakness(
    id: "MRL223", name: "guard-above-route-decorator", severity: .high, cwe: [862, 696],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "A decorator that checks access stands above the one that registers the route and never runs",
    why: """
      Decorators are applied from below. `@app.get(...)` registers the function that it gets and hands it on \
      unchanged; what a decorator above makes of it is bound to the name in the module, not to the route. The code \
      looks guarded, and the route serves the bare function.
      """,
    guide: [
      "Put the check below the decorator of the route, with `functools.wraps`, or make it a dependency.",
      "Test the operation without a credential, and expect 401.",
    ],
    unsafe: Example(
      """
      import functools

      from fastapi import FastAPI, HTTPException, Request

      app = FastAPI()
      sessions: set[str] = set()


      def login_required(function):
          @functools.wraps(function)
          def checked(request: Request):
              if request.cookies.get("session") not in sessions:
                  raise HTTPException(401, "Log in first")
              return function(request)

          return checked


      @login_required  # expect: MRL223
      @app.get("/reports")
      def reports(request: Request) -> list[str]:
          return ["2026-01"]
      """),
    safe: Example(
      """
      import functools

      from fastapi import FastAPI, HTTPException, Request

      app = FastAPI()
      sessions: set[str] = set()


      def login_required(function):
          @functools.wraps(function)
          def checked(request: Request):
              if request.cookies.get("session") not in sessions:
                  raise HTTPException(401, "Log in first")
              return function(request)

          return checked


      @app.get("/reports")
      @login_required
      def reports(request: Request) -> list[str]:
          return ["2026-01"]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://docs.python.org/3/reference/compound_stmts.html#function-definitions",
    ])
}
