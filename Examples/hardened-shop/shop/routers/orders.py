from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from shop.dependencies import CurrentUser, Database, terminal_user
from shop.limits import Throttle
from shop.models import Order, User
from shop.schemas import (
    GiftNote,
    GiftNoteOut,
    Id,
    OrderCreate,
    OrderOut,
    OrderStatus,
    OrderUpdate,
)
from shop.services import invoices, orders

router = APIRouter(prefix="/orders", tags=["orders"])
order_throttle = Throttle("orders", times=60)


@router.post(
    "",
    response_model=OrderOut,
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(order_throttle)],
)
def create_order(payload: OrderCreate, user: CurrentUser, db: Database) -> Order:
    return orders.place_order(db, user, payload)


@router.get("", response_model=list[OrderOut])
def list_orders(user: CurrentUser, db: Database) -> list[Order]:
    own = select(Order).where(Order.owner_id == user.id).order_by(Order.id.desc())
    return list(db.scalars(own.limit(100)))


@router.get("/track", response_model=list[OrderStatus])
def track_orders(user: CurrentUser, db: Database) -> list[Order]:
    own = select(Order).where(Order.owner_id == user.id, Order.status != "collected")
    return list(db.scalars(own.limit(100)))


@router.get("/{order_id}", response_model=OrderOut)
def read_order(order_id: Id, user: CurrentUser, db: Database) -> Order:
    return orders.find_own_order(db, order_id, user)


@router.patch("/{order_id}", response_model=OrderOut)
def update_order(order_id: Id, payload: OrderUpdate, user: CurrentUser, db: Database) -> Order:
    return orders.change_order(db, order_id, user, payload)


@router.post("/{order_id}/cancel", response_model=OrderOut)
def cancel_order(order_id: Id, user: CurrentUser, db: Database) -> Order:
    order = orders.find_own_order(db, order_id, user)
    if order.status != "open":
        raise HTTPException(status.HTTP_409_CONFLICT, "Order can't be cancelled any more")
    order.status = "cancelled"
    db.commit()
    return order


@router.post("/{order_id}/pickup", response_model=OrderOut)
def hand_over(order_id: Id, staff: Annotated[User, Depends(terminal_user)], db: Database) -> Order:
    order = db.get(Order, order_id)
    if order is None:
        raise orders.not_found()
    if order.status != "paid":
        raise HTTPException(status.HTTP_409_CONFLICT, "Order is not paid")
    order.status = "collected"
    db.commit()
    return order


@router.get("/{order_id}/invoice", response_class=HTMLResponse)
def read_invoice(order_id: Id, user: CurrentUser, db: Database) -> HTMLResponse:
    order = orders.find_own_order(db, order_id, user)
    return HTMLResponse(invoices.render_invoice(order))


@router.post("/{order_id}/gift-note")
def write_gift_note(
    order_id: Id, payload: GiftNote, user: CurrentUser, db: Database
) -> GiftNoteOut:
    order = orders.find_own_order(db, order_id, user)
    order.gift_note = invoices.render_gift_note(payload.template, order)
    db.commit()
    return GiftNoteOut(gift_note=order.gift_note)
