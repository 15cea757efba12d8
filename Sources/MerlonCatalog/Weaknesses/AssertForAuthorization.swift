import MerlonBase

extension Weakness {
  /// `assert` decides who may do something, and `python -O` removes it.
  package static let assertForAuthorization = Weakness(
    id: "MRL201", name: "assert-for-authorization", severity: .high, cwe: [617, 862],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.3.1"], practices: ["S16"], since: "0.1.0",
    summary: "`assert` decides who may do something, and `python -O` removes it",
    why: """
      With `-O` or `PYTHONOPTIMIZE` Python compiles no `assert` at all, so the check vanishes and everyone passes. \
      Images and process managers set that option to save memory, far away from the code that relies on it. Even \
      while the statement runs, a refusal is an `AssertionError`, which callers see as status 500 instead of 403. \
      `assert user is not None` for a type checker is harmless when something before it has refused already.
      """,
    guide: [
      "Write `if not user.is_admin: raise HTTPException(403, \"Not allowed\")`.",
      """
      Better, put the check into a dependency and let the router demand it: \
      `APIRouter(dependencies=[Depends(require_admin)])`.
      """,
      "Keep `assert` for tests and for what the code itself guarantees.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import APIRouter, Depends

      from shop.security import User, current_user

      router = APIRouter()


      @router.post("/users/{user_id}/deactivate")
      def deactivate(user_id: int, user: Annotated[User, Depends(current_user)]) -> dict[str, int]:
          assert user.is_admin, "administrators only"  # expect: MRL201
          return {"deactivated": user_id}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import APIRouter, Depends, HTTPException

      from shop.security import User, current_user


      def require_admin(user: Annotated[User, Depends(current_user)]) -> User:
          if not user.is_admin:
              raise HTTPException(403, "Administrators only")
          return user


      router = APIRouter(dependencies=[Depends(require_admin)])


      @router.post("/users/{user_id}/deactivate")
      def deactivate(user_id: int) -> dict[str, int]:
          return {"deactivated": user_id}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/617.html",
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement",
    ])
}
