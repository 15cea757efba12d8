from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import HTTPBearer
from sqlalchemy import func, select

from shop import security, tasks
from shop.config import get_settings
from shop.dependencies import Admin, AuditReader, CurrentUser, Database, verify_ops
from shop.models import AuditEntry, Order, User
from shop.schemas import CacheSnapshot, PingRequest, RoleChange, StaffCreate, UserOut
from shop.services import snapshots

router = APIRouter(prefix="/admin", tags=["admin"])


@router.get("/users", response_model=list[UserOut])
def list_accounts(admin: Admin, db: Database) -> list[User]:
    return list(db.scalars(select(User).order_by(User.id)))


@router.post("/users", response_model=UserOut, status_code=status.HTTP_201_CREATED)
def create_staff(payload: StaffCreate, admin: Admin, db: Database) -> User:
    user = User(
        email=payload.email,
        full_name=payload.full_name,
        hashed_password=security.hash_password(payload.password),
        role=payload.role,
    )
    db.add(user)
    db.add(AuditEntry(actor=admin.email, action=f"create {payload.email}"))
    db.commit()
    return user


@router.put("/users/{user_id}/role", response_model=UserOut)
def change_role(user_id: int, payload: RoleChange, user: CurrentUser, db: Database) -> User:
    target = db.get(User, user_id)
    if target is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    target.role = payload.role
    db.add(AuditEntry(actor=user.email, action=f"role of {user_id} is {payload.role}"))
    db.commit()
    return target


@router.get("/audit")
def read_audit(reader: AuditReader, db: Database) -> list[dict]:
    entries = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(200))
    return [{"actor": entry.actor, "action": entry.action} for entry in entries]


@router.get("/metrics")
def read_metrics(db: Database, _: Annotated[object, Depends(HTTPBearer)]) -> dict:
    return {
        "users": db.scalar(select(func.count(User.id))),
        "orders": db.scalar(select(func.count(Order.id))),
        "revenue": db.scalar(select(func.sum(Order.total))) or 0,
    }


@router.get("/debug/settings", include_in_schema=False)
def debug_settings() -> dict:
    return get_settings().model_dump(mode="json")


@router.post("/maintenance/ping", dependencies=[Depends(verify_ops)])
def ping_host(payload: PingRequest) -> dict:
    return {"output": tasks.ping(payload.host)}


@router.post("/cache/restore")
def restore_cache(payload: CacheSnapshot, admin: Admin) -> dict:
    return {"entries": snapshots.restore(payload.data)}
