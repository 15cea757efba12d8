"""How routes come into being: routers in routers, loops, functions, classes; copies before 0.137, references since."""

from fastapi import APIRouter, Depends, FastAPI, WebSocket
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse

VERSION = 1
PREFIX = f"/v{VERSION}"
DATABASES = {"users": ["id", "name"], "orders": ["id"]}


def guard(): ...


def check(token: str): ...


class Stamp(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


class Pure:
    def __init__(self, app, level: int = 1):
        self.app = app


app = FastAPI(docs_url=None, root_path="/root")
inner = APIRouter(prefix="/inner", dependencies=[Depends(guard)])
outer = APIRouter(prefix="/outer", tags=["outer"])
late = APIRouter()


@inner.get("/one")
@inner.post("/two", tags=["two"])
def twice(): ...


outer.include_router(inner, prefix="/mid", dependencies=[Depends(check)])
app.include_router(outer, prefix=PREFIX)
app.include_router(late, prefix="/late")


@late.get("/added")
def added_later(): ...


def make_reader(table):
    def read(key: int): ...

    read.__name__ = f"read_{table}"
    return read


for table, columns in DATABASES.items():
    router = APIRouter(prefix=f"/{table}")
    router.add_api_route("/{key}", make_reader(table), methods=["GET", "HEAD"], name=f"{table} by key")
    for column in columns:
        router.add_api_route(f"/by-{column}", lambda value: value, methods=["post"])
    app.include_router(router)


class Controller:
    def __init__(self, prefix: str):
        self.router = APIRouter(prefix=prefix)
        self.router.add_api_route("/hello", self.hello, methods=["GET"])
        self.router.get("/bye")(self.bye)

    def hello(self, name: str): ...

    def bye(self, name: str = "you"): ...


for controller in [Controller("/a"), Controller("/b")]:
    app.include_router(controller.router)


@app.api_route("/many", methods=["PUT", "get"])
async def many(): ...


@app.websocket("/ws/{room}")
async def socket(websocket: WebSocket, room: str, token: str | None = None, ok=Depends(check)): ...


@inner.websocket("/ws")
async def inner_socket(websocket: WebSocket): ...


async def plain(request: Request):
    return PlainTextResponse("plain")


app.add_route("/plain", plain, methods=["GET"])

sub = FastAPI(openapi_url=None)


@sub.get("/below")
def below(): ...


app.mount("/sub", sub)


@app.middleware("http")
async def timing(request, call_next):
    return await call_next(request)


app.add_middleware(Stamp)
app.add_middleware(Pure, level=2)
app.add_middleware(GZipMiddleware, minimum_size=1000)
app.add_middleware(
    CORSMiddleware, allow_origins=["https://example.com"], allow_credentials=True, allow_methods=("GET", "POST")
)
