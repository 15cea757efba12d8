"""Policies that stop nothing."""
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()
POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'"


@app.middleware("http")
async def anything(request: Request, call_next):
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = "default-src *"  # expect: MRL506
    return response


class PolicyMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        response = await call_next(request)
        response.headers["content-security-policy"] = POLICY  # expect: MRL506
        return response


@app.get("/page")
def page() -> HTMLResponse:
    headers = {"Content-Security-Policy": "script-src 'self' https: data:; object-src 'none'"}  # expect: MRL506
    return HTMLResponse("<p>Hello</p>", headers=headers)


def add(response: Response) -> None:
    response.headers.setdefault("Content-Security-Policy", "script-src 'self' 'unsafe-eval'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'")  # expect: MRL506
