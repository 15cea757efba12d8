"""Factories that are called, and functions that return functions for other reasons."""
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException

from shop.security import User, current_user

app = FastAPI()
CurrentUser = Annotated[User, Depends(current_user)]


def require_role(role: str):
    def check(user: CurrentUser) -> User:
        if user.role != role:
            raise HTTPException(403, "Not allowed")
        return user

    return check


class RoleChecker:
    def __init__(self, role: str) -> None:
        self.role = role

    def __call__(self, user: CurrentUser) -> None:
        if user.role != self.role:
            raise HTTPException(403, "Not allowed")


class ActiveUser:
    """The constructor is the check; the instance is the value."""

    def __init__(self, user: CurrentUser) -> None:
        if not user.is_active:
            raise HTTPException(403, "Not active")
        self.user = user


require_admin = require_role("admin")
router = APIRouter(dependencies=[Depends(require_admin)])


def translator(user: CurrentUser) -> Callable[[str], str]:
    # The returned function is what the route wants.
    table = {"hello": "bonjour"} if user.language == "fr" else {}

    def translate(text: str) -> str:
        return table.get(text, text)

    return translate


def paging(offset: int = 0, limit: int = 20) -> tuple[int, int]:
    def clamp(value: int) -> int:
        return max(0, min(value, 100))

    return clamp(offset), clamp(limit)


@app.delete("/items/{item_id}", dependencies=[Depends(require_role("admin")), Depends(RoleChecker("admin"))])
def delete_item(item_id: int, user: Annotated[ActiveUser, Depends(ActiveUser)]) -> dict[str, int]:
    return {"deleted": item_id}


@app.get("/hello")
def hello(page: Annotated[tuple[int, int], Depends(paging)]) -> dict[str, int]:
    return {"offset": page[0]}


@app.get("/greeting")
def greeting(translate: Annotated[Callable[[str], str], Depends(translator)]) -> dict[str, str]:
    return {"text": translate("hello")}
