"""Session cookies without protection."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from starlette.applications import Starlette
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.sessions import SessionMiddleware as Sessions

from shop.settings import settings

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=settings.session_key)  # expect: MRL123
app.add_middleware(SessionMiddleware, settings.session_key, https_only=False)  # expect: MRL123
app.add_middleware(  # expect: MRL123
    Sessions,
    secret_key=settings.session_key,
    https_only=True,
    same_site="none",
)
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True, max_age=None)  # expect: MRL123

listed = FastAPI(middleware=[Middleware(SessionMiddleware, secret_key=settings.session_key)])  # expect: MRL123
wrapped = SessionMiddleware(Starlette(), secret_key=settings.session_key)  # expect: MRL123
