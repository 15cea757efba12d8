from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy import select, update

from shop import security
from shop.dependencies import CurrentUser, Database, Staff, verify_refund_key
from shop.models import GiftCard, Order, Payment
from shop.schemas import (
    CardDetails,
    GiftCardCreate,
    GiftCardRedeem,
    PaymentCreate,
    PaymentOut,
    RefundRequest,
)
from shop.services import billing, giftcards, orders

router = APIRouter(prefix="/payments", tags=["payments"])


@router.post("", response_model=PaymentOut, status_code=status.HTTP_201_CREATED)
def pay(payload: PaymentCreate, user: CurrentUser, db: Database) -> Payment:
    order = orders.find_own_order(db, payload.order_id, user)
    if order.status != "open":
        raise HTTPException(status.HTTP_409_CONFLICT, "Order is not open")
    result = billing.charge(order.total, payload.card.number, order.number)
    payment = Payment(
        order_id=order.id,
        amount=order.total,
        card_last4=payload.card.number[-4:],
        status=result["status"],
        reference=result["reference"],
    )
    order.status = "paid"
    db.add(payment)
    db.commit()
    return payment


@router.get("/{payment_id}", response_model=PaymentOut)
def read_payment(payment_id: int, user: CurrentUser, db: Database) -> Payment:
    payment = db.scalar(
        select(Payment).join(Order).where(Payment.id == payment_id, Order.owner_id == user.id)
    )
    if payment is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such payment")
    return payment


@router.post("/wallet-token")
def wallet_token(card: CardDetails, user: CurrentUser) -> dict:
    return {"wallet": security.create_wallet_token(user.id, card.number)}


@router.post("/gift-cards", status_code=status.HTTP_201_CREATED)
def sell_gift_card(payload: GiftCardCreate, staff: Staff, db: Database) -> dict:
    number = giftcards.new_card_number()
    card = GiftCard(code=giftcards.encode_card(number), amount=payload.amount)
    db.add(card)
    db.commit()
    return {"code": card.code, "amount": card.amount}


@router.post("/gift-cards/redeem")
def redeem_gift_card(payload: GiftCardRedeem, user: CurrentUser, db: Database) -> dict:
    card = db.scalar(select(GiftCard).where(GiftCard.code == payload.code))
    if card is None or card.redeemed:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "This card can't be redeemed")
    card.redeemed = True
    user.credit += card.amount
    db.commit()
    return {"credit": user.credit}


@router.post("/refund", dependencies=[Depends(verify_refund_key)])
def refund(payload: RefundRequest, db: Database) -> dict:
    payment = db.get(Payment, payload.payment_id)
    if payment is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such payment")
    db.execute(update(Payment).where(Payment.id == payment.id).values(status="refunded"))
    db.commit()
    return {"id": payment.id, "status": "refunded"}
