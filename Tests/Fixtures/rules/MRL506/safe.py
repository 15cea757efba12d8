"""Policies that hold."""
import secrets

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

app = FastAPI()
API_POLICY = "default-src 'none'; frame-ancestors 'none'"


@app.middleware("http")
async def api(request: Request, call_next):
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = API_POLICY
    return response


@app.get("/page")
def page() -> HTMLResponse:
    nonce = secrets.token_urlsafe(16)
    policy = f"default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse("<p>Hello</p>", headers={"Content-Security-Policy": policy})


@app.get("/old")
def old_browsers(response: Response) -> None:
    # Browsers that know nonces ignore 'unsafe-inline'.
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'nonce-abc123' 'unsafe-inline' 'strict-dynamic'; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@app.get("/styles")
def styles(response: Response) -> None:
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src *; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    )


def explain() -> dict[str, str]:
    return {"unsafe-inline": "allows every script that stands in the page"}
