"""Where parameters come from: every way in which FastAPI decides a place."""

import datetime
import decimal
import enum
import uuid
from dataclasses import dataclass
from typing import Annotated, Any, Dict, List, Literal, Optional, Sequence, Set, Tuple, Union

from fastapi import BackgroundTasks, Body, Cookie, FastAPI, File, Form, Header, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, EmailStr, Field, PositiveInt, StringConstraints, conint, conlist, constr
from typing_extensions import TypedDict

app = FastAPI()


class Color(str, enum.Enum):
    red = "red"
    blue = "blue"


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: decimal.Decimal = Field(gt=0, decimal_places=2)
    tags: list[str] = []


class Box(BaseModel):
    items: List[Item]


@dataclass
class Point:
    x: int
    y: int = 0


class Shape(TypedDict):
    sides: int


Limit = Annotated[int, Query(ge=1, le=100)]
Name = Annotated[str, StringConstraints(min_length=2, pattern="^[a-z]+$")]


@app.get("/items/{item_id}")
def read(item_id: int, q: Optional[str] = None, flag: bool = False, anything=None, untyped: Any = 1):
    pass


@app.get("/files/{file_path:path}")
def by_convertor(file_path: str, color: Color, kind: Literal["a", 'b"', 3], when: datetime.datetime, key: uuid.UUID):
    pass


@app.get("/path-markers/{a}/{b}/{c}")
def path_markers(a: Annotated[int, Path(gt=0, title="A")], b: Color = Path(), c: str = Path(..., alias="c")):
    pass


@app.get("/lists")
def lists(
    plain: List[int] = Query([]),
    marked: Annotated[List[str], Query(max_length=3)] = ["x"],
    optional: Union[List[str], None] = Query(default=None),
    pairs: Tuple[int, str] = Query(),
    unique: Annotated[Set[int] | None, Query()] = None,
    any_list: list = Query(default=[]),
    sequence: Sequence[str] = Query(default=()),
):
    pass


@app.post("/unmarked-lists")
def unmarked_lists(numbers: List[int], table: Dict[str, int], any_table: dict, pair: tuple[int, str] | None = None):
    pass


@app.get("/limits")
def limits(
    page: Limit,
    size: Limit = 10,
    name: Name = "ab",
    short: Annotated[str, Query(min_length=3, max_length=50, pattern="^fixed$")] = "fixedquery",
    old: str = Query(default=..., min_length=3, deprecated=True),
    number: conint(gt=2, multiple_of=2) = 4,
    text: constr(min_length=1, strip_whitespace=True) = "x",
    positive: PositiveInt = 1,
    rate: float = Query(0.5, gt=0, lt=1),
    hidden: Annotated[str | None, Query(include_in_schema=False)] = None,
):
    pass


@app.get("/aliases")
def aliases(
    q: Annotated[str | None, Query(alias="item-query")] = None,
    v: Annotated[str, Query(validation_alias="the-v")] = "v",
    user_agent: Annotated[str | None, Header()] = None,
    strange: Annotated[str | None, Header(alias="x_odd_name")] = None,
    strange_header: Annotated[str | None, Header(convert_underscores=False)] = None,
    x_token: Annotated[List[str] | None, Header()] = None,
    session_id: str = Cookie(),
    ads_id: Annotated[str | None, Cookie(alias="ads")] = None,
):
    pass


@app.put("/bodies/{item_id}")
def bodies(
    item_id: int,
    item: Item,
    box: Optional[Box] = None,
    point: Point | None = None,
    shape: Shape = None,
    importance: Annotated[int, Body(gt=0)] = 1,
    either: Union[Item, Box] = None,
    many: list[Item] = [],
    q: str | None = None,
):
    pass


@app.post("/embedded")
def embedded(item: Annotated[Item, Body(embed=True)]):
    pass


@app.post("/raw-body")
def raw_body(payload: Any = Body(None), rows: conlist(int, min_length=1) = Body()):
    pass


@app.post("/forms")
def forms(username: Annotated[str, Form()], password: str = Form(min_length=8), scopes: List[str] = Form([])):
    pass


@app.post("/uploads")
def uploads(
    file: UploadFile,
    data: Annotated[bytes, File()],
    several: list[UploadFile],
    maybe: UploadFile | None = None,
    raw: bytes | None = File(None),
    token: str = Form(""),
):
    pass


@app.get("/special")
def special(request: Request, response: Response, tasks: BackgroundTasks, email: EmailStr = "a@example.com"):
    pass


@app.get("/same/{thing}")
@app.get("/same")
def with_and_without(thing: str = "none"):
    pass
