"""Classes whose `__init__` a decorator writes, as dependencies."""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

import attr
import attrs
from fastapi import Depends, FastAPI, Header, Query, Request


@dataclass
class Page:
    limit: int = Query(default=10, le=100)
    offset: int = 0


@dataclasses.dataclass(kw_only=True)
class Filter(Page):
    name: str | None = None


@attrs.define
class Sorting:
    order: str = "asc"
    by: str = attrs.field(default="id")


@attrs.define(kw_only=True)
class Wanted(Sorting):
    agent: str | None = Header(None)


@attr.s(auto_attribs=True)
class Limit:
    count: int
    unit: str = attr.ib(default="s")


@dataclass
class Checker:
    name: str

    def __call__(self, request: Request, token: str = Query()):
        return token


@lru_cache
def application() -> FastAPI:
    made = FastAPI()

    @made.get("/pages")
    async def pages(page: Page = Depends()):
        return page

    @made.get("/filters")
    async def filters(wanted: Filter = Depends(Filter)):
        return wanted

    @made.get("/sorted", dependencies=[Depends(Checker("sorted"))])
    async def sorting(order: Sorting = Depends()):
        return order

    @made.get("/wanted")
    async def wanted(order: Wanted = Depends(), limit: Limit = Depends()):
        return order

    return made


app = application()
