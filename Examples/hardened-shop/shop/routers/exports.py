from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from sqlalchemy import select

from shop.dependencies import Admin, Database, verify_backoffice_key
from shop.models import Order, User
from shop.services.archives import to_csv

router = APIRouter(
    prefix="/exports", tags=["exports"], dependencies=[Depends(verify_backoffice_key)]
)


@router.get("/customers.csv", response_class=PlainTextResponse)
def export_customers(admin: Admin, db: Database) -> PlainTextResponse:
    users = db.scalars(select(User).where(User.role == "customer").limit(10_000))
    return PlainTextResponse(to_csv([(user.email, user.full_name) for user in users]))


@router.get("/orders.csv", response_class=PlainTextResponse)
def export_orders(admin: Admin, db: Database) -> PlainTextResponse:
    orders = db.scalars(select(Order).limit(10_000))
    return PlainTextResponse(to_csv([(order.number, order.total) for order in orders]))
