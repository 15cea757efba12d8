"""Paths that decide nothing about access, or that are the served ones."""
import logging
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()
logger = logging.getLogger(__name__)


@app.middleware("http")
async def log_requests(request: Request, call_next):
    response = await call_next(request)
    if request.url.path != "/health":
        logger.info("%s %s", response.status_code, request.method)
    return response


@app.middleware("http")
async def guard(request: Request, call_next):
    if request.scope["path"].startswith("/admin") and "session" not in request.cookies:
        return JSONResponse({"detail": "Log in first"}, status_code=401)
    return await call_next(request)


@app.middleware("http")
async def cache_static(request: Request, call_next):
    response = await call_next(request)
    if request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def is_own_path(location: str) -> bool:
    # The path of an address that has nothing to do with this request.
    return urlsplit(location).path.startswith("/account")
