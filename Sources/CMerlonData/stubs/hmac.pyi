from typing import Annotated, Any
from merlon import Role, concept

@concept("constantTimeCompare")
def compare_digest(a: Any, b: Any) -> bool: ...
@concept("hmacNew")
def new(
    key: Annotated[bytes, Role("key")],
    msg: Annotated[bytes, Role("data")] = ...,
    digestmod: Annotated[Any, Role("algorithm")] = ...,
) -> HMAC: ...
@concept("hmacNew")
def digest(
    key: Annotated[bytes, Role("key")], msg: Annotated[bytes, Role("data")], digest: Annotated[Any, Role("algorithm")]
) -> bytes: ...

class HMAC:
    def update(self, msg: bytes) -> None: ...
    def digest(self) -> bytes: ...
    def hexdigest(self) -> str: ...
