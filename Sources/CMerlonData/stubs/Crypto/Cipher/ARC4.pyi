from typing import Any
from merlon import concept

@concept("weakCipher", "ARC4")
def new(key: Any, *args: Any, **kwargs: Any) -> Any: ...
