from typing import Any
from merlon import concept

@concept("httpsRedirectMiddleware")
class HTTPSRedirectMiddleware:
    def __init__(self, app: Any): ...
