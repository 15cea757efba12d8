"""Libraries that add routes and dependencies: class-based views, users with backends, limits, pages."""

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi_pagination import LimitOffsetPage, Page, add_pagination
from fastapi_users import BaseUserManager, FastAPIUsers
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, CookieTransport, JWTStrategy
from fastapi_utils.cbv import cbv
from slowapi import Limiter
from slowapi.util import get_remote_address


async def get_user_manager():
    yield BaseUserManager(None)


def get_strategy():
    return JWTStrategy(secret="secret", lifetime_seconds=3600)


bearer = AuthenticationBackend("jwt", BearerTransport("auth/login"), get_strategy)
cookie = AuthenticationBackend("session", CookieTransport(cookie_name="sid"), get_strategy)
users = FastAPIUsers(get_user_manager, [bearer, cookie])
current_user = users.current_user(active=True)
limiter = Limiter(key_func=get_remote_address)
app = FastAPI()
views = APIRouter(prefix="/views", tags=["views"])


@app.get("/me")
def me(user=Depends(current_user)): ...


@app.delete("/all", dependencies=[Depends(users.current_user(superuser=True))])
@limiter.limit("5/minute")
async def delete_all(request: Request): ...


def session(): ...


@cbv(views)
class Items:
    connection: str = Depends(session)

    def __init__(self, locale: str = "en"):
        self.locale = locale

    @views.get("/items/{number}")
    def read(self, number: int): ...

    @views.post("/items", status_code=201)
    async def create(self, name: str): ...


app.include_router(views, prefix="/v1")


@app.get("/pages")
def pages() -> Page[int]: ...


@app.get("/slices", response_model=LimitOffsetPage[str])
def slices(): ...


add_pagination(app)
