import MerlonBase

extension Weakness {
  /// A function that makes the dependency is handed to `Depends` itself, so the check it makes never runs.
  package static let dependencyFactoryNotCalled = Weakness(
    id: "MRL203", name: "dependency-factory-not-called", severity: .critical, cwe: [862],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.2.1"], practices: ["S13", "S16"], since: "0.1.0",
    summary: "A function that makes the dependency is handed to `Depends` itself, so the check it makes never runs",
    why: """
      `require_role("admin")` returns the function that checks. `Depends(require_role)` lets FastAPI call the outer \
      function, get that inner one back as a value, and stop there: no role is looked at and everyone passes. \
      Parameters of the factory even become query parameters of the route. The same happens with a class whose \
      instances are the dependency (`Depends(RoleChecker)` instead of `Depends(RoleChecker("admin"))`). A class \
      whose constructor itself checks is harmless.
      """,
    guide: [
      "Call the factory where you depend on it: `Depends(require_role(\"admin\"))`.",
      """
      Give the factory's parameters no defaults, so that the forgotten call shows up as an unexpected query \
      parameter.
      """,
      "Test each role-bound route with a user who lacks the role, and expect 403.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException

      from shop.security import User, current_user

      app = FastAPI()


      def require_role(role: str = "admin"):
          def check(user: Annotated[User, Depends(current_user)]) -> User:
              if user.role != role:
                  raise HTTPException(403, "Not allowed")
              return user

          return check


      @app.delete("/items/{item_id}", dependencies=[Depends(require_role)])  # expect: MRL203
      def delete_item(item_id: int) -> dict[str, int]:
          return {"deleted": item_id}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException

      from shop.security import User, current_user

      app = FastAPI()


      def require_role(role: str):
          def check(user: Annotated[User, Depends(current_user)]) -> User:
              if user.role != role:
                  raise HTTPException(403, "Not allowed")
              return user

          return check


      @app.delete("/items/{item_id}", dependencies=[Depends(require_role("admin"))])
      def delete_item(item_id: int) -> dict[str, int]:
          return {"deleted": item_id}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://fastapi.tiangolo.com/advanced/advanced-dependencies/",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
