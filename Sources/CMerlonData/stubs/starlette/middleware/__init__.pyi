from typing import Annotated, Any
from merlon import Role, concept

@concept("middlewareEntry")
class Middleware:
    def __init__(self, cls: Annotated[Any, Role("middlewareClass")], *args: Any, **kwargs: Any): ...
