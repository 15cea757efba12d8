"""Guards that read the address instead of the path."""
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request as StarletteRequest

app = FastAPI()
PUBLIC = {"/", "/login", "/health"}


@app.middleware("http")
async def guard(request: Request, call_next):
    if request.url.path.startswith("/admin") and "session" not in request.cookies:  # expect: MRL204
        return JSONResponse({"detail": "Log in first"}, status_code=401)
    return await call_next(request)


class AuthMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request: StarletteRequest, call_next):
        path = request.url.path  # expect: MRL204
        if path in PUBLIC or path.startswith("/static/"):
            return await call_next(request)
        if "Authorization" not in request.headers:
            return JSONResponse({"detail": "Not authenticated"}, status_code=401)
        return await call_next(request)


async def require_key(request: Request) -> None:
    if request.url.path not in PUBLIC and "X-API-Key" not in request.headers:  # expect: MRL204
        raise HTTPException(status_code=403, detail="Key needed")


@app.middleware("http")
async def to_login(request: Request, call_next):
    if request.url.path.startswith("/account") and "session" not in request.cookies:  # expect-missing: MRL204 (a refusal that redirects)
        return RedirectResponse("/login")
    return await call_next(request)
