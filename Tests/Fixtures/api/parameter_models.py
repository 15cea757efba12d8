"""Models of parameters (0.115), forms as models (0.113) and merged `Annotated` (0.156)."""

from typing import Annotated, Literal

from fastapi import Cookie, FastAPI, Form, Header, Query
from pydantic import BaseModel, Field

app = FastAPI()


class Filter(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(100, gt=0, le=100)
    order: Literal["created", "updated"] = "created"
    tags: list[str] = []


class Headers(BaseModel):
    host: str
    save_data: bool


class Login(BaseModel):
    username: str
    password: str


@app.get("/filtered")
def filtered(query: Annotated[Filter, Query()]): ...


@app.get("/headers")
def headers(headers: Annotated[Headers, Header()], cookies: Annotated[Headers, Cookie()]): ...


@app.post("/login")
def login(data: Annotated[Login, Form()]): ...


@app.get("/merged")
def merged(
    a: Annotated[int, Field(gt=3), Query(le=9)],
    b: Annotated[str, Field(min_length=2)] = "bb",
    c: Annotated[str, Query(), Field(alias="see")] = "c",
): ...
