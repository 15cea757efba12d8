from typing import Annotated, Any
from merlon import Role, concept

@concept("environmentValue")
def config(option: Annotated[str, Role("name")], default: Annotated[Any, Role("default")] = ..., cast: Any = ...) -> Any: ...
