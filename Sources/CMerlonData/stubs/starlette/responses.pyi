from typing import Annotated, Any
from merlon import Role, concept
from starlette.datastructures import MutableHeaders

@concept("response")
class Response:
    def __init__(
        self,
        content: Annotated[Any, Role("content")] = ...,
        status_code: Annotated[int, Role("status")] = ...,
        headers: Annotated[Any, Role("headers")] = ...,
        media_type: Annotated[Any, Role("mediaType")] = ...,
        background: Any = ...,
    ): ...
    headers: MutableHeaders
    status_code: int
    body: bytes
    @concept("setCookie")
    def set_cookie(
        self,
        key: Annotated[str, Role("name")],
        value: Annotated[str, Role("value")] = ...,
        max_age: Any = ...,
        expires: Any = ...,
        path: Any = ...,
        domain: Any = ...,
        secure: Annotated[bool, Role("secure")] = ...,
        httponly: Annotated[bool, Role("httpOnly")] = ...,
        samesite: Annotated[Any, Role("sameSite")] = ...,
        partitioned: bool = ...,
    ) -> None: ...
    def delete_cookie(self, key: str, **kwargs: Any) -> None: ...

@concept("htmlResponse")
class HTMLResponse(Response): ...
class PlainTextResponse(Response): ...
class JSONResponse(Response): ...
class StreamingResponse(Response): ...
@concept("fileRead")
class FileResponse(Response):
    def __init__(self, path: Annotated[Any, Role("path")], status_code: int = ..., headers: Annotated[Any, Role("headers")] = ..., media_type: Any = ..., **kwargs: Any): ...
@concept("redirectResponse")
class RedirectResponse(Response):
    def __init__(self, url: Annotated[Any, Role("url")], status_code: int = ..., headers: Annotated[Any, Role("headers")] = ..., background: Any = ...): ...
