from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def load(file: Annotated[Any, Role("data")]) -> Any: ...
@concept("unsafeDeserialize")
def loads(bytes: Annotated[bytes, Role("data")]) -> Any: ...
