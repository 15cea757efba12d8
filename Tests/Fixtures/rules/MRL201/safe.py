"""Assertions that only tell the type checker, or what the code itself guarantees."""
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException

from shop.database import load_order
from shop.security import User, current_user

router = APIRouter()
CurrentUser = Annotated[User, Depends(current_user)]


@router.get("/orders/{order_id}")
def read_order(order_id: int, user: CurrentUser) -> dict[str, int]:
    order = load_order(order_id)
    if order is None or order.owner_id != user.id:
        raise HTTPException(404, "No such order")
    assert order.total is not None
    return {"total": order.total}


def admin(user: CurrentUser | None = None) -> User:
    assert user is not None
    assert isinstance(user, User)
    if not user.is_admin:
        raise HTTPException(403, "Administrators only")
    return user


def split(total: int, parts: int) -> list[int]:
    assert parts > 0, "a caller's mistake"
    return [total // parts] * parts


def role_name(user: CurrentUser) -> str:
    assert user.role is not None
    return user.role
