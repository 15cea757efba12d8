from typing import Annotated, Any
from merlon import Role, concept

@concept("application")
class Starlette:
    def __init__(
        self,
        debug: Annotated[bool, Role("debug")] = ...,
        routes: Any = ...,
        middleware: Annotated[Any, Role("middleware")] = ...,
        exception_handlers: Annotated[Any, Role("exceptionHandlers")] = ...,
        **kwargs: Any,
    ): ...
    @concept("addMiddleware")
    def add_middleware(self, middleware_class: Annotated[Any, Role("middlewareClass")], *args: Any, **kwargs: Any) -> None: ...
    @concept("exceptionHandlerRegistration")
    def add_exception_handler(
        self, exc_class_or_status_code: Annotated[Any, Role("exceptionClass")], handler: Annotated[Any, Role("handler")]
    ) -> None: ...
    @concept("exceptionHandlerRegistration")
    def exception_handler(self, exc_class_or_status_code: Annotated[Any, Role("exceptionClass")]) -> Any: ...
