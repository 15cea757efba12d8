"""Session cookies with protection."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware

from shop.settings import settings

SESSION_OPTIONS = {"https_only": True, "max_age": 3600}

app = FastAPI(
    middleware=[
        Middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True, same_site="strict"),
        Middleware(GZipMiddleware, minimum_size=1000),
    ]
)
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=settings.https_only, max_age=28_800)
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, **SESSION_OPTIONS)


class OwnSessionMiddleware:
    def __init__(self, app, secret_key: str) -> None:
        self.app = app


app.add_middleware(OwnSessionMiddleware, secret_key=settings.session_key)
