from typing import Annotated, Any
from merlon import Role, concept

@concept("generateRSAKey")
def generate(bits: Annotated[int, Role("bits")], randfunc: Any = ..., e: int = ...) -> Any: ...
