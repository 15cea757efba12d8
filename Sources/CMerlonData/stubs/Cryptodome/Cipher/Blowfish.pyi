from typing import Any
from merlon import concept

@concept("weakCipher", "Blowfish")
def new(key: Any, *args: Any, **kwargs: Any) -> Any: ...
