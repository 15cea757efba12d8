"""Factories of checks that are never called."""
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Security

from shop.security import User, current_user

app = FastAPI()
CurrentUser = Annotated[User, Depends(current_user)]


def require_role(role: str = "admin"):
    def check(user: CurrentUser) -> User:
        if user.role != role:
            raise HTTPException(403, "Not allowed")
        return user

    return check


def require_scope(*scopes: str):
    async def checker(user: CurrentUser) -> None:
        if not set(scopes) <= set(user.scopes):
            raise HTTPException(403, "Not allowed")

    return checker


class RoleChecker:
    def __init__(self, role: str = "admin") -> None:
        self.role = role

    def __call__(self, user: CurrentUser) -> User:
        if user.role != self.role:
            raise HTTPException(403, "Not allowed")
        return user


router = APIRouter(dependencies=[Depends(require_role)])  # expect: MRL203
AdminUser = Annotated[User, Depends(RoleChecker)]  # expect: MRL203


@app.delete("/items/{item_id}", dependencies=[Depends(require_role)])  # expect: MRL203
def delete_item(item_id: int) -> dict[str, int]:
    return {"deleted": item_id}


@app.get("/audit", dependencies=[Security(require_scope)])  # expect: MRL203
def audit() -> list[str]:
    return []


@app.get("/reports")
def reports(user: User = Depends(dependency=RoleChecker)) -> dict[str, str]:  # expect: MRL203
    return {"for": user.name}


def require_all(*roles: str):
    return [Depends(require_role(role)) for role in roles]


def make_guard(role: str = "admin"):
    return require_role(role)


@app.get("/keys", dependencies=[Depends(make_guard)])  # expect-missing: MRL203 (needs return-value flow)
def keys() -> list[str]:
    return []
