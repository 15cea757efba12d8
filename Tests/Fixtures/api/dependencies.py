"""Dependencies: what they are called, in which order they are solved, which scopes are in force."""

import functools
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query, Request, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBearer,
    OAuth2PasswordBearer,
    OpenIdConnect,
    SecurityScopes,
)
from pydantic import BaseModel

oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "Read me.", "items": "Read items."})
bearer = HTTPBearer(auto_error=False, scheme_name="Token")
key_header = APIKeyHeader(name="X-Key")
key_query = APIKeyQuery(name="key", auto_error=False)
key_cookie = APIKeyCookie(name="session")
open_id = OpenIdConnect(openIdConnectUrl="https://example.com/.well-known/openid-configuration")

T = TypeVar("T")


def logged(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)

    return wrapper


def hidden(function):
    def wrapper(request: Request):
        return function(request)

    return wrapper


def database():
    yield {}


def verify_token(x_token: Annotated[str, Header()]):
    if x_token != "secret":
        raise HTTPException(400)


async def current_user(scopes: SecurityScopes, token: Annotated[str, Depends(oauth2)], db=Depends(database)):
    return {"name": token, "scopes": scopes.scopes}


async def active_user(user: Annotated[dict, Security(current_user, scopes=["me"])]):
    return user


class Pagination:
    def __init__(self, skip: int = 0, limit: Annotated[int, Query(le=100)] = 10):
        self.skip = skip
        self.limit = limit


class Checker:
    def __init__(self, role: str):
        self.role = role

    def __call__(self, user: Annotated[dict, Depends(active_user)]):
        return self.role in user

    def method(self, q: str | None = None):
        return q


class Repository(Generic[T]):
    def __init__(self, db: Annotated[dict, Depends(database)], tenant: str = "none"):
        self.db = db


@dataclass
class Filters:
    text: str = ""
    tags: list[str] = Query(default=[])


class Options(BaseModel):
    dry: bool = False
    depth: int


admin = Checker("admin")


def require(*permissions: str):
    def check(user: dict = Depends(active_user)):
        return all(p in user for p in permissions)

    return check


def tenant_of(kind: str, request: Request, tenant: str):
    return kind, tenant


@logged
async def audited(request: Request, trace: str = "off"):
    return trace


@hidden
def veiled(request: Request):
    return request


User = Annotated[dict, Depends(active_user)]

app = FastAPI(dependencies=[Depends(verify_token)])
router = APIRouter(prefix="/r", dependencies=[Security(current_user, scopes=["items"])], tags=["r"])


@router.get("/guarded", dependencies=[Depends(admin)])
def guarded(page: Annotated[Pagination, Depends()], user: User):
    pass


@router.get("/classes")
def classes(
    page: Pagination = Depends(),
    repository: Annotated[Repository, Depends()] = None,
    filters: Filters = Depends(),
    options: Options = Depends(),
    uncalled: Any = Depends(HTTPBasic),
):
    pass


@router.get("/callables")
def callables(
    a: bool = Depends(require("read", "write")),
    b: bool = Depends(admin.method),
    c: tuple = Depends(functools.partial(tenant_of, "x")),
    d: str = Depends(audited),
    e: Any = Depends(veiled),
    f: int = Depends(lambda limit=3: limit, use_cache=False),
):
    pass


@router.get("/schemes")
def schemes(
    t: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    h: str = Security(key_header),
    q: str = Depends(key_query),
    c: str = Depends(key_cookie),
    o: str = Security(open_id, scopes=["profile"]),
):
    pass


@app.get("/scopes")
def scopes(a: Annotated[dict, Security(active_user, scopes=["items"])], b: dict = Security(current_user, scopes=["b"])):
    pass


app.include_router(router, prefix="/api", dependencies=[Depends(database)])
