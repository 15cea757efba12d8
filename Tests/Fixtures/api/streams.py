"""Generators that stream JSON lines (0.134)."""

from collections.abc import AsyncIterator, Iterable, Iterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

app = FastAPI()


class Line(BaseModel):
    text: str


@app.get("/stream")
async def stream() -> AsyncIterator[Line]:
    yield Line(text="a")


@app.get("/lines")
def lines() -> Iterable[str]:
    yield "a"


@app.get("/bytes", response_class=StreamingResponse)
def bytes_stream() -> Iterator[bytes]:
    yield b"a"


@app.get("/list")
def plain_list() -> Iterable[Line]:
    return [Line(text="a")]
