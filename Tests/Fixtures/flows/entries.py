"""Ways into code other than operations, and values that are kept between two places. Lines with a flow say so."""
import os
import shlex
import subprocess
import httpx
import strawberry
from celery import Celery
from fastapi import Depends, FastAPI, Request
from mcp.server.fastmcp import FastMCP
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()
celery = Celery("x")
mcp = FastMCP("x")

@celery.task
def convert(name):
    subprocess.run("convert " + name, shell=True)  # flow: command

@celery.task(bind=True)
def shrink(self, name):
    subprocess.run("shrink " + name, shell=True)  # flow: command

@app.get("/convert")
def start(name: str):
    convert.delay(name)
    shrink.apply_async(args=[name])
    return {}

def remember(request: Request, folder: str):
    request.state.folder = folder

@app.get("/state", dependencies=[Depends(remember)])
def state(request: Request):
    return open("/srv/" + request.state.folder).read()  # flow: fileRead

class Mid(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        request.state.lang = request.query_params.get("lang", "en")
        subprocess.run("log " + request.query_params["q"], shell=True)  # flow: command
        return await call_next(request)

app.add_middleware(Mid)

@app.get("/lang")
def lang(request: Request):
    return open("/srv/i18n/" + request.state.lang).read()  # flow: fileRead

class Reader:
    def __init__(self):
        self.path = None
    def choose(self, path):
        self.path = path
    def read(self):
        return open(self.path).read()  # flow: fileRead
    def go(self, path):
        self.path = path
        return self.read()

@app.get("/setter")
def setter(path: str):
    r = Reader()
    r.choose(path)
    return r.read()

@app.get("/go")
def go(path: str):
    return Reader().go(path)

@strawberry.type
class Query:
    @strawberry.field
    def page(self, url: str) -> str:
        return httpx.get(url).text  # flow: requestURL

@mcp.tool()
def run(command: str) -> str:
    return subprocess.run(command, shell=True, capture_output=True).stdout  # flow: command

@app.get("/appstate")
def appstate(request: Request, url: str):
    request.app.state.url = url
    return httpx.get(request.app.state.url).text  # flow: requestURL


# The same, safe.


@celery.task
def convert_safely(name):
    subprocess.run("convert " + shlex.quote(name), shell=True)


@celery.task
def count(number):
    subprocess.run("count " + number, shell=True)


@app.get("/safe/convert")
def start_safely(name: str, number: int):
    convert_safely.delay(name)
    count.delay(str(number))
    return {}


def remember_name(request: Request, folder: str):
    request.state.short = os.path.basename(folder)


def remember_known(request: Request, tenant: str):
    if tenant not in ("a", "b"):
        raise ValueError(tenant)
    request.state.known = "fixed"


@app.get("/safe/state", dependencies=[Depends(remember_name), Depends(remember_known)])
def state_safely(request: Request):
    return open("/srv/" + request.state.short).read() + open("/srv/" + request.state.known).read()


class SafeMid(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        subprocess.run(["log", "--", request.query_params["q"]])
        return await call_next(request)


class SafeReader:
    def __init__(self):
        self.path = None

    def choose(self, path):
        self.path = os.path.basename(path)

    def read(self):
        return open("/srv/" + self.path).read()

    def go(self, path):
        self.path = os.path.basename(path)
        return self.read()


@app.get("/safe/setter")
def setter_safely(path: str):
    reader = SafeReader()
    reader.choose(path)
    return reader.read()


@app.get("/safe/go")
def go_safely(path: str):
    return SafeReader().go(path)


@strawberry.type
class SafeQuery:
    @strawberry.field
    def page(self, name: str) -> str:
        return httpx.get("https://pages.example.com/" + name).text


@mcp.tool()
def list_folder(name: str) -> str:
    return subprocess.run(["ls", "--", name], capture_output=True).stdout


@app.get("/safe/appstate")
def appstate_safely(request: Request, name: str):
    request.app.state.other = name
    return httpx.get("https://pages.example.com/" + request.app.state.other).text
