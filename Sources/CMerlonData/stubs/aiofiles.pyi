from typing import Annotated, Any
from merlon import Role, concept

@concept("openFile")
def open(file: Annotated[Any, Role("path")], mode: Annotated[str, Role("mode")] = ..., **kwargs: Any) -> Any: ...
