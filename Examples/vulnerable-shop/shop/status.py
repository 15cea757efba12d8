"""The status page's backend, a process of its own."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from sqlalchemy import func, select

from shop.database import SessionLocal
from shop.models import Order

app = FastAPI(title="Larkspur status")
app.add_middleware(CORSMiddleware, allow_origins=["*"])


@app.get("/")
def read_root() -> dict:
    return {"status": "up"}


@app.get("/orders/{state}")
def count_orders(state: str) -> dict:
    with SessionLocal() as db:
        count = db.scalar(select(func.count(Order.id)).where(Order.status == state))
    return {"state": state, "count": count}
