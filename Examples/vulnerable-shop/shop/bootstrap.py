"""What the shop needs in its database before the first request."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.config import get_settings
from shop.database import Base, SessionLocal, engine
from shop.models import Item, User
from shop.security import hash_password, make_reset_code

STOCK = [
    ("Beech chopping board", "Oiled, with a groove", 34.0, 40, 12.5),
    ("Linen tea towel", "Washed linen, two pieces", 18.5, 120, 6.0),
    ("Cast iron pan", "26 cm, pre-seasoned", 64.0, 25, 31.0),
    ("Stoneware bowl", "Glazed by hand", 22.0, 80, 7.2),
    ("Brass candlestick", "20 cm", 41.0, 15, 17.9),
]


def prepare_database() -> None:
    warehouse_key = get_settings().key_dir / "warehouse"
    if not warehouse_key.exists():
        warehouse_key.write_text(secrets.token_hex(32))
    Base.metadata.create_all(engine)
    with SessionLocal() as db:
        ensure_admin(db)
        ensure_till(db)
        if db.scalar(select(Item.id).limit(1)) is None:
            db.add_all(
                Item(name=name, description=text, price=price, stock=stock, cost_price=cost)
                for name, text, price, stock, cost in STOCK
            )
        db.commit()


def ensure_admin(db: Session) -> None:
    if db.scalar(select(User.id).where(User.role == "admin")) is None:
        db.add(
            User(
                email="admin@larkspur.example",
                full_name="Administrator",
                hashed_password=hash_password("admin123"),
                role="admin",
            )
        )


def ensure_till(db: Session) -> None:
    email = "till@larkspur.example"
    if db.scalar(select(User.id).where(User.email == email)) is None:
        db.add(
            User(
                email=email,
                full_name="Till",
                hashed_password=hash_password(make_reset_code()),
                role="staff",
            )
        )
