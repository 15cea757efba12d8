from typing import Any
from merlon import concept

@concept("weakCipher", "DES")
def new(key: Any, *args: Any, **kwargs: Any) -> Any: ...
