from typing import Annotated, Any
from merlon import Role, concept

@concept("generateRSAKey")
def generate_private_key(public_exponent: int, key_size: Annotated[int, Role("bits")], backend: Any = ...) -> Any: ...
