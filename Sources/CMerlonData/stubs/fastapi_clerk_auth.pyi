from typing import Annotated, Any
from merlon import Role, concept

@concept("callerAuthenticator")
class ClerkHTTPBearer:
    def __init__(self, config: Any, auto_error: Annotated[bool, Role("autoError")] = ..., **kwargs: Any): ...
