from typing import Annotated, Any
from merlon import Role, concept

@concept("sessionMiddleware")
class SessionMiddleware:
    def __init__(
        self,
        app: Any,
        secret_key: Annotated[Any, Role("key")],
        session_cookie: str = ...,
        max_age: Annotated[Any, Role("maxAge")] = ...,
        path: str = ...,
        same_site: Annotated[str, Role("sameSite")] = ...,
        https_only: Annotated[bool, Role("httpsOnly")] = ...,
        domain: Any = ...,
    ): ...
