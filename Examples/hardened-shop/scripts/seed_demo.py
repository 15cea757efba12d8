"""Fills the database with one account of each role and a few orders."""

import os

from pydantic import SecretStr
from sqlalchemy import select

from shop.bootstrap import prepare_database
from shop.database import SessionLocal
from shop.models import Item, Order, OrderLine, User
from shop.security import hash_password

PEOPLE = [
    ("alice", "Alice Moreau", "customer"),
    ("bob", "Bob Lindqvist", "customer"),
    ("sam", "Sam Okafor", "staff"),
    ("admin", "Ada Voss", "admin"),
]


def main() -> None:
    prepare_database()
    password = SecretStr(os.environ["SHOP_DEMO_PASSWORD"])
    with SessionLocal() as db:
        for name, full_name, role in PEOPLE:
            email = f"{name}@larkspur.example"
            if db.scalar(select(User.id).where(User.email == email)) is not None:
                continue
            user = User(
                email=email,
                full_name=full_name,
                password_hash=hash_password(password),
                role=role,
                address="12 Mill Lane",
            )
            db.add(user)
            db.flush()
            if role == "customer":
                item = db.scalars(select(Item)).first()
                line = OrderLine(item_id=item.id, quantity=2, unit_price=item.price)
                db.add(
                    Order(
                        number=f"LK-{name}",
                        owner_id=user.id,
                        total=2 * item.price,
                        shipping_address=f"12 Mill Lane, {full_name}",
                        lines=[line],
                    )
                )
        db.commit()


if __name__ == "__main__":
    main()
