from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def load(file: Annotated[Any, Role("data")], **kwargs: Any) -> Any: ...
@concept("unsafeDeserialize")
def loads(data: Annotated[bytes, Role("data")], **kwargs: Any) -> Any: ...
@concept("unsafeDeserialize")
class Unpickler:
    def __init__(self, file: Annotated[Any, Role("data")], **kwargs: Any): ...
