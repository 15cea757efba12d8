from typing import Annotated, Any
from merlon import Role, concept

@concept("corsMiddleware")
class CORSMiddleware:
    def __init__(
        self,
        app: Any,
        allow_origins: Annotated[Any, Role("origins")] = ...,
        allow_methods: Annotated[Any, Role("methods")] = ...,
        allow_headers: Annotated[Any, Role("headers")] = ...,
        allow_credentials: Annotated[bool, Role("credentials")] = ...,
        allow_origin_regex: Annotated[Any, Role("originRegex")] = ...,
        allow_private_network: bool = ...,
        expose_headers: Any = ...,
        max_age: int = ...,
    ): ...
