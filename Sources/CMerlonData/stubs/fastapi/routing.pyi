from typing import Annotated, Any
from merlon import Role, concept

class RouteRegistrar:
    """What `FastAPI` and `APIRouter` share: the ways to register operations."""

    @concept("includeRouter")
    def include_router(
        self,
        router: Annotated[Any, Role("router")],
        *,
        prefix: Annotated[str, Role("prefix")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        **kwargs: Any,
    ) -> None: ...
    @concept("routeDecorator")
    def get(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def put(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def post(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def delete(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def options(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def head(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def patch(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def trace(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator")
    def api_route(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("routeDecorator", "websocket")
    def websocket(
        self,
        path: Annotated[str, Role("path")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        include_in_schema: bool = ...,
        **kwargs: Any,
    ) -> Any: ...
    @concept("addRoute")
    def add_api_route(
        self,
        path: Annotated[str, Role("path")],
        endpoint: Annotated[Any, Role("endpoint")],
        *,
        response_model: Annotated[Any, Role("responseModel")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        response_class: Annotated[Any, Role("responseClass")] = ...,
        **kwargs: Any,
    ) -> None: ...
    @concept("middlewareDecorator")
    def middleware(self, middleware_type: str) -> Any: ...
    @concept("mount")
    def mount(self, path: Annotated[str, Role("path")], app: Annotated[Any, Role("app")], name: Any = ...) -> None: ...

@concept("router")
class APIRouter(RouteRegistrar):
    def __init__(
        self,
        *,
        prefix: Annotated[str, Role("prefix")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        strict_content_type: Annotated[bool, Role("strictContentType")] = ...,
        **kwargs: Any,
    ): ...
