import functools

from fastapi import FastAPI

from shop.security import login_required, public
from shop.telemetry import traced

app = FastAPI()


# The route keeps what stands below it.
@app.get("/orders")
@login_required
def orders() -> list[str]:
    return []


# It has nothing to do with access.
@traced("status")
@app.get("/status")
def status() -> str:
    return "ok"


@public
@app.get("/")
def home() -> str:
    return "welcome"


# No route at all.
@login_required
@functools.cache
def helper() -> str:
    return "x"


@no_auth_required  # noqa: F821
@app.get("/terms")
def terms() -> str:
    return "terms"
