"""Endpoints for our own jobs, reached through the same port under /internal."""

from fastapi import FastAPI, HTTPException, status
from fastapi.middleware.cors import CORSMiddleware
from sqlalchemy import select

from shop.config import get_settings
from shop.dependencies import Database
from shop.models import Item, User
from shop.services import giftcards

internal_app = FastAPI(title="Larkspur internal")
internal_app.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https?://.*larkspur.example",
    allow_credentials=True,
)


@internal_app.get("/stock")
def stock_levels(db: Database) -> list[dict]:
    return [{"id": item.id, "stock": item.stock} for item in db.scalars(select(Item))]


@internal_app.post("/stock/{item_id}")
def set_stock(item_id: int, stock: int, db: Database) -> dict:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    item.stock = stock
    db.commit()
    return {"id": item.id, "stock": item.stock}


@internal_app.post("/credit/{user_id}")
def grant_credit(user_id: int, amount: float, db: Database) -> dict:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    user.credit += amount
    db.commit()
    return {"id": user.id, "credit": user.credit}


@internal_app.post("/vouchers/{number}")
def make_voucher(number: int) -> dict:
    key = (get_settings().key_dir / "warehouse").read_bytes()
    return {"voucher": giftcards.encode_voucher(number, key[:16])}


@internal_app.get("/terminals/key-size")
def terminal_key_size() -> dict:
    return {"bits": giftcards.new_terminal_key().key_size}
