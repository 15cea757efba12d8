from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def decode(string: Annotated[str, Role("data")], **kwargs: Any) -> Any: ...
@concept("unsafeDeserialize")
def loads(string: Annotated[str, Role("data")], **kwargs: Any) -> Any: ...
