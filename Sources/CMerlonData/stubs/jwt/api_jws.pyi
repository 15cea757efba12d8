from typing import Annotated, Any
from merlon import Role, concept

@concept("jwtUnverifiedHeader")
def get_unverified_header(jwt: Annotated[str, Role("token")]) -> dict[str, Any]: ...
