"""A small application with what documents are made of; document.json is its `app.openapi()` by FastAPI 0.165.0 and
Pydantic 2.14.4, written by `python -c "import json, app; print(json.dumps(app.app.openapi(), indent=1))"`."""

import datetime
import decimal
import enum
import uuid
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Security, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, EmailStr, Field, HttpUrl, RootModel, SecretStr, computed_field
from pydantic.alias_generators import to_camel

T = TypeVar("T")


class Kind(str, enum.Enum):
    """Kinds of items."""

    book = "book"
    toy = "toy"


class User(BaseModel):
    email: EmailStr = "a@example.com"
    password: SecretStr
    home: Optional[HttpUrl] = None


class Item(BaseModel):
    """An item.

    With details.\f Not shown.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "x"}]})

    name: str = Field(min_length=1, max_length=5, title="The name", description="What it is called")
    price: decimal.Decimal = Field(default=decimal.Decimal("1.5"), gt=0)
    kind: Kind = Kind.book
    owner: Optional[User] = None
    parts: list["Item"] = []
    tags: set[str] = set()
    made: datetime.datetime | None = None
    limits: dict[str, int] = {}
    pair: tuple[int, str] = (1, "x")
    mode: Literal["x", "y"] = "x"


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: Annotated[int, Field(ge=0)]


class Cat(BaseModel):
    type: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    type: Literal["dog", "wolf"]
    name: str = Field(alias="dogName")


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    side_length: float
    secret_code: int = Field(default=0, exclude=True)

    @computed_field
    @property
    def surface_area(self) -> float:
        """Square of the side."""
        return self.side_length**2


@dataclass
class Point:
    x: int
    y: int = 0


class Names(RootModel[list[str]]):
    pass


class Filters(BaseModel):
    limit: int = Field(100, gt=0, le=100)
    order_by: Literal["created", "updated"] = "created"


class Problem(BaseModel):
    detail: str


oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"items": "Read items", "admin": "All"})
bearer = HTTPBearer(auto_error=False)

app = FastAPI(
    title="Shop",
    version="1.2.3",
    summary="Sells things",
    contact={"name": "Us", "url": "https://example.com"},
    openapi_tags=[{"name": "items", "description": "Things"}],
    servers=[{"url": "https://api.example.com"}],
)
router = APIRouter(prefix="/items", tags=["items"], responses={404: {"description": "Gone", "model": Problem}})


def paging(skip: int = 0, limit: Annotated[int, Query(le=1000, description="How many")] = 10):
    return skip, limit


def current_user(token: str = Security(oauth2, scopes=["items"])):
    return token


@router.get("/", response_model=Page[Item])
def list_items(
    page: Annotated[tuple, Depends(paging)],
    kinds: Annotated[list[Kind] | None, Query(alias="kind", deprecated=True)] = None,
    x_token: Annotated[str | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
    user: str = Depends(current_user),
) -> Any:
    """List them.

    All of them.\fNot for the document.
    """


@router.post("/", status_code=201)
def create_item(item: Item, bearer: Any = Depends(bearer)) -> Item: ...


@router.put("/{item_id}", deprecated=True, response_description="The new one")
def change_item(
    item_id: Annotated[uuid.UUID, Path(title="Its id")], item: Item, user: User, weight: Annotated[int, Body(gt=0)]
) -> dict[str, Item]: ...


@router.delete("/{item_id}", status_code=204)
def delete_item(item_id: uuid.UUID): ...


@app.post("/pets")
def pet(pet: Annotated[Union[Cat, Dog], Field(discriminator="type")]) -> Union[Cat, Dog]: ...


@app.post("/shapes")
def shape(shape: Shape) -> list[Shape]: ...


@app.post("/points")
def point(point: Point, names: Names) -> Point: ...


@app.get("/filtered", operation_id="filtered")
def filtered(filters: Annotated[Filters, Query()]) -> PlainTextResponse: ...


@app.post("/files")
def upload(file: UploadFile, raw: Annotated[bytes | None, File()] = None, note: Annotated[str, Form()] = ""): ...


@app.post("/login")
def login(user: Annotated[str, Form(min_length=3)], password: Annotated[str, Form()]): ...


@app.get("/page", response_class=HTMLResponse)
def page(): ...


@app.get("/hidden", include_in_schema=False)
def hidden(): ...


app.include_router(router)
