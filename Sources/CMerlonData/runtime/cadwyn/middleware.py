from starlette.middleware.base import BaseHTTPMiddleware


class VersionPickingMiddleware(BaseHTTPMiddleware):
    pass
