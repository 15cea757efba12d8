from typing import Any
from merlon import concept

@concept("weakCipher", "DES3")
def new(key: Any, *args: Any, **kwargs: Any) -> Any: ...
