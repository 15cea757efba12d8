import secrets

from fastapi import HTTPException, status
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.models import Item, Order, OrderLine, User
from shop.schemas import OrderCreate, OrderUpdate


def not_found() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "No such order")


def place_order(db: Session, user: User, payload: OrderCreate) -> Order:
    order = Order(
        number=f"LK-{secrets.token_hex(6)}",
        owner_id=user.id,
        shipping_address=payload.shipping_address or user.address,
    )
    for line in payload.lines:
        item = db.get(Item, line.item_id)
        if item is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
        taken = db.execute(
            update(Item)
            .where(Item.id == item.id, Item.stock >= line.quantity)
            .values(stock=Item.stock - line.quantity)
        )
        if taken.rowcount != 1:
            raise HTTPException(status.HTTP_409_CONFLICT, "Not enough in stock")
        order.lines.append(
            OrderLine(item_id=item.id, quantity=line.quantity, unit_price=item.price)
        )
    order.total = round(sum(line.quantity * line.unit_price for line in order.lines), 2)
    db.add(order)
    db.commit()
    return order


def find_own_order(db: Session, order_id: int, user: User) -> Order:
    order = db.scalar(select(Order).where(Order.id == order_id, Order.owner_id == user.id))
    if order is None:
        raise not_found()
    return order


def change_order(db: Session, order_id: int, user: User, payload: OrderUpdate) -> Order:
    order = find_own_order(db, order_id, user)
    if order.status != "open":
        raise HTTPException(status.HTTP_409_CONFLICT, "Order can't be changed any more")
    for name, value in payload.model_dump(exclude_none=True).items():
        setattr(order, name, value)
    db.commit()
    return order
