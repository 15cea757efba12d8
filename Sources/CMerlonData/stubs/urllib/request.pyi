from typing import Annotated, Any
from merlon import Role, concept

@concept("httpRequest", "noDefaultTimeout")
def urlopen(url: Annotated[Any, Role("url")], data: Any = ..., timeout: Annotated[Any, Role("timeout")] = ..., *, context: Any = ..., **kwargs: Any) -> Any: ...
class Request:
    def __init__(self, url: Annotated[str, Role("url")], data: Any = ..., headers: Any = ..., **kwargs: Any): ...
