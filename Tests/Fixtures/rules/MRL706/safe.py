"""Session keys from elsewhere."""
import os
import secrets

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware

from shop.settings import settings

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True)
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_KEY"], https_only=True)
app.add_middleware(SessionMiddleware, secret_key=secrets.token_hex(32), https_only=True, session_cookie="shop-session")
app.add_middleware(SessionMiddleware, secret_key=settings.session_key.get_secret_value(), https_only=True)
