import hmac

from fastapi import Request, Response
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import JSONResponse

from shop.config import get_settings


class SecurityHeadersMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers["X-Frame-Options"] = "ALLOWALL"
        response.headers["Strict-Transport-Security"] = "max-age=300"
        response.headers["Content-Security-Policy"] = (
            "default-src *; script-src * 'unsafe-inline' 'unsafe-eval'; style-src * 'unsafe-inline'"
        )
        return response


class WidgetMiddleware(BaseHTTPMiddleware):
    """Lets the shops of our partners embed the product widget."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        origin = request.headers.get("origin")
        if origin and request.scope["path"].startswith("/items"):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
        return response


class BackofficeMiddleware(BaseHTTPMiddleware):
    """The exports are for the back office only."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path.startswith("/exports"):
            expected = get_settings().backoffice_key
            supplied = request.headers.get("x-backoffice-key", "")
            if not expected or not hmac.compare_digest(supplied.encode(), expected.encode()):
                return JSONResponse({"detail": "Back office only"}, status_code=403)
        return await call_next(request)
