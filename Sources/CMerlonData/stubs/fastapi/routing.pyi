from typing import Annotated, Any
from merlon import Role, concept

@concept("router")
class APIRouter:
    def __init__(
        self,
        *,
        prefix: Annotated[str, Role("prefix")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        strict_content_type: Annotated[bool, Role("strictContentType")] = ...,
        **kwargs: Any,
    ): ...
    @concept("includeRouter")
    def include_router(
        self,
        router: Annotated[Any, Role("router")],
        *,
        prefix: Annotated[str, Role("prefix")] = ...,
        dependencies: Annotated[Any, Role("dependencies")] = ...,
        **kwargs: Any,
    ) -> None: ...
