"""torch.load is safe by default since 2.6; before, only with `weights_only=True`."""
from typing import Annotated, Any
from merlon import Role, concept

@concept("unsafeDeserialize", "safeByDefault")
def load(
    f: Annotated[Any, Role("data")],
    map_location: Any = ...,
    pickle_module: Any = ...,
    *,
    weights_only: Annotated[bool, Role("safeOption")] = ...,
    mmap: Any = ...,
    **kwargs: Any,
) -> Any: ...
