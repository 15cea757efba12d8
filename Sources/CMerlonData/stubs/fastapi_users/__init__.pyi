from typing import Annotated, Any
from merlon import Role, concept
from fastapi_users.authentication import Authenticator as Authenticator

class FastAPIUsers:
    authenticator: Authenticator
    def __init__(self, get_user_manager: Any, auth_backends: Any): ...
    @concept("authenticatorFactory")
    def current_user(
        self, optional: Annotated[bool, Role("optional")] = ..., active: bool = ..., verified: bool = ...,
        superuser: Annotated[bool, Role("superuser")] = ..., get_enabled_backends: Any = ...,
    ) -> Any: ...
