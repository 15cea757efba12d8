from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def open(filename: Annotated[str, Role("data")], flag: str = ..., protocol: int = ..., writeback: bool = ...) -> Any: ...
