from typing import Annotated, Any
from merlon import Role, concept

class Authenticator:
    def __init__(self, backends: Any, get_user_manager: Any): ...
    @concept("authenticatorFactory")
    def current_user(
        self, optional: Annotated[bool, Role("optional")] = ..., active: bool = ..., verified: bool = ...,
        superuser: Annotated[bool, Role("superuser")] = ..., get_enabled_backends: Any = ...,
    ) -> Any: ...
    @concept("authenticatorFactory")
    def current_user_token(
        self, optional: Annotated[bool, Role("optional")] = ..., active: bool = ..., verified: bool = ...,
        superuser: Annotated[bool, Role("superuser")] = ..., get_enabled_backends: Any = ...,
    ) -> Any: ...
