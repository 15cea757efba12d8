from typing import Any
from merlon import concept

@concept("middlewareBase")
class BaseHTTPMiddleware:
    def __init__(self, app: Any, dispatch: Any = ...): ...
