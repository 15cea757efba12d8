from typing import Any
from merlon import concept

@concept("rateLimiter")
class Limiter:
    def __init__(self, key_func: Any, **kwargs: Any): ...
    def limit(self, limit_value: str, **kwargs: Any) -> Any: ...
