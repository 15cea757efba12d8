"""What comes back: models by argument and by annotation, status codes, tags and classes."""

from collections.abc import AsyncIterator
from enum import Enum, IntEnum
from http import HTTPStatus
from typing import Any, Generic, List, Optional, TypeVar, Union

from fastapi import APIRouter, FastAPI, Response, status
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from pydantic import BaseModel

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: List[T]
    total: int = 0


class Item(BaseModel):
    name: str


class Tag(Enum):
    items = "items"


class Code(IntEnum):
    made = 201


def outer():
    class Local(BaseModel):
        x: int

    return Local


Local = outer()
app = FastAPI()
router = APIRouter(prefix="/things", tags=["things"], deprecated=True, default_response_class=PlainTextResponse)


@app.get("/annotated")
def annotated() -> Item: ...


@app.get("/argument", response_model=List[Item])
def argument() -> Any: ...


@app.get("/off", response_model=None)
def off() -> Item: ...


@app.get("/optional", tags=[Tag.items, "more"])
def optional() -> Optional[Item]: ...


@app.get("/union")
def union() -> Union[Item, Page[Item], None]: ...


@app.get("/page", response_model=Page[Item])
def page(): ...


@app.get("/page-of-lists")
def page_of_lists() -> Page[dict[str, Optional[int]]]: ...


@app.get("/list-of-pages")
def list_of_pages() -> list[Page[Local]]: ...


@app.get("/response")
def response() -> Response: ...


@app.get("/redirect", response_class=RedirectResponse, status_code=302)
def redirect() -> RedirectResponse: ...


@app.get("/html", response_class=HTMLResponse)
def html() -> str: ...


@app.delete("/gone", status_code=status.HTTP_204_NO_CONTENT)
def gone() -> None: ...


@app.post("/made", status_code=HTTPStatus.CREATED, deprecated=True, include_in_schema=False)
def made(): ...


@app.post("/made-too", status_code=Code.made, operation_id="makeToo", summary="Make", response_model_exclude_unset=True)
async def made_too() -> dict: ...


@app.get("/forward")
def forward() -> "Item": ...


@router.get("/", include_in_schema=False)
def things() -> list[Local]: ...


@router.get("/local", tags=["local"], response_class=JSONResponse)
def local() -> dict[str, list[int | None]]: ...


app.include_router(router, tags=["included"], prefix="/v1")
