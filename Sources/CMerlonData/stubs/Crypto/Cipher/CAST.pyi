from typing import Any
from merlon import concept

@concept("weakCipher", "CAST")
def new(key: Any, *args: Any, **kwargs: Any) -> Any: ...
