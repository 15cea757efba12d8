import secrets
from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, Header, HTTPException, status
from sqlalchemy import select

from shop import security
from shop.dependencies import Admin, Database, partner_role
from shop.models import Item, Order, Partner
from shop.schemas import PartnerCreate, PartnerOut

router = APIRouter(prefix="/partners", tags=["partners"])


@router.post("", response_model=PartnerOut, status_code=status.HTTP_201_CREATED)
def create_partner(payload: PartnerCreate, admin: Admin, db: Database) -> Partner:
    partner = Partner(name=payload.name, contact=payload.contact, password=payload.password)
    db.add(partner)
    db.commit()
    return partner


@router.post("/token")
def partner_token(name: str, x_password: Annotated[str, Header()], db: Database) -> dict:
    partner = db.scalar(select(Partner).where(Partner.name == name))
    if partner is None or not secrets.compare_digest(partner.password, x_password):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Unknown partner")
    return {"token": security.create_partner_token(partner.id)}


@router.get("/stock")
def partner_stock(db: Database, x_service_token: Annotated[str, Header()]) -> list[dict]:
    try:
        security.decode_service_token(x_service_token)
    except (jwt.PyJWTError, OSError, KeyError) as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from error
    return [{"id": item.id, "stock": item.stock} for item in db.scalars(select(Item))]


@router.get("/orders")
def partner_orders(db: Database, role: Annotated[str, Depends(partner_role)]) -> list[dict]:
    if role != "manager":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Managers only")
    return [{"number": order.number, "total": order.total} for order in db.scalars(select(Order))]
