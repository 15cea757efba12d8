"""Endpoints for our own jobs, reached through the same port under /internal."""

from fastapi import Depends, FastAPI, HTTPException, Request, status
from sqlalchemy import select

from shop.audit import security_event
from shop.dependencies import Database, verify_internal_token
from shop.hardening import install_error_handlers
from shop.models import Item, User
from shop.schemas import CreditGrant, CreditOut, Id, KeySize, StockChange, StockOut, VoucherOut
from shop.services import giftcards

internal_app = FastAPI(
    title="Larkspur internal",
    openapi_url=None,
    docs_url=None,
    redoc_url=None,
    dependencies=[Depends(verify_internal_token)],
    max_body_size=10_000,
)
install_error_handlers(internal_app)


@internal_app.get("/stock", response_model=list[StockOut])
def stock_levels(db: Database) -> list[Item]:
    return list(db.scalars(select(Item).limit(1000)))


@internal_app.post("/stock/{item_id}", response_model=StockOut)
def set_stock(item_id: Id, payload: StockChange, db: Database) -> Item:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    item.stock = payload.stock
    db.commit()
    return item


@internal_app.post("/credit/{user_id}", response_model=CreditOut)
def grant_credit(user_id: Id, payload: CreditGrant, request: Request, db: Database) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    user.credit += payload.amount
    db.commit()
    security_event("credit granted", request, user=user.id)
    return user


@internal_app.post("/vouchers/{number}")
def make_voucher(number: Id) -> VoucherOut:
    return VoucherOut(voucher=giftcards.encode_voucher(number))


@internal_app.get("/terminals/key-size")
def terminal_key_size() -> KeySize:
    return KeySize(bits=giftcards.new_terminal_key().key_size)
