from typing import Annotated, Any
from merlon import Role, concept

@concept("keyDerivation", "pbkdf2")
class PBKDF2HMAC:
    def __init__(self, algorithm: Annotated[Any, Role("algorithm")], length: int, salt: Annotated[bytes, Role("salt")], iterations: Annotated[int, Role("iterations")], backend: Any = ...): ...
