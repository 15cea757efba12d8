from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import Path
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    SecretStr,
    StringConstraints,
)

PASSWORD_MIN_LENGTH = 12
PASSWORD_MAX_LENGTH = 128

Id = Annotated[int, Path(ge=1, le=2**31)]
RowId = Annotated[int, Field(ge=1, le=2**31)]
Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(str.lower)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Line = Annotated[str, Field(max_length=200)]
Paragraph = Annotated[str, Field(max_length=2000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Url = Annotated[str, Field(min_length=8, max_length=500)]
Token = Annotated[str, Field(min_length=20, max_length=2048)]
Price = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Quantity = Annotated[int, Field(ge=1, le=100)]
NewPassword = Annotated[
    SecretStr, Field(min_length=PASSWORD_MIN_LENGTH, max_length=PASSWORD_MAX_LENGTH)
]


class Role(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    ADMIN = "admin"


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Output(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Detail(Output):
    detail: str


class UserCreate(Input):
    email: Email
    password: NewPassword
    full_name: Name


class LoginForm(Input):
    grant_type: Literal["password"] = "password"
    username: Email
    password: NewPassword


class ProfileUpdate(Input):
    full_name: Name | None = None
    address: Line | None = None


class UserOut(Output):
    id: int
    email: str
    full_name: str
    role: Role
    is_active: bool


class UserDetail(UserOut):
    credit: float
    address: str
    created_at: datetime


class SessionOut(Output):
    id: int
    email: str
    role: Role


class StaffCreate(Input):
    email: Email
    full_name: Name
    password: NewPassword
    role: Role = Role.STAFF


class RoleChange(Input):
    role: Role


class TokenPair(Output):
    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"


class RefreshRequest(Input):
    refresh_token: Token


class ForgotPassword(Input):
    email: Email


class ResetPassword(Input):
    email: Email
    code: Annotated[SecretStr, Field(min_length=20, max_length=100)]
    new_password: NewPassword


class Verified(Output):
    email: str
    verified: bool


class ItemIn(Input):
    name: Name
    description: Paragraph = ""
    price: Price
    stock: Annotated[int, Field(ge=0, le=100_000)] = 0


class ItemOut(Output):
    id: int
    name: str
    description: str
    price: float
    stock: int


class SortKey(StrEnum):
    ID = "id"
    NAME = "name"
    PRICE = "price"


class Region(StrEnum):
    NORTH = "north"
    SOUTH = "south"


class ItemFeed(Input):
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=500)]


class ReviewIn(Input):
    body: Paragraph


class ReviewOut(Output):
    id: int
    author: str
    body: str


class PricePlan(StrEnum):
    LIST = "list"
    TRADE = "trade"


class QuoteRequest(Input):
    plan: PricePlan = PricePlan.LIST
    quantity: Quantity = 1


class Quote(Output):
    total: float


class OrderLineIn(Input):
    item_id: RowId
    quantity: Quantity = 1


class OrderCreate(Input):
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=50)]
    shipping_address: Line = ""


class OrderUpdate(Input):
    shipping_address: Line | None = None
    gift_note: Line | None = None


class OrderLineOut(Output):
    item_id: int
    quantity: int
    unit_price: float


class OrderOut(Output):
    id: int
    number: str
    status: str
    total: float
    shipping_address: str
    gift_note: str
    lines: list[OrderLineOut]


class OrderStatus(Output):
    number: str
    status: str


class OrderTotal(Output):
    number: str
    total: float


class GiftNote(Input):
    template: Line


class GiftNoteOut(Output):
    gift_note: str


class CardDetails(Input):
    number: Annotated[SecretStr, Field(min_length=12, max_length=19)]
    expiry: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])/\d{2}$")]
    holder: Annotated[str, Field(max_length=120)] = ""


class PaymentCreate(Input):
    order_id: RowId
    card: CardDetails


class PaymentOut(Output):
    id: int
    order_id: int
    amount: float
    card_last4: str
    status: str
    reference: str


