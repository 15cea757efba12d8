from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop import security
from shop.audit import security_event
from shop.config import get_settings
from shop.dependencies import (
    Admin,
    Database,
    require_manager,
    unauthorized,
    verify_service_token,
)
from shop.limits import Throttle
from shop.models import Item, Order, Partner
from shop.schemas import (
    OrderTotal,
    PartnerCreate,
    PartnerLogin,
    PartnerOut,
    PartnerToken,
    StockOut,
)

router = APIRouter(prefix="/partners", tags=["partners"])
partner_throttle = Throttle("partner login", times=get_settings().logins_per_minute)


@router.post("", response_model=PartnerOut, status_code=status.HTTP_201_CREATED)
def create_partner(payload: PartnerCreate, admin: Admin, db: Database) -> Partner:
    partner = Partner(
        name=payload.name,
        contact=payload.contact,
        role=payload.role,
        password_hash=security.hash_password(payload.password),
    )
    db.add(partner)
    try:
        db.commit()
    except IntegrityError as error:
        raise HTTPException(status.HTTP_409_CONFLICT, "Name is taken") from error
    return partner


@router.post("/token", dependencies=[Depends(partner_throttle)])
def partner_token(payload: PartnerLogin, request: Request, db: Database) -> PartnerToken:
    partner = db.scalar(select(Partner).where(Partner.name == payload.name))
    hashed = partner.password_hash if partner else None
    if not security.verify_password(payload.password, hashed) or partner is None:
        security_event("partner login refused", request)
        raise unauthorized("Unknown partner")
    return PartnerToken(token=security.create_partner_token(partner.id))


@router.get("/stock", response_model=list[StockOut], dependencies=[Depends(verify_service_token)])
def partner_stock(db: Database) -> list[Item]:
    return list(db.scalars(select(Item).limit(1000)))


@router.get("/orders", response_model=list[OrderTotal])
def partner_orders(
    db: Database, manager: Annotated[Partner, Depends(require_manager)]
) -> list[Order]:
    return list(db.scalars(select(Order).order_by(Order.id.desc()).limit(500)))
