"""What the shop needs in its database before the first request."""

from sqlalchemy import select

from shop.database import Base, SessionLocal, engine
from shop.models import Item

STOCK = [
    ("Beech chopping board", "Oiled, with a groove", 34.0, 40, "north", 12.5),
    ("Linen tea towel", "Washed linen, two pieces", 18.5, 120, "north", 6.0),
    ("Cast iron pan", "26 cm, pre-seasoned", 64.0, 25, "south", 31.0),
    ("Stoneware bowl", "Glazed by hand", 22.0, 80, "south", 7.2),
    ("Brass candlestick", "20 cm", 41.0, 15, "north", 17.9),
]


def prepare_database() -> None:
    Base.metadata.create_all(engine)
    with SessionLocal() as db:
        if db.scalar(select(Item.id).limit(1)) is None:
            db.add_all(
                Item(
                    name=name,
                    description=text,
                    price=price,
                    stock=stock,
                    region=region,
                    cost_price=cost,
                )
                for name, text, price, stock, region, cost in STOCK
            )
        db.commit()
