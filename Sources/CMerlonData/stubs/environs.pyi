from typing import Annotated, Any
from merlon import Role, concept

class Env:
    @concept("environmentValue")
    def __call__(self, name: Annotated[str, Role("name")], default: Annotated[Any, Role("default")] = ...) -> Any: ...
    @concept("environmentValue")
    def str(self, name: Annotated[str, Role("name")], default: Annotated[Any, Role("default")] = ...) -> Any: ...
