"""Checks that `python -O` removes."""
from typing import Annotated

from fastapi import APIRouter, Depends

from shop.database import load_order
from shop.security import User, current_user, has_permission

router = APIRouter()
CurrentUser = Annotated[User, Depends(current_user)]


@router.post("/users/{user_id}/deactivate")
def deactivate(user_id: int, user: CurrentUser) -> dict[str, int]:
    assert user.is_admin, "administrators only"  # expect: MRL201
    return {"deactivated": user_id}


@router.get("/orders/{order_id}")
def read_order(order_id: int, user: CurrentUser) -> dict[str, int]:
    order = load_order(order_id)
    assert order.owner_id == user.id  # expect: MRL201
    return {"total": order.total}


@router.delete("/items/{item_id}")
def delete_item(item_id: int, user: CurrentUser) -> dict[str, int]:
    assert has_permission(user, "items:delete")  # expect: MRL201
    return {"deleted": item_id}


def require_staff(user: CurrentUser) -> User:
    assert "staff" in user.roles  # expect: MRL201
    return user


class TenantGuard:
    def __call__(self, user: CurrentUser, tenant: int) -> None:
        assert user.tenant_id == tenant, "wrong tenant"  # expect: MRL201
