import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import select

from shop.config import BASE_DIR
from shop.dependencies import Database
from shop.models import Item, Review

logger = logging.getLogger(__name__)
router = APIRouter(tags=["pages"])
templates = Jinja2Templates(directory=BASE_DIR / "shop" / "templates")


@router.get("/", response_class=HTMLResponse)
def home(request: Request, db: Database) -> HTMLResponse:
    items = list(db.scalars(select(Item).order_by(Item.name).limit(20)))
    return templates.TemplateResponse(request, "home.html", {"items": items})


@router.get("/pages/items/{item_id}", response_class=HTMLResponse)
def item_page(item_id: int, request: Request, db: Database) -> HTMLResponse:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    reviews = list(db.scalars(select(Review).where(Review.item_id == item_id)))
    return templates.TemplateResponse(request, "item.html", {"item": item, "reviews": reviews})


@router.get("/pages/search", response_class=HTMLResponse)
def search_page(q: str = "") -> HTMLResponse:
    return HTMLResponse(f"<h1>Results for {q}</h1><p>Nothing found, try another word.</p>")


@router.get("/pages/goto")
def goto(url: str) -> RedirectResponse:
    return RedirectResponse(url)


@router.get("/pages/theme")
def set_theme(name: str, request: Request, response: Response) -> dict:
    request.session["theme"] = name
    response.headers["Set-Cookie"] = f"theme={name}; Path=/"
    return {"theme": name}


@router.post("/pages/contact", response_class=HTMLResponse)
def contact(
    request: Request, name: Annotated[str, Form()], message: Annotated[str, Form()]
) -> HTMLResponse:
    logger.info(f"contact form: {name} wrote {message}")
    return templates.TemplateResponse(request, "thanks.html", {"name": name})