class WalletOut(Output):
    wallet: str


class GiftCardCreate(Input):
    amount: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)]


class GiftCardOut(Output):
    code: str
    amount: float


class GiftCardRedeem(Input):
    code: Annotated[str, Field(pattern=r"^[A-Z2-7]{32}$")]


class CreditOut(Output):
    credit: float


class RefundRequest(Input):
    payment_id: RowId


class RefundOut(Output):
    id: int
    status: str


class WebhookCreate(Input):
    url: Url


class WebhookOut(Output):
    id: int
    status: int


class Preview(Output):
    status: int
    body: str


class AvatarRequest(Input):
    url: Url


class ShopEvent(Input):
    type: Slug
    payload: Annotated[dict[Slug, Line], Field(max_length=20)] = {}


class Published(Output):
    targets: int


class BillingEvent(Input):
    order: Annotated[str, Field(max_length=32)]
    status: Literal["paid", "refunded", "failed"]


class Received(Output):
    received: bool


class PingTarget(StrEnum):
    LOCALHOST = "localhost"
    BILLING = "billing.larkspur.example"
    DIRECTORY = "directory.larkspur.example"


class PingRequest(Input):
    host: PingTarget


class PingOut(Output):
    output: str


class CacheSnapshot(Input):
    entries: Annotated[dict[Slug, Price], Field(max_length=1000)]


class CacheOut(Output):
    entries: int


class AuditOut(Output):
    actor: str
    action: str


class Metrics(Output):
    users: int
    orders: int
    revenue: float


class PublicSettings(Output):
    app_name: str
    environment: str
    publish_schema: bool


class PartnerCreate(Input):
    name: Name
    contact: Email
    password: NewPassword
    role: Literal["reader", "manager"] = "reader"


class PartnerLogin(Input):
    name: Name
    password: NewPassword


class PartnerOut(Output):
    id: int
    name: str
    contact: str
    role: str


class PartnerToken(Output):
    token: str


class StockOut(Output):
    id: int
    stock: int


class StockChange(Input):
    stock: Annotated[int, Field(ge=0, le=100_000)]


class CreditGrant(Input):
    amount: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)]


class VoucherOut(Output):
    voucher: str


class KeySize(Output):
    bits: int


Cell = Annotated[str, Field(max_length=200)] | Annotated[int, Field(ge=-(10**9), le=10**9)]


class ExportRequest(Input):
    name: Slug
    rows: Annotated[list[Annotated[dict[Slug, Cell], Field(max_length=40)]], Field(max_length=1000)]


class ExportOut(Output):
    name: str


class ReportName(StrEnum):
    OPEN = "open"
    PAID = "paid"


class Report(Output):
    report: str
    orders: list[OrderTotal]


class Finance(Output):
    report: Literal["finance"] = "finance"
    paid: float


class Sales(Output):
    total: float
    orders: int


class QueryName(StrEnum):
    STOCK_VALUE = "stock-value"
    BEST_SELLERS = "best-sellers"


class QueryRow(Output):
    label: str
    value: float


class FileOut(Output):
    id: int
    name: str
    size: int


class ArchiveOut(Output):
    names: list[str]


class ShareLink(Output):
    link: str


class ChatMessageIn(Input):
    body: Annotated[str, Field(min_length=1, max_length=1000)]


class ChatMessageOut(Output):
    author: str
    body: str


class StaffEntry(Output):
    name: str
    title: str


class ActivityFilter(Input):
    user: RowId | None = None
    action: Annotated[str, Field(max_length=60)] | None = None


class ActivityEntry(Output):
    user: int
    action: str


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class ThemeOut(Output):
    theme: Theme


class Landing(StrEnum):
    HOME = "home"
    DELIVERY = "delivery"
    MAKERS = "makers"


class ContactForm(Input):
    name: Name
    message: Paragraph


class Health(Output):
    status: Literal["ok"] = "ok"
