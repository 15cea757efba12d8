"""HSTS that lasts."""
from fastapi import FastAPI, Request, Response

from shop.settings import settings

app = FastAPI()
YEAR = 365 * 24 * 3600


@app.middleware("http")
async def add_hsts(request: Request, call_next):
    response = await call_next(request)
    response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains; preload"
    return response


def computed(response: Response) -> None:
    response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"


def by_setting(response: Response) -> None:
    response.headers["Strict-Transport-Security"] = f"max-age={settings.hsts_seconds}"


def cache(response: Response) -> None:
    response.headers["Cache-Control"] = "max-age=300"


def quoted(response: Response) -> None:
    response.headers["Strict-Transport-Security"] = 'max-age="31536000"'
