from typing import Annotated, Any
from merlon import Role, concept

@concept("cipherModeECB")
class ECB: ...
@concept("cipherModeIV")
class CBC:
    def __init__(self, initialization_vector: Annotated[bytes, Role("iv")]): ...
@concept("cipherModeIV")
class CTR:
    def __init__(self, nonce: Annotated[bytes, Role("iv")]): ...
@concept("cipherModeIV")
class CFB:
    def __init__(self, initialization_vector: Annotated[bytes, Role("iv")]): ...
@concept("cipherModeIV")
class OFB:
    def __init__(self, initialization_vector: Annotated[bytes, Role("iv")]): ...
@concept("cipherModeIV")
class GCM:
    def __init__(self, initialization_vector: Annotated[bytes, Role("iv")], tag: Any = ..., min_tag_length: int = ...): ...
