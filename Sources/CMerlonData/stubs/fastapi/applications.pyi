from typing import Annotated, Any
from merlon import Role, concept
from fastapi.routing import RouteRegistrar
from starlette.applications import Starlette

@concept("application")
class FastAPI(Starlette, RouteRegistrar):
    def __init__(
        self,
        *,
        debug: Annotated[bool, Role("debug")] = ...,
        routes: Any = ...,
        title: str = ...,
        openapi_url: Annotated[Any, Role("openapiURL")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        docs_url: Annotated[Any, Role("docsURL")] = ...,
        redoc_url: Annotated[Any, Role("redocURL")] = ...,
        middleware: Annotated[Any, Role("middleware")] = ...,
        exception_handlers: Annotated[Any, Role("exceptionHandlers")] = ...,
        strict_content_type: Annotated[bool, Role("strictContentType")] = ...,
        max_body_size: Annotated[Any, Role("maxBodySize")] = ...,
        **extra: Any,
    ): ...
