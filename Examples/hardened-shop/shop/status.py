"""The status page's backend, a process of its own."""

from fastapi import Depends, FastAPI
from sqlalchemy import func, select

from shop.config import get_settings
from shop.database import SessionLocal
from shop.dependencies import verify_internal_token
from shop.hardening import harden
from shop.models import Order
from shop.schemas import Health, Output, ReportName


class OrderCount(Output):
    state: ReportName
    count: int


status_app = FastAPI(
    title="Larkspur status",
    openapi_url=None,
    docs_url=None,
    redoc_url=None,
    dependencies=[Depends(verify_internal_token)],
    max_body_size=1_000,
)


@status_app.get("/")
def read_root() -> Health:
    return Health()


@status_app.get("/orders/{state}")
def count_orders(state: ReportName) -> OrderCount:
    with SessionLocal() as db:
        count = db.scalar(select(func.count(Order.id)).where(Order.status == state.value))
    return OrderCount(state=state, count=count or 0)


app = harden(status_app, get_settings())
