from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize")
def read_pickle(filepath_or_buffer: Annotated[Any, Role("data")], **kwargs: Any) -> Any: ...
