"""Middleware that authenticates, with what it lets through."""
import os
import re

import jwt
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()
SECRET = os.environ["SECRET"]
PUBLIC = ["/health", "/login"]
PREFIXES = ("/static", "/docs")


# guard: middleware authentication exempt:/health exempt:/login
class ListedPaths(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if request.url.path in PUBLIC:
            return await call_next(request)
        try:
            jwt.decode(request.headers.get("Authorization", "")[7:], SECRET, algorithms=["HS256"])
        except jwt.PyJWTError:
            return JSONResponse({"detail": "unauthorized"}, status_code=401)
        return await call_next(request)


# guard: middleware authentication exempt:prefix/static exempt:prefix/docs exempt:methodOPTIONS
class Prefixes(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if request.method == "OPTIONS" or request.url.path.startswith(PREFIXES):
            return await call_next(request)
        if request.headers.get("x-api-key") != SECRET:
            return JSONResponse({"detail": "unauthorized"}, status_code=401)
        return await call_next(request)


# guard: middleware authentication exempt:!prefix/api
class OnlyAPI(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if request.url.path.startswith("/api"):
            if request.headers.get("x-api-key") != SECRET:
                return JSONResponse({"detail": "unauthorized"}, status_code=401)
        return await call_next(request)


# guard: middleware gap:resultIgnored
class LooksOnly(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if request.headers.get("x-api-key") != SECRET:
            print("unauthorized")
        return await call_next(request)


# guard: middleware gap:exceptionSwallowed
class Swallows(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        try:
            request.state.user = jwt.decode(request.cookies.get("token"), SECRET, algorithms=["HS256"])
        except Exception:
            request.state.user = None
        return await call_next(request)


# guard: middleware nothing
class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        response = await call_next(request)
        response.headers["X-Time"] = "1"
        return response


# guard: middleware authentication exempt:suffix.js
class Suffix(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if not request.url.path.endswith(".js") and not request.session.get("user"):
            return RedirectResponse("/login")
        return await call_next(request)


# guard: middleware authentication exempt:pattern^/public
class Pattern(BaseHTTPMiddleware):
    def is_public(self, path: str) -> bool:
        return re.match("^/public", path) is not None

    async def dispatch(self, request: Request, call_next):
        if self.is_public(request.url.path):
            return await call_next(request)
        if not request.session.get("user"):
            return JSONResponse({}, status_code=401)
        return await call_next(request)


# guard: middleware authentication exempt:!http exempt:/health
class Pure:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"] == "/health":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if headers.get(b"x-api-key") != SECRET.encode():
            response = JSONResponse({"detail": "unauthorized"}, status_code=401)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


# guard: dispatch authentication
@app.middleware("http")
async def function_middleware(request: Request, call_next):
    if request.headers.get("x-api-key") != SECRET:
        return JSONResponse({}, status_code=401)
    return await call_next(request)


# guard: middleware origin
class CSRF(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if request.cookies.get("csrftoken") != request.headers.get("x-csrftoken"):
            return JSONResponse({}, status_code=403)
        return await call_next(request)


# guard: middleware rate
class Limits(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if too_many(request.client.host):
            return JSONResponse({}, status_code=429)
        return await call_next(request)


def too_many(host: str) -> bool:
    return counters.increment(host) > 100
