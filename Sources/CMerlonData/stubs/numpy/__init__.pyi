from typing import Annotated, Any
from merlon import Role, concept

@concept("pickleLoadOption")
def load(
    file: Annotated[Any, Role("data")],
    mmap_mode: Any = ...,
    allow_pickle: Annotated[bool, Role("unsafeOption")] = ...,
    **kwargs: Any,
) -> Any: ...
