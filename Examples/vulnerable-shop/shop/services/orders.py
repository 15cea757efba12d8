import uuid

from fastapi import HTTPException, status
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Item, Order, OrderLine, User
from shop.schemas import OrderCreate, OrderUpdate


def place_order(db: Session, user: User, payload: OrderCreate) -> Order:
    order = Order(
        number=uuid.uuid4().hex[:12],
        owner_id=user.id,
        shipping_address=payload.shipping_address or user.address,
    )
    for line in payload.lines:
        item = db.get(Item, line.item_id)
        if item is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, f"No item {line.item_id}")
        price = item.price if line.unit_price is None else line.unit_price
        order.lines.append(OrderLine(item_id=item.id, quantity=line.quantity, unit_price=price))
        item.stock -= line.quantity
    order.total = round(sum(line.quantity * line.unit_price for line in order.lines), 2)
    db.add(order)
    db.commit()
    return order


def find_order(db: Session, order_id: int) -> Order:
    order = db.get(Order, order_id)
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such order")
    return order


def find_own_order(db: Session, order_id: int, user: User) -> Order:
    order = db.scalar(select(Order).where(Order.id == order_id, Order.owner_id == user.id))
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such order")
    return order


def change_order(db: Session, order_id: int, payload: OrderUpdate) -> Order:
    order = find_order(db, order_id)
    for name, value in payload.model_dump(exclude_none=True).items():
        setattr(order, name, value)
    db.commit()
    return order
