from typing import Annotated, Any
from merlon import Role, concept

@concept("weakHash", "sha")
def new(data: Annotated[bytes, Role("data")] = ...) -> Any: ...
