from datetime import UTC
from string import Template
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, select_autoescape

from shop.config import BASE_DIR
from shop.models import Order

STORE_TIME = ZoneInfo("Europe/Helsinki")

environment = Environment(
    loader=FileSystemLoader(BASE_DIR / "shop" / "templates"),
    autoescape=select_autoescape(["html"]),
)


def render_invoice(order: Order) -> str:
    date = order.created_at.replace(tzinfo=UTC).astimezone(STORE_TIME).date()
    template = environment.get_template("invoice.html")
    return template.render(order=order, customer=order.owner, date=date)


def render_gift_note(source: str, order: Order) -> str:
    """Fills in `$number` and `$name`, all else stays as the customer wrote it."""
    note = Template(source)
    return note.safe_substitute(number=order.number, name=order.owner.full_name)[:400]
