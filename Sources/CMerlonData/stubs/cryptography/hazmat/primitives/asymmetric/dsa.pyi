from typing import Annotated, Any
from merlon import Role, concept

@concept("generateDSAKey")
def generate_private_key(key_size: Annotated[int, Role("bits")], backend: Any = ...) -> Any: ...
