"""Session keys from the source."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.sessions import SessionMiddleware as Sessions

SIGNING = "larkspur-and-foxglove"

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="larkspur-sessions", https_only=True)  # expect: MRL706
app.add_middleware(Sessions, "another-session-text", https_only=True)  # expect: MRL706
app.add_middleware(
    SessionMiddleware,
    secret_key=SIGNING,  # expect: MRL706
    https_only=True,
    max_age=3600,
)
listed = FastAPI(
    middleware=[Middleware(SessionMiddleware, secret_key="listed-session-text", https_only=True)],  # expect: MRL706
)
