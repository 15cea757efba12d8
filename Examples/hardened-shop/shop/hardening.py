"""What every application of the shop is wrapped in."""

import logging
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from shop.audit import security_event
from shop.config import Settings
from shop.limits import RateLimitMiddleware

logger = logging.getLogger(__name__)

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Wraps the whole application, so that the answer to an unhandled error has them too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_page = headers.get("Content-Type", "").startswith("text/html")
                headers["Content-Security-Policy"] = PAGE_POLICY if is_page else API_POLICY
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class RequestId:
    """Numbers the requests; the path for the log comes from the scope, not from the Host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["request_id"] = uuid4().hex
            if scope["path"].startswith("/internal"):
                logger.info("internal request %s", scope["state"]["request_id"])
        await self.app(scope, receive, send)


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(Exception, on_error)


async def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
    if error.status_code in {401, 403}:
        security_event("refused", request, status=error.status_code)
    return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)


async def on_validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
    problems = [
        {"loc": [str(part) for part in entry["loc"]], "type": entry["type"]}
        for entry in error.errors()
    ]
    security_event("invalid input", request, problems=len(problems))
    return JSONResponse({"detail": problems}, 422)


async def on_error(request: Request, error: Exception) -> JSONResponse:
    number = getattr(request.state, "request_id", "none")
    logger.error("request %s failed", number, exc_info=error)
    return JSONResponse({"detail": "Internal error", "request": number}, 500)


def harden(app: FastAPI, settings: Settings) -> ASGIApp:
    install_error_handlers(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        max_age=600,
    )
    app.add_middleware(RateLimitMiddleware, per_minute=settings.requests_per_minute)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(RequestId)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    return SecurityHeaders(app)


def origin_is_allowed(headers: Headers, settings: Settings) -> bool:
    return headers.get("origin", "") in settings.allowed_origins
