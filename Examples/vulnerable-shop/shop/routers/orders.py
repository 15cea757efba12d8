from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from shop.dependencies import CurrentUser, Database, optional_token, till_user
from shop.models import Order, User
from shop.schemas import GiftNote, OrderCreate, OrderOut, OrderStatus, OrderUpdate
from shop.services import invoices, orders

router = APIRouter(prefix="/orders", tags=["orders"])


@router.post("", response_model=OrderOut, status_code=status.HTTP_201_CREATED)
def create_order(payload: OrderCreate, user: CurrentUser, db: Database) -> Order:
    return orders.place_order(db, user, payload)


@router.get("", response_model=list[OrderOut])
def list_orders(user: CurrentUser, db: Database) -> list[Order]:
    return list(db.scalars(select(Order).where(Order.owner_id == user.id)))


@router.get("/track", response_model=list[OrderStatus])
def track_orders(
    email: str, db: Database, token: Annotated[str | None, Depends(optional_token)]
) -> list[Order]:
    return list(db.scalars(select(Order).join(User).where(User.email == email)))


@router.get("/{order_id}", response_model=OrderOut)
def read_order(order_id: int, user: CurrentUser, db: Database) -> Order:
    order = db.get(Order, order_id)
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such order")
    return order


@router.patch("/{order_id}", response_model=OrderOut)
def update_order(order_id: int, payload: OrderUpdate, user: CurrentUser, db: Database) -> Order:
    return orders.change_order(db, order_id, payload)


@router.post("/{order_id}/cancel", response_model=OrderOut)
def cancel_order(order_id: int, user: CurrentUser, db: Database) -> Order:
    order = orders.find_own_order(db, order_id, user)
    if order.status != "open":
        raise HTTPException(status.HTTP_409_CONFLICT, "Order can't be cancelled any more")
    order.status = "cancelled"
    db.commit()
    return order


@router.post("/{order_id}/pickup", response_model=OrderOut)
def hand_over(order_id: int, staff: Annotated[User, Depends(till_user)], db: Database) -> Order:
    order = orders.find_order(db, order_id)
    order.status = "collected"
    db.commit()
    return order


@router.get("/{order_id}/invoice")
def read_invoice(order_id: int, user: CurrentUser, db: Database) -> HTMLResponse:
    order = orders.find_own_order(db, order_id, user)
    return HTMLResponse(invoices.render_invoice(order))


@router.post("/{order_id}/gift-note")
def write_gift_note(order_id: int, payload: GiftNote, user: CurrentUser, db: Database) -> dict:
    order = orders.find_own_order(db, order_id, user)
    order.gift_note = invoices.render_gift_note(payload.template, order)
    db.commit()
    return {"gift_note": order.gift_note}
