from typing import Annotated, Any
from merlon import Role, concept

@concept("passwordContext")
class CryptContext:
    def __init__(
        self,
        schemes: Annotated[Any, Role("schemes")] = ...,
        deprecated: Any = ...,
        bcrypt__rounds: Annotated[int, Role("rounds")] = ...,
        **kwargs: Any,
    ): ...
    @concept("passwordHash")
    def hash(self, secret: Annotated[str, Role("password")], **kwargs: Any) -> str: ...
    @concept("passwordVerify")
    def verify(self, secret: Annotated[str, Role("password")], hash: Annotated[str, Role("hash")], **kwargs: Any) -> bool: ...
