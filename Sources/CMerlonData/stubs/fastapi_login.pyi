from typing import Any
from merlon import concept

@concept("callerAuthenticator")
class LoginManager:
    def __init__(self, secret: Any, token_url: str, **kwargs: Any): ...
    @concept("callerAuthenticator", "optional")
    def optional(self, request: Any = ..., security_scopes: Any = ...) -> Any: ...
    @concept("callerAuthenticator")
    def get_current_user(self, token: str) -> Any: ...
