from typing import Annotated, Any
from merlon import Concept, Role, concept

MODE_ECB: Annotated[int, Concept("cipherModeECB")]

@concept("cipherModeIV")
def new(key: Any, mode: Annotated[int, Role("mode")], iv: Annotated[bytes, Role("iv")] = ..., *, IV: Annotated[bytes, Role("iv")] = ..., nonce: Annotated[bytes, Role("iv")] = ..., **kwargs: Any) -> Any: ...
