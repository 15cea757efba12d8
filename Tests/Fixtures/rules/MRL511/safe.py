"""Reload at the desk, all interfaces without it."""
import uvicorn
from fastapi import FastAPI

from shop.settings import settings

app = FastAPI()


def at_the_desk() -> None:
    uvicorn.run("shop.main:app", host="127.0.0.1", reload=True)


def default_host() -> None:
    uvicorn.run("shop.main:app", reload=True)


def in_a_container() -> None:
    uvicorn.run(app, host="0.0.0.0", port=8000, workers=4)


def by_setting() -> None:
    uvicorn.run("shop.main:app", host="0.0.0.0", reload=settings.debug)


def run(host: str, reload: bool) -> str:
    return f"{host} {reload}"


described = run(host="0.0.0.0", reload=True)
