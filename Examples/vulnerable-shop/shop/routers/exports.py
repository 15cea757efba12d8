from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from sqlalchemy import select

from shop.dependencies import Database
from shop.models import Order, User

router = APIRouter(prefix="/exports", tags=["exports"])


@router.get("/customers.csv")
def export_customers(db: Database) -> PlainTextResponse:
    users = db.scalars(select(User).where(User.role == "customer"))
    return PlainTextResponse("\n".join(f"{user.email},{user.full_name}" for user in users))


@router.get("/orders.csv")
def export_orders(db: Database) -> PlainTextResponse:
    orders = db.scalars(select(Order))
    return PlainTextResponse("\n".join(f"{order.number},{order.total}" for order in orders))
