import json
import logging
import random
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import select

from shop.config import BASE_DIR
from shop.dependencies import Database, refuse_foreign_origin
from shop.limits import Throttle
from shop.models import Item, Review
from shop.routers.sso import LANDING_PAGES
from shop.schemas import ContactForm, Id, Landing, Theme, ThemeOut

logger = logging.getLogger(__name__)
router = APIRouter(tags=["pages"])
templates = Jinja2Templates(directory=BASE_DIR / "shop" / "templates")
contact_throttle = Throttle("contact", times=10)


@router.get("/", response_class=HTMLResponse)
def home(request: Request, db: Database) -> HTMLResponse:
    items = list(db.scalars(select(Item).order_by(Item.name).limit(20)))
    random.shuffle(items)
    return templates.TemplateResponse(request, "home.html", {"items": items})


@router.get("/pages/items/{item_id}", response_class=HTMLResponse)
def item_page(item_id: Id, request: Request, db: Database) -> HTMLResponse:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    reviews = list(db.scalars(select(Review).where(Review.item_id == item_id).limit(100)))
    return templates.TemplateResponse(request, "item.html", {"item": item, "reviews": reviews})


@router.get("/pages/search", response_class=HTMLResponse)
def search_page(request: Request, q: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    return templates.TemplateResponse(request, "search.html", {"q": q})


@router.get("/pages/goto", response_class=RedirectResponse)
def goto(url: Landing) -> RedirectResponse:
    return RedirectResponse(LANDING_PAGES[url])


@router.get("/pages/theme")
def set_theme(name: Theme, response: Response) -> ThemeOut:
    response.set_cookie("theme", name.value, secure=True, httponly=True, samesite="lax")
    return ThemeOut(theme=name)


@router.post(
    "/pages/contact",
    response_class=HTMLResponse,
    dependencies=[Depends(refuse_foreign_origin), Depends(contact_throttle)],
)
def contact(request: Request, form: Annotated[ContactForm, Form()]) -> HTMLResponse:
    logger.info("contact form: %s", json.dumps({"name": form.name, "message": form.message}))
    return templates.TemplateResponse(request, "thanks.html", {"name": form.name})
