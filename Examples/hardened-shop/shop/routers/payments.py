import secrets

from fastapi import APIRouter, Depends, HTTPException, Request, status
from sqlalchemy import select, update

from shop import security
from shop.audit import security_event
from shop.dependencies import CurrentUser, Database, Staff, verify_refund_key
from shop.limits import Throttle
from shop.models import GiftCard, Order, Payment
from shop.schemas import (
    CardDetails,
    CreditOut,
    GiftCardCreate,
    GiftCardOut,
    GiftCardRedeem,
    Id,
    PaymentCreate,
    PaymentOut,
    RefundOut,
    RefundRequest,
    WalletOut,
)
from shop.services import billing, giftcards, orders

router = APIRouter(prefix="/payments", tags=["payments"])
payment_throttle = Throttle("payments", times=20)
gift_card_throttle = Throttle("gift cards", times=10)


@router.post(
    "",
    response_model=PaymentOut,
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(payment_throttle)],
)
def pay(payload: PaymentCreate, user: CurrentUser, db: Database) -> Payment:
    order = orders.find_own_order(db, payload.order_id, user)
    claimed = db.execute(
        update(Order).where(Order.id == order.id, Order.status == "open").values(status="paying")
    )
    if claimed.rowcount != 1:
        raise HTTPException(status.HTTP_409_CONFLICT, "Order is not open")
    try:
        charge = billing.charge(order.total, payload.card.number, order.number)
    except billing.BillingError as error:
        db.rollback()
        raise HTTPException(status.HTTP_502_BAD_GATEWAY, "Payment is not possible now") from error
    payment = Payment(
        order_id=order.id,
        amount=order.total,
        card_last4=payload.card.number.get_secret_value()[-4:],
        status=charge.status,
        reference=charge.reference,
    )
    order.status = "paid"
    db.add(payment)
    db.commit()
    return payment


@router.get("/{payment_id}", response_model=PaymentOut)
def read_payment(payment_id: Id, user: CurrentUser, db: Database) -> Payment:
    payment = db.scalar(
        select(Payment).join(Order).where(Payment.id == payment_id, Order.owner_id == user.id)
    )
    if payment is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such payment")
    return payment


@router.post("/wallet-token", dependencies=[Depends(payment_throttle)])
def wallet_token(card: CardDetails, user: CurrentUser) -> WalletOut:
    """The token names the wallet; the card stays with the payment service."""
    wallet = secrets.token_urlsafe(16)
    return WalletOut(wallet=security.create_wallet_token(user.id, wallet))


@router.post("/gift-cards", status_code=status.HTTP_201_CREATED)
def sell_gift_card(payload: GiftCardCreate, staff: Staff, db: Database) -> GiftCardOut:
    code = giftcards.new_card_code()
    card = GiftCard(code_digest=giftcards.card_digest(code), amount=payload.amount)
    db.add(card)
    db.commit()
    return GiftCardOut(code=code, amount=card.amount)


@router.post("/gift-cards/redeem", dependencies=[Depends(gift_card_throttle)])
def redeem_gift_card(
    payload: GiftCardRedeem, user: CurrentUser, request: Request, db: Database
) -> CreditOut:
    digest = giftcards.card_digest(payload.code)
    card = db.scalar(select(GiftCard).where(GiftCard.code_digest == digest))
    redeemed = db.execute(
        update(GiftCard)
        .where(GiftCard.code_digest == digest, GiftCard.redeemed.is_(False))
        .values(redeemed=True)
    )
    if card is None or redeemed.rowcount != 1:
        security_event("gift card refused", request, user=user.id)
        raise HTTPException(status.HTTP_404_NOT_FOUND, "This card can't be redeemed")
    user.credit += card.amount
    db.commit()
    return CreditOut(credit=user.credit)


@router.post("/refund", dependencies=[Depends(verify_refund_key)])
def refund(payload: RefundRequest, staff: Staff, request: Request, db: Database) -> RefundOut:
    refunded = db.execute(
        update(Payment)
        .where(Payment.id == payload.payment_id, Payment.status == "captured")
        .values(status="refunded")
    )
    if refunded.rowcount != 1:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such payment")
    db.commit()
    security_event("refund", request, payment=payload.payment_id, by=staff.id)
    return RefundOut(id=payload.payment_id, status="refunded")
