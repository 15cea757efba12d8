from typing import Any
from merlon import concept

@concept("rateLimiter")
class RateLimiter:
    def __init__(self, times: int = ..., **kwargs: Any): ...
