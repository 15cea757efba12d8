from typing import Annotated, Any
from merlon import Role, concept

class FastAPIKeycloak:
    @concept("authenticatorFactory")
    def get_current_user(self, required_roles: Annotated[Any, Role("scopes")] = ..., extra_fields: Any = ...) -> Any: ...
