import pytz
from jinja2 import Environment, FileSystemLoader, Template

from shop.config import BASE_DIR
from shop.models import Order

STORE_TIME = pytz.timezone("Europe/Helsinki")

environment = Environment(loader=FileSystemLoader(BASE_DIR / "shop" / "templates"))


def render_invoice(order: Order) -> str:
    date = pytz.utc.localize(order.created_at).astimezone(STORE_TIME).date()
    template = environment.get_template("invoice.html")
    return template.render(order=order, customer=order.owner, date=date)


def render_gift_note(source: str, order: Order) -> str:
    note = Template(source, autoescape=True)
    return note.render(number=order.number, name=order.owner.full_name)
