from typing import Annotated, Any
from merlon import Role, concept

@concept("weakHash", "md4")
def new(data: Annotated[bytes, Role("data")] = ...) -> Any: ...
