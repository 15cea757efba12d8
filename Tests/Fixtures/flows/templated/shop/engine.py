"""What renders: the environments of the shop."""

from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, PackageLoader, select_autoescape

BASE = Path(__file__).resolve().parent
templates = Jinja2Templates(directory=BASE / "pages")
plain = Environment(loader=FileSystemLoader("shop/pages"))
selected = Environment(loader=PackageLoader("shop", "pages"), autoescape=select_autoescape(["j2"]))
always = Environment(loader=FileSystemLoader(str(BASE / "mails")), autoescape=True)
over = Jinja2Templates(env=plain)


def render(request, file, context=None, **more):
    values = {"request": request, **(context or {}), **more}
    return templates.TemplateResponse(request, file, values)


def page(request, body):
    return render(request, "marked.html", {"name": body, "title": "Shop"})


class Renderer:
    def __init__(self):
        self.templates = Jinja2Templates(directory="admin/pages")

    def show(self, request, name, context):
        return self.templates.TemplateResponse(request=request, name=name, context=context)
