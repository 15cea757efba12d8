from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class UserCreate(BaseModel):
    model_config = ConfigDict(extra="allow")

    email: str
    password: str
    full_name: str = ""


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    full_name: str
    role: str
    is_active: bool


class UserDetail(UserOut):
    hashed_password: str
    credit: float
    address: str
    created_at: datetime


class StaffCreate(BaseModel):
    email: str
    full_name: str = ""
    password: str = Field(min_length=10)
    role: str = "staff"


class RoleChange(BaseModel):
    role: str


class TokenPair(BaseModel):
    access_token: str
    refresh_token: str
    token_type: str = "bearer"


class RefreshRequest(BaseModel):
    refresh_token: str


class ForgotPassword(BaseModel):
    email: str


class ResetPassword(BaseModel):
    email: str
    code: str
    new_password: str = Field(min_length=8)


class ItemIn(BaseModel):
    name: str
    description: str = ""
    price: float
    stock: int = 0


class ItemOut(ItemIn):
    model_config = ConfigDict(from_attributes=True)

    id: int


class ReviewIn(BaseModel):
    body: str


class ReviewOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    author: str
    body: str


class QuoteRequest(BaseModel):
    formula: str = "price * quantity"
    quantity: int = 1


class OrderLineIn(BaseModel):
    item_id: int
    quantity: int = 1
    unit_price: float | None = None


class OrderCreate(BaseModel):
    lines: list[OrderLineIn]
    shipping_address: str = ""


class OrderUpdate(BaseModel):
    shipping_address: str | None = None
    gift_note: str | None = None


class OrderLineOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    item_id: int
    quantity: int
    unit_price: float


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    number: str
    status: str
    total: float
    shipping_address: str
    gift_note: str
    lines: list[OrderLineOut] = []


class OrderStatus(BaseModel):
    number: str
    status: str


class GiftNote(BaseModel):
    template: str


class CardDetails(BaseModel):
    number: str
    expiry: str
    holder: str = ""


class PaymentCreate(BaseModel):
    order_id: int
    card: CardDetails


class PaymentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    order_id: int
    amount: float
    card_last4: str
    status: str
    reference: str


class GiftCardCreate(BaseModel):
    amount: float


class GiftCardRedeem(BaseModel):
    code: str


class RefundRequest(BaseModel):
    payment_id: int


class WebhookCreate(BaseModel):
    url: str


class AvatarRequest(BaseModel):
    url: str


class ShopEvent(BaseModel):
    type: str
    payload: dict[str, Any] = {}


class PingRequest(BaseModel):
    host: str


class CacheSnapshot(BaseModel):
    data: str


class PartnerCreate(BaseModel):
    name: str
    contact: str
    password: str = Field(min_length=8)


class PartnerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    contact: str


class ExportRequest(BaseModel):
    name: str
    rows: list[dict[str, Any]]


class ChatMessageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    author: str
    body: str
