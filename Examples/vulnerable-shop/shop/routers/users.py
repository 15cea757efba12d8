from typing import Any

from fastapi import APIRouter, HTTPException, status
from sqlalchemy import select

from shop.dependencies import CurrentUser, Database, Staff
from shop.models import AuditEntry, User
from shop.schemas import UserDetail, UserOut

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", response_model=list[UserDetail])
def list_users(db: Database, staff: Staff) -> list[User]:
    return list(db.scalars(select(User).order_by(User.id)))


@router.get("/me", response_model=UserOut)
def read_me(user: CurrentUser) -> User:
    return user


@router.patch("/me", response_model=UserOut)
def update_me(changes: dict[str, Any], user: CurrentUser, db: Database) -> User:
    for name, value in changes.items():
        setattr(user, name, value)
    db.commit()
    return user


@router.get("/{user_id}")
def read_user(user_id: int, db: Database, current: CurrentUser):
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    return user


@router.post("/{user_id}/deactivate", response_model=UserOut)
def deactivate_user(user_id: int, db: Database, current: CurrentUser) -> User:
    assert current.role == "admin", "admins only"
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    user.is_active = False
    db.add(AuditEntry(actor=current.email, action=f"deactivate user {user_id}"))
    db.commit()
    return user


@router.delete("/{user_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_user(user_id: int, db: Database, current: CurrentUser) -> None:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    db.delete(user)
    db.add(AuditEntry(actor=current.email, action=f"delete user {user_id}"))
    db.commit()
