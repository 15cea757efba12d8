from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, status
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from shop import security, tasks
from shop.audit import security_event
from shop.config import get_settings
from shop.dependencies import Admin, AuditReader, Database
from shop.models import AuditEntry, Order, User
from shop.schemas import (
    AuditOut,
    CacheOut,
    CacheSnapshot,
    Id,
    Metrics,
    PingOut,
    PingRequest,
    PublicSettings,
    RoleChange,
    StaffCreate,
    UserOut,
)
from shop.services import sessions, snapshots

router = APIRouter(prefix="/admin", tags=["admin"])


@router.get("/users", response_model=list[UserOut])
def list_accounts(
    admin: Admin,
    db: Database,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[User]:
    return list(db.scalars(select(User).order_by(User.id).limit(limit).offset(offset)))


@router.post("/users", response_model=UserOut, status_code=status.HTTP_201_CREATED)
def create_staff(payload: StaffCreate, admin: Admin, request: Request, db: Database) -> User:
    user = User(
        email=payload.email,
        full_name=payload.full_name,
        password_hash=security.hash_password(payload.password),
        role=payload.role,
    )
    db.add(user)
    db.add(AuditEntry(actor=admin.email, action=f"create {payload.role.value}"))
    try:
        db.commit()
    except IntegrityError as error:
        raise HTTPException(status.HTTP_409_CONFLICT, "Address is already registered") from error
    security_event("account created", request, user=user.id, by=admin.id)
    return user


@router.put("/users/{user_id}/role", response_model=UserOut)
def change_role(
    user_id: Id, payload: RoleChange, admin: Admin, request: Request, db: Database
) -> User:
    target = db.get(User, user_id)
    if target is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    target.role = payload.role
    db.add(AuditEntry(actor=admin.email, action=f"role of {user_id} is {payload.role.value}"))
    sessions.end_sessions(db, target)
    security_event("role changed", request, user=target.id, by=admin.id)
    return target


@router.get("/audit", response_model=list[AuditOut])
def read_audit(reader: AuditReader, db: Database) -> list[AuditEntry]:
    return list(db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(200)))


@router.get("/metrics")
def read_metrics(admin: Admin, db: Database) -> Metrics:
    return Metrics(
        users=db.scalar(select(func.count(User.id))) or 0,
        orders=db.scalar(select(func.count(Order.id))) or 0,
        revenue=db.scalar(select(func.sum(Order.total))) or 0,
    )


@router.get("/debug/settings")
def debug_settings(admin: Admin) -> PublicSettings:
    settings = get_settings()
    return PublicSettings(
        app_name=settings.app_name,
        environment=settings.environment,
        publish_schema=settings.publish_schema,
    )


@router.post("/maintenance/ping")
def ping_host(payload: PingRequest, admin: Admin) -> PingOut:
    return PingOut(output=tasks.ping(payload.host))


@router.post("/cache/restore")
def restore_cache(payload: CacheSnapshot, admin: Admin) -> CacheOut:
    return CacheOut(entries=snapshots.restore(payload.entries))
