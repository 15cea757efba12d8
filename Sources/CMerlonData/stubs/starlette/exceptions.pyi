from typing import Annotated, Any
from merlon import Role, concept

@concept("httpException")
class HTTPException(Exception):
    def __init__(
        self,
        status_code: Annotated[int, Role("status")],
        detail: Annotated[Any, Role("detail")] = ...,
        headers: Annotated[Any, Role("headers")] = ...,
    ): ...
