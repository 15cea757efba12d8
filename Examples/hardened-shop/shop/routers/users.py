from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, status
from sqlalchemy import select

from shop.audit import security_event
from shop.dependencies import Admin, CurrentUser, Database, Staff
from shop.models import AuditEntry, User
from shop.schemas import Id, ProfileUpdate, Role, UserDetail, UserOut
from shop.services import sessions

router = APIRouter(prefix="/users", tags=["users"])


def no_such_user() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "No such user")


@router.get("", response_model=list[UserDetail])
def list_users(
    db: Database,
    staff: Staff,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[User]:
    return list(db.scalars(select(User).order_by(User.id).limit(limit).offset(offset)))


@router.get("/me", response_model=UserOut)
def read_me(user: CurrentUser) -> User:
    return user


@router.patch("/me", response_model=UserOut)
def update_me(changes: ProfileUpdate, user: CurrentUser, db: Database) -> User:
    for name, value in changes.model_dump(exclude_none=True).items():
        setattr(user, name, value)
    db.commit()
    return user


@router.get("/{user_id}", response_model=UserOut)
def read_user(user_id: Id, db: Database, current: CurrentUser) -> User:
    if user_id != current.id and current.role == Role.CUSTOMER:
        raise no_such_user()
    user = db.get(User, user_id)
    if user is None:
        raise no_such_user()
    return user


@router.post("/{user_id}/deactivate", response_model=UserOut)
def deactivate_user(user_id: Id, request: Request, db: Database, admin: Admin) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise no_such_user()
    user.is_active = False
    db.add(AuditEntry(actor=admin.email, action=f"deactivate user {user_id}"))
    sessions.end_sessions(db, user)
    security_event("user deactivated", request, user=user.id, by=admin.id)
    return user


@router.delete("/{user_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_user(user_id: Id, request: Request, db: Database, admin: Admin) -> None:
    user = db.get(User, user_id)
    if user is None:
        raise no_such_user()
    sessions.end_sessions(db, user)
    db.delete(user)
    db.add(AuditEntry(actor=admin.email, action=f"delete user {user_id}"))
    db.commit()
    security_event("user deleted", request, user=user_id, by=admin.id)
