from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def load(filename: Annotated[Any, Role("data")], mmap_mode: Any = ...) -> Any: ...
