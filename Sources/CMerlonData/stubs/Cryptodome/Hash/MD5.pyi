from typing import Annotated, Any
from merlon import Role, concept

@concept("weakHash", "md5")
def new(data: Annotated[bytes, Role("data")] = ...) -> Any: ...
